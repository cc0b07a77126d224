package import JSONText

/// The keys of one kind of JSON object in a log, as an enumeration; for objects that are read often.
///
/// ```swift
/// enum UsageKey: String, CaseIterable { case inputTokens = "input_tokens"; static let all = LogKeys<Self>() }
/// while let key = scanner.next(UsageKey.all) { switch key { … } }
/// ```
package struct LogKeys<Key: CaseIterable & RawRepresentable<String> & Sendable>: ~Copyable, Sendable {
    let set: KeySet
    let keys: [Key]

    package init() {
        keys = Array(Key.allCases)
        set = KeySet(keys.map(\.rawValue))
    }
}

extension JSONScanner {
    /// The next known key of the object, others being stepped over; nil behind the object's end.
    @inline(__always)
    package mutating func next<Key>(_ known: borrowing LogKeys<Key>) -> Key? {
        guard let number = nextKey(in: known.set) else { return nil }
        return known.keys[number]
    }
}
