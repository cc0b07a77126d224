/// A text with `*` for any run of characters, compared without regard to the case of ASCII letters.
package struct Glob: Hashable, Sendable {
    private let parts: [[UInt8]]

    package init(_ pattern: String) {
        parts = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { part in
            part.map(\.lowercasedASCII)
        }
    }

    package func matches(_ text: String) -> Bool {
        var rest = text.utf8.map(\.lowercasedASCII)[...]
        guard let first = parts.first, let last = parts.last else { return rest.isEmpty }
        guard parts.count > 1 else { return rest.elementsEqual(first) }
        guard rest.starts(with: first) else { return false }
        rest = rest.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() {
            guard let place = rest.firstRange(of: part) else { return false }
            rest = rest[place.upperBound...]
        }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }
}

extension UInt8 {
    fileprivate var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
