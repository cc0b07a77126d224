extension ShellParser {
    /// `$'…'`, its escapes resolved.
    mutating func ansiQuoted() throws(Unsupported) -> String {
        at += 2
        var text: [UInt8] = []
        while let byte, byte != UInt8(ascii: "'") {
            at += 1
            guard byte == UInt8(ascii: "\\"), let kind = self.byte else {
                text.append(byte)
                continue
            }
            at += 1
            switch kind {
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "a"): text.append(0x07)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "e"), UInt8(ascii: "E"): text.append(0x1B)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "v"): text.append(0x0B)
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "?"): text.append(kind)
            case UInt8(ascii: "x"): text.append(UInt8(truncatingIfNeeded: try number(radix: 16, digits: 2)))
            case UInt8(ascii: "u"): try append(scalar: try number(radix: 16, digits: 4), to: &text)
            case UInt8(ascii: "U"): try append(scalar: try number(radix: 16, digits: 8), to: &text)
            case 0x30...0x37:
                at -= 1
                text.append(UInt8(truncatingIfNeeded: try number(radix: 8, digits: 3)))
            case UInt8(ascii: "c"): throw Unsupported()
            default: text.append(contentsOf: [byte, kind])
            }
            // What follows a zero byte is lost in bash's own way.
            if text.last == 0 { throw Unsupported() }
        }
        guard byte != nil else { throw Unsupported() }
        at += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func number(radix: Int, digits: Int) throws(Unsupported) -> Int {
        var value = 0
        var count = 0
        while count < digits, let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix {
            value = value * radix + digit
            count += 1
            at += 1
        }
        guard count > 0 else { throw Unsupported() }
        return value
    }

    private func append(scalar value: Int, to text: inout [UInt8]) throws(Unsupported) {
        guard let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: value)) else { throw Unsupported() }
        text.append(contentsOf: String(Character(scalar)).utf8)
    }
}
