extension ShellParser {
    /// A heredoc whose body has not been read.
    struct PendingHeredoc {
        var delimiter: [UInt8]
        var stripsTabs: Bool
        /// Its place among ``bodies``.
        var number: Int
    }

    /// The redirect that begins here, with the number in front of it; nil where none does.
    mutating func redirect() throws(Unsupported) -> ShellRedirect? {
        var place = at
        while place < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39, place - at < 4 { place += 1 }
        guard place < bytes.count else { return nil }
        let digits = String(decoding: bytes[at..<place], as: UTF8.self)
        if digits.isEmpty, bytes[place] == UInt8(ascii: "&") {
            guard next(1) == UInt8(ascii: ">") else { return nil }
            at += next(2) == UInt8(ascii: ">") ? 3 : 2
            let operation: ShellRedirect.Operation =
                bytes[at - 2] == UInt8(ascii: ">") ? .appendOutputAndErrors : .outputAndErrors
            return ShellRedirect(operation: operation, target: .word(try target()))
        }
        guard bytes[place] == UInt8(ascii: "<") || bytes[place] == UInt8(ascii: ">") else { return nil }
        // A process's output or input is a word.
        if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "(") { return nil }
        at = place
        let operation = operation()
        let descriptor = digits.isEmpty ? nil : Int(digits)
        if operation == .heredoc { return try heredoc(descriptor) }
        return ShellRedirect(descriptor: descriptor, operation: operation, target: .word(try target()))
    }

    private mutating func operation() -> ShellRedirect.Operation {
        let spelled: [(text: StaticString, operation: ShellRedirect.Operation)] = [
            ("<<<", .text), ("<<", .heredoc), ("<&", .duplicateInput), ("<>", .both), (">>", .append),
            (">&", .duplicateOutput), (">|", .clobber), ("<", .input),
        ]
        for (text, operation) in spelled {
            let count = text.utf8CodeUnitCount
            guard at + count <= bytes.count, (0..<count).allSatisfy({ bytes[at + $0] == text.utf8Start[$0] }) else {
                continue
            }
            at += count
            return operation
        }
        at += 1
        return .output
    }

    private mutating func target() throws(Unsupported) -> ShellWord {
        stepOverBlanks()
        guard let word = try word() else { throw Unsupported() }
        return word
    }

    private mutating func heredoc(_ descriptor: Int?) throws(Unsupported) -> ShellRedirect {
        let stripsTabs = byte == UInt8(ascii: "-")
        if stripsTabs { at += 1 }
        stepOverBlanks()
        let start = at
        guard let delimiter = try word().flatMap(\.literal) else { throw Unsupported() }
        let isRaw = bytes[start..<at].contains { $0 == 0x22 || $0 == 0x27 || $0 == 0x5C }
        pending.append(
            PendingHeredoc(delimiter: Array(delimiter.utf8), stripsTabs: stripsTabs, number: bodies.count)
        )
        bodies.append("")
        // Until the body is read its number stands for it.
        let target = ShellRedirect.Target.body(String(bodies.count - 1), isRaw: isRaw)
        return ShellRedirect(descriptor: descriptor, operation: .heredoc, target: target)
    }

    /// Reads the bodies of the heredocs that wait, the line having ended.
    mutating func readBodies() throws(Unsupported) {
        for heredoc in pending {
            var lines: [ArraySlice<UInt8>] = []
            var hasEnded = false
            while at < bytes.count {
                let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
                var line = bytes[at..<end]
                at = min(bytes.count, end + 1)
                if heredoc.stripsTabs { line = line.drop { $0 == 0x09 } }
                hasEnded = line.elementsEqual(heredoc.delimiter)
                if hasEnded { break }
                lines.append(line)
            }
            guard hasEnded else { throw Unsupported() }
            bodies[heredoc.number] = String(decoding: Array(lines.joined(separator: [0x0A])), as: UTF8.self)
            if !lines.isEmpty { bodies[heredoc.number] += "\n" }
        }
        pending = []
    }

    /// Puts the bodies in the places of their numbers.
    func fill(_ script: inout ShellScript) {
        guard !bodies.isEmpty else { return }
        script.mapRedirects { redirect in
            guard case .body(let number, let isRaw) = redirect.target, let place = Int(number), place < bodies.count
            else { return }
            redirect.target = .body(bodies[place], isRaw: isRaw)
        }
    }
}
