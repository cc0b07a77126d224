internal import Domain
internal import JSONText

extension JSONTree {
    /// A whole number, not negative.
    var count: Int? {
        guard case .number(let spelled) = self, let number = Int(spelled), number >= 0 else { return nil }
        return number
    }
}

extension Timestamp {
    init?(logged text: String) {
        var text = text
        let time = text.withUTF8 { Timestamp(rfc3339: UnsafeRawBufferPointer($0)) }
        guard let time else { return nil }
        self = time
    }
}
