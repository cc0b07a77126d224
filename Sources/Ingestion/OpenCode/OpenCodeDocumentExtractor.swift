internal import Domain
internal import JSONText

/// Reads an export of a session, or one message of the older storage.
struct OpenCodeDocumentExtractor: LogExtractor {
    private var messages = OpenCodeMessages()

    init() {}

    mutating func read(_ scanner: inout JSONScanner, at offset: Int64) -> String? {
        let start = scanner.offset
        guard scanner.nextKind() == .object else {
            scanner.skipValue()
            return nil
        }
        // Which of the two it is shows only in its keys, so it is scanned as a message first.
        var asExport = scanner
        let message = scanner.openCodeMessage()
        guard !scanner.isBroken else { return nil }
        if message.role != nil || message.tokens != nil {
            let position = LogPosition(offset: offset, length: scanner.offset - start)
            return messages.keep(message, parts: [], in: OpenCodeSession(root: ""), at: position)
        }
        defer { scanner.hasRefusedValue = asExport.hasRefusedValue }
        return readExport(&asExport, from: start, at: offset)
    }

    mutating func finish() -> (strands: [Reading.Strand], state: [UInt8]) { (messages.strands.take(), []) }

    private mutating func readExport(_ scanner: inout JSONScanner, from start: Int, at offset: Int64) -> String? {
        var session = OpenCodeSession(root: "")
        var entries: [(info: OpenCodeMessage, parts: [OpenCodePart], position: LogPosition)] = []
        scanner.eachField { key, scanner in
            if key.is("info") {
                session = scanner.openCodeSession()
            } else if key.is("messages") {
                scanner.eachElement { scanner in
                    let place = scanner.offset
                    let (info, parts) = scanner.openCodeEntry()
                    let at = offset + Int64(place - start)
                    entries.append((info, parts, LogPosition(offset: at, length: scanner.offset - place)))
                }
            } else {
                scanner.skipValue()
            }
        }
        guard !scanner.isBroken else { return nil }
        var reason: String?
        for entry in entries {
            reason = messages.keep(entry.info, parts: entry.parts, in: session, at: entry.position) ?? reason
        }
        return reason
    }
}

extension JSONScanner {
    /// `info` of an export.
    fileprivate mutating func openCodeSession() -> OpenCodeSession {
        var id = ""
        var parent = ""
        var session = OpenCodeSession(root: "")
        eachField { key, scanner in
            switch key.count {
            case 2 where key.is("id"): id = scanner.text()?.string ?? ""
            case 4 where key.is("time"):
                scanner.eachField { key, scanner in
                    if key.is("created") {
                        session.created = scanner.loggedMilliseconds()
                    } else {
                        scanner.skipValue()
                    }
                }
            case 8 where key.is("parentID"): parent = scanner.text()?.string ?? ""
            case 9 where key.is("directory"): session.folder = scanner.text()?.string ?? ""
            default: scanner.skipValue()
            }
        }
        session.isSubagent = !parent.isEmpty
        session.root = parent.isEmpty ? id : parent
        return session
    }

    /// One of an export's messages.
    fileprivate mutating func openCodeEntry() -> (OpenCodeMessage, [OpenCodePart]) {
        var info = OpenCodeMessage()
        var parts: [OpenCodePart] = []
        eachField { key, scanner in
            if key.is("info") {
                info = scanner.openCodeMessage()
            } else if key.is("parts") {
                scanner.eachElement { parts.append($0.openCodePart()) }
            } else {
                scanner.skipValue()
            }
        }
        return (info, parts)
    }
}
