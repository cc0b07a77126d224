import JSONText

/// A look at one JSON value where it stands; valid only while the bytes are.
///
/// For requests that are read whole to be converted. The text must have been found well-formed before: a view of
/// broken text answers nil and ends early.
struct JSONView {
    let bytes: UnsafeRawBufferPointer

    /// - Parameter bytes: one value and nothing else.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private var scanner: JSONScanner { JSONScanner(bytes, layout: .document) }

    var kind: JSONScanner.Kind {
        var scanner = scanner
        return scanner.nextKind()
    }

    var isNull: Bool { kind == .null }

    var text: String? {
        var scanner = scanner
        return scanner.text()?.string
    }

    var bool: Bool? {
        var scanner = scanner
        return scanner.bool()
    }

    var integer: Int? {
        var scanner = scanner
        return scanner.integer()
    }

    var fragment: JSONFragment { JSONFragment(bytes: bytes) }

    /// The elements of an array; none of anything else.
    var elements: [JSONView] {
        var scanner = scanner
        guard scanner.enterArray() else { return [] }
        var elements: [JSONView] = []
        while scanner.nextElement() {
            guard let element = value(&scanner) else { break }
            elements.append(element)
        }
        return elements
    }

    /// The members of an object; none of anything else.
    var members: JSONMembers { JSONMembers(self) }

    fileprivate func eachMember(_ body: (RawText, JSONView) -> Void) {
        var scanner = scanner
        guard scanner.enterObject() else { return }
        while let key = scanner.nextKey() {
            guard let value = value(&scanner) else { break }
            body(key, value)
        }
    }

    private func value(_ scanner: inout JSONScanner) -> JSONView? {
        let start = Envelope.valueStart(scanner.offset, in: bytes)
        scanner.skipValue()
        guard !scanner.isBroken else { return nil }
        return JSONView(UnsafeRawBufferPointer(rebasing: bytes[start..<scanner.offset]))
    }
}

/// An object's members by their keys; null counts as not there.
struct JSONMembers {
    private var members: [(key: RawText, value: JSONView)] = []

    fileprivate init(_ object: JSONView) {
        object.eachMember { key, value in
            if !value.isNull { members.append((key, value)) }
        }
    }

    subscript(key: StaticString) -> JSONView? { members.first { $0.key.is(key) }?.value }

    func text(_ key: StaticString) -> String? { self[key]?.text }
    func integer(_ key: StaticString) -> Int? { self[key]?.integer }
    func bool(_ key: StaticString) -> Bool? { self[key]?.bool }
    func fragment(_ key: StaticString) -> JSONFragment? { self[key]?.fragment }
    func elements(_ key: StaticString) -> [JSONView] { self[key]?.elements ?? [] }
    func members(_ key: StaticString) -> JSONMembers? {
        guard let value = self[key], value.kind == .object else { return nil }
        return value.members
    }

    /// How many members there are besides these keys.
    func count(besides known: [StaticString]) -> Int {
        members.count { member in !known.contains { member.key.is($0) } }
    }
}

/// Whether bytes are one JSON value and nothing else, nested at most so deep.
func isWellFormed(_ bytes: UnsafeRawBufferPointer, depth: Int = 200) -> Bool {
    var scanner = JSONScanner(bytes, layout: .document)
    return scanner.stepOverWellFormed(depth: depth) && scanner.isAtEnd(of: bytes)
}

extension JSONFragment {
    /// The text is one JSON object: what a tool's arguments must be.
    var isObject: Bool {
        bytes.withUnsafeBytes { JSONView($0).kind == .object && isWellFormed($0) }
    }
}

extension JSONScanner {
    fileprivate mutating func stepOverWellFormed(depth: Int) -> Bool {
        guard depth > 0 else { return false }
        switch nextKind() {
        case .object:
            guard enterObject() else { return false }
            while nextKey() != nil { guard stepOverWellFormed(depth: depth - 1) else { return false } }
        case .array:
            guard enterArray() else { return false }
            while nextElement() { guard stepOverWellFormed(depth: depth - 1) else { return false } }
        case .none: return false
        default: skipValue()
        }
        return !isBroken
    }
}
