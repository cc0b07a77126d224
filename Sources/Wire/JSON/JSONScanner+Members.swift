internal import JSONText

extension JSONScanner {
    /// Hands over each key of the object that comes next, the scanner standing before its value; skips any other value.
    @inline(__always)
    mutating func eachMember<E: Error>(_ body: (RawText, inout JSONScanner) throws(E) -> Void) throws(E) {
        guard enterObject() else { return skipValue() }
        while let key = nextKey() { try body(key, &self) }
    }

    /// Hands over each element of the array that comes next; skips any other value.
    @inline(__always)
    mutating func eachElement<E: Error>(_ body: (inout JSONScanner) throws(E) -> Void) throws(E) {
        guard enterArray() else { return skipValue() }
        while nextElement() { try body(&self) }
    }

    /// A count of tokens; a negative or missing one is none, an absurd one is clamped so that sums stay exact.
    mutating func tokenCount() -> Int { min(max(0, integer() ?? 0), 1_000_000_000_000) }
}
