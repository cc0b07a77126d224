import Domain
import JSONText

extension Envelope {
    /// Which of the model's earlier thoughts are taken out of a conversation.
    package enum Thoughts: Sendable {
        /// Those that the provider cannot know as its own, because another wrote them: Anthropic's are signed, and
        /// OpenAI's are encrypted where it keeps nothing (`store: false`).
        case foreign
        /// For one more try after the provider refused what it was sent.
        case all
    }

    /// Takes thoughts out of the conversation, and messages that were nothing else.
    ///
    /// Walks the whole conversation: for one that another provider's model had a part in, and after a refusal.
    package func removing(_ thoughts: Thoughts, in body: UnsafeRawBufferPointer) -> [BodyEdit] {
        guard let place = conversation else { return [] }
        var walk = ThoughtWalk(removes: thoughts, in: UnsafeRawBufferPointer(rebasing: body[place]))
        switch format {
        case .messages: walk.messages()
        case .responses:
            let keepsNothing = self.place(of: .store).map { body[$0].elementsEqual("false".utf8) } ?? false
            guard thoughts == .all || keepsNothing else { return [] }
            walk.items()
        case .chatCompletions: return []
        }
        guard !walk.scanner.isBroken else { return [] }
        return walk.edits.map { edit in
            let range = edit.range.lowerBound + place.lowerBound..<edit.range.upperBound + place.lowerBound
            return BodyEdit(range, edit.replacement)
        }
    }
}

private struct ThoughtWalk {
    let thoughts: Envelope.Thoughts
    let bytes: UnsafeRawBufferPointer
    var scanner: JSONScanner
    var edits: [BodyEdit] = []

    init(removes thoughts: Envelope.Thoughts, in bytes: UnsafeRawBufferPointer) {
        self.thoughts = thoughts
        self.bytes = bytes
        scanner = JSONScanner(bytes, layout: .document)
    }

    mutating func messages() {
        elements { walk in
            var blocks: [BodyEdit] = []
            var isNothingElse = false
            guard walk.scanner.enterObject() else {
                walk.scanner.skipValue()
                return false
            }
            while let key = walk.scanner.nextKey() {
                guard key.is("content"), walk.scanner.nextKind() == .array else {
                    walk.scanner.skipValue()
                    continue
                }
                let outer = walk.edits
                walk.edits = []
                isNothingElse = walk.elements { $0.isThought() }
                blocks = walk.edits
                walk.edits = outer
            }
            if !isNothingElse { walk.edits += blocks }
            return isNothingElse
        }
    }

    mutating func items() { elements { $0.isThought() } }

    /// Walks an array, and answers whether every element of it is taken out.
    @discardableResult
    private mutating func elements(_ isRemoved: (inout ThoughtWalk) -> Bool) -> Bool {
        guard scanner.enterArray() else {
            scanner.skipValue()
            return false
        }
        var elements = ArrayElements()
        while scanner.nextElement() {
            let start = Envelope.valueStart(scanner.offset, in: bytes)
            let isRemoved = isRemoved(&self)
            elements.append(start..<scanner.offset, isRemoved: isRemoved)
        }
        edits += elements.edits
        return elements.areAllRemoved
    }

    /// Steps over a block or item, and says whether it is a thought to be taken out.
    private mutating func isThought() -> Bool {
        guard scanner.enterObject() else {
            scanner.skipValue()
            return false
        }
        var isThought = false
        var isSigned = false
        while let key = scanner.nextKey() {
            if key.is("type") {
                let type = scanner.text()
                isThought = type.map { $0.is("thinking") || $0.is("redacted_thinking") || $0.is("reasoning") } ?? false
            } else if key.is("signature") || key.is("data") || key.is("encrypted_content") {
                isSigned = scanner.text().map { $0.count > 0 } ?? false
            } else {
                scanner.skipValue()
            }
        }
        return isThought && (thoughts == .all || !isSigned)
    }
}
