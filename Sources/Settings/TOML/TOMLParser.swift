/// Reads TOML 1.0 into tables and entries that know where they stand.
///
/// Dates and numbers that Suffice never sets are told apart from mistakes, but kept as they are spelled.
struct TOMLParser {
    let bytes: [UInt8]
    var at: Int
    private(set) var tables: [TOMLTable]
    private(set) var entries: [TOMLEntry] = []
    private var names = TOMLNames()

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        at = bytes.hasByteOrderMark ? 3 : 0
        tables = [TOMLTable(path: [], header: at..<at, isElement: false)]
    }

    static func parsed(_ bytes: [UInt8]) throws(EditRefusal) -> TOMLParser {
        var parser = TOMLParser(bytes)
        try parser.document()
        return parser
    }

    func refusal(_ reason: String, at offset: Int? = nil) -> EditRefusal {
        EditRefusal(reason, at: offset ?? at, in: bytes)
    }

    var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func document() throws(EditRefusal) {
        while true {
            try skipLines()
            guard let byte else { return }
            if byte == UInt8(ascii: "[") { try header() } else { try entry() }
            try endLine()
        }
    }

    mutating func skipBlanks() { while byte?.isBlank == true { at += 1 } }

    /// Past space, line breaks and comments.
    mutating func skipLines() throws(EditRefusal) {
        while let byte {
            if byte.isBlank || byte == 0x0A {
                at += 1
            } else if byte == 0x0D, at + 1 < bytes.count, bytes[at + 1] == 0x0A {
                at += 2
            } else if byte == UInt8(ascii: "#") {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(EditRefusal) {
        let end = bytes.lineEnd(at)
        guard !bytes[at..<end].contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }) else {
            throw refusal("a control character in a comment")
        }
        at = end
    }

    private mutating func endLine() throws(EditRefusal) {
        skipBlanks()
        if byte == UInt8(ascii: "#") { try skipComment() }
        guard byte == nil || byte == 0x0A || (byte == 0x0D && at + 1 < bytes.count && bytes[at + 1] == 0x0A) else {
            throw refusal("only a comment may follow on this line")
        }
    }

    private mutating func header() throws(EditRefusal) {
        let start = at
        at += 1
        let isElement = byte == UInt8(ascii: "[")
        if isElement { at += 1 }
        skipBlanks()
        let keys = try keys()
        guard byte == UInt8(ascii: "]") else { throw refusal("']' is missing") }
        at += 1
        if isElement {
            guard byte == UInt8(ascii: "]") else { throw refusal("']]' is missing") }
            at += 1
        }
        guard let path = names.open(keys, isElement: isElement) else {
            throw refusal("\(keys.joined(separator: ".")) is there already; keep one of them", at: start)
        }
        tables.append(TOMLTable(path: path, header: start..<at, isElement: isElement))
    }

    private mutating func entry() throws(EditRefusal) {
        let start = at
        let keys = try keys()
        let key = start..<at
        guard byte == UInt8(ascii: "=") else { throw refusal("'=' is missing behind the key") }
        at += 1
        skipBlanks()
        let value = try value(depth: 0)
        let table = tables[tables.count - 1]
        guard let path = names.add(keys, to: table.path) else {
            throw refusal("\(keys.joined(separator: ".")) is there already; keep one of them", at: start)
        }
        entries.append(TOMLEntry(path: path, key: key, value: value, table: tables.count - 1))
    }

    /// Keys with dots between, and the blanks behind them.
    mutating func keys() throws(EditRefusal) -> [String] {
        var keys: [String] = []
        while true {
            skipBlanks()
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard let text = try string(isKey: true) else { throw refusal("a key is missing") }
                keys.append(text)
            default:
                let start = at
                while let byte, byte.isBareKey { at += 1 }
                guard at > start else { throw refusal("a key is missing") }
                keys.append(bytes.text(start..<at))
            }
            skipBlanks()
            guard byte == UInt8(ascii: ".") else { return keys }
            at += 1
        }
    }
}

extension UInt8 {
    /// A letter, digit, '_' or '-'.
    var isBareKey: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
        default: false
        }
    }
}
