package import Domain
import JSONText

extension Envelope {
    /// Reads the top level of a body; values that are not asked for are stepped over a block of bytes at a time.
    ///
    /// What stands deeper is the provider's to judge: bytes that are passed on are not validated.
    package init(_ body: UnsafeRawBufferPointer, format: APIFormat) throws(RequestError) {
        self.init(format: format)
        var scanner = JSONScanner(body, layout: .document)
        guard scanner.enterObject() else {
            throw scanner.nextKind() == .none ? .notJSON(offset: scanner.offset) : .notAnObject
        }
        opening = Opening(offset: scanner.offset)
        while let key = scanner.nextKey() {
            opening.isEmpty = false
            guard !key.hasEscapes else { throw .escapedKey }
            guard let field = Field(key) else {
                scanner.skipValue()
                continue
            }
            let start = Envelope.valueStart(scanner.offset, in: body)
            try read(field, with: &scanner)
            guard !scanner.isBroken else { break }
            try keep(start..<scanner.offset, of: field)
        }
        guard !scanner.isBroken, scanner.isAtEnd(of: body) else { throw .notJSON(offset: scanner.offset) }
        guard place(of: .model) != nil else { throw .missing("model") }
        guard !model.isEmpty else { throw .wrongType("model", expected: "the name of a model") }
    }

    private mutating func read(_ field: Field, with scanner: inout JSONScanner) throws(RequestError) {
        let kind = scanner.nextKind()
        switch field {
        case .model:
            guard kind == .string else { throw .wrongType("model", expected: "a string") }
            model = scanner.text()?.string ?? ""
        case .stream:
            guard kind == .bool || kind == .null else { throw .wrongType("stream", expected: "true or false") }
            isStreaming = scanner.bool() ?? false
        case .maxTokens, .maxCompletionTokens, .maxOutputTokens:
            guard kind == .number || kind == .null else {
                throw .wrongType(field.key.description, expected: "a whole number")
            }
            let bound = scanner.integer()
            if isBound(field) { maxOutputTokens = bound ?? maxOutputTokens }
        case .messages:
            guard kind == .array || format == .responses else { throw .wrongType("messages", expected: "an array") }
            scanner.skipValue()
        case .input:
            guard kind == .array || kind == .string || format != .responses else {
                throw .wrongType("input", expected: "a string or an array")
            }
            scanner.skipValue()
        case .metadata: readMetadata(with: &scanner)
        case .user, .safetyIdentifier:
            let name = scanner.text()?.string
            if format != .messages { endUser = field == .safetyIdentifier ? name ?? endUser : endUser ?? name }
        case .streamOptions: readStreamOptions(with: &scanner)
        case .outputConfig where format == .messages, .reasoning where format == .responses:
            scanner.eachMember { key, scanner in
                if key.is("effort") { readEffort(with: &scanner) } else { scanner.skipValue() }
            }
        case .reasoningEffort where format == .chatCompletions: readEffort(with: &scanner)
        default: scanner.skipValue()
        }
    }

    private mutating func readEffort(with scanner: inout JSONScanner) {
        effort = scanner.text().flatMap { Effort(name: $0.string) }
    }

    /// Whether this field bounds the output; of Chat Completions' two the newer one, wherever it stands.
    private func isBound(_ field: Field) -> Bool {
        switch (format, field) {
        case (.messages, .maxTokens), (.chatCompletions, .maxCompletionTokens), (.responses, .maxOutputTokens): true
        case (.chatCompletions, .maxTokens): place(of: .maxCompletionTokens) == nil
        default: false
        }
    }

    private mutating func readMetadata(with scanner: inout JSONScanner) {
        guard format == .messages, scanner.enterObject() else { return scanner.skipValue() }
        while let key = scanner.nextKey() {
            if key.is("user_id") { endUser = scanner.text()?.string } else { scanner.skipValue() }
        }
    }

    private mutating func readStreamOptions(with scanner: inout JSONScanner) {
        guard format == .chatCompletions, scanner.enterObject() else { return scanner.skipValue() }
        var opening = Opening(offset: scanner.offset)
        defer { streamOptions = opening }
        while let key = scanner.nextKey() {
            opening.isEmpty = false
            guard key.is("include_usage") else {
                scanner.skipValue()
                continue
            }
            let end = scanner.offset
            wantsStreamUsage = scanner.bool() ?? false
            // Behind the colon: white space before the value may go with it.
            includeUsage = end..<scanner.offset
        }
    }

    /// Where the value behind a colon begins.
    static func valueStart(_ offset: Int, in body: UnsafeRawBufferPointer) -> Int {
        var at = offset
        while at < body.count, body[at] == 0x20 || body[at] == 0x0A || body[at] == 0x0D || body[at] == 0x09 { at += 1 }
        return at
    }
}

extension Envelope.Field {
    init?(_ key: RawText) {
        guard let field = Envelope.Field.allCases.first(where: { key.is($0.key) }) else { return nil }
        self = field
    }
}

extension JSONScanner {
    /// Whether only white space is left.
    mutating func isAtEnd(of body: UnsafeRawBufferPointer) -> Bool {
        while offset < body.count { guard endLine() else { return false } }
        return !isBroken
    }
}
