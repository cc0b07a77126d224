internal import Domain
internal import JSONText

extension JSONScanner {
    /// A count of tokens; a negative or missing one is none, an absurd one is clamped so that sums stay exact.
    mutating func tokenCount() -> Int { min(max(0, integer() ?? 0), JSONScanner.mostTokens) }

    /// A million million: more than any response, and a million of them still add up within 64 bits.
    private static let mostTokens = 1_000_000_000_000

    /// A logged number of dollars; nil for none, and for the zero that agents log under flat plans.
    mutating func dollars() -> Money? {
        guard let number = number(), let dollars = Double(number), dollars > 0 else { return nil }
        return Money(approximatingUSD: dollars)
    }

    /// The next value as it stands where it is an object or array; any other is skipped.
    mutating func container() -> UnsafeRawBufferPointer? {
        switch nextKind() {
        case .object, .array:
            let raw = rawValue()
            return isBroken ? nil : raw
        default:
            skipValue()
            return nil
        }
    }

    /// The text under one key of the object that comes next.
    mutating func text(under wanted: StaticString) -> RawText? {
        var found: RawText?
        eachField { key, scanner in
            if key.is(wanted) { found = scanner.text() } else { scanner.skipValue() }
        }
        return found
    }

    /// Hands over each key of the object that comes next, the scanner standing before its value; skips any other value.
    @inline(__always)
    mutating func eachField(_ body: (RawText, inout JSONScanner) -> Void) {
        guard enterObject() else { return skipValue() }
        while let key = nextKey() { body(key, &self) }
    }

    /// Hands over each element of the array that comes next; skips any other value.
    @inline(__always)
    mutating func eachElement(_ body: (inout JSONScanner) -> Void) {
        guard enterArray() else { return skipValue() }
        while nextElement() { body(&self) }
    }

    /// The path a tool's input is about, where it names one: the first of the usual keys.
    mutating func targetPath() -> RawText? {
        var found: RawText?
        eachField { key, scanner in
            guard found == nil, key.namesPath else { return scanner.skipValue() }
            found = scanner.text()
        }
        return found.flatMap { $0.count > 0 ? $0 : nil }
    }
}

extension RawText {
    /// Whether a tool's input holds the path it is about under this key.
    fileprivate var namesPath: Bool {
        switch count {
        case 4: self.is("path")
        case 8: self.is("filePath") || self.is("filename") || self.is("dir_path")
        case 9: self.is("file_path")
        case 12: self.is("absolutePath")
        case 13: self.is("absolute_path") || self.is("notebook_path")
        default: false
        }
    }

    /// A stored hash of the text with its escapes resolved, so that the same words hash alike however they were written.
    var textHash: UInt64 {
        guard hasEscapes else { return hash() }
        return unescaped.withUnsafeBytes { stableHash($0) }
    }

    /// The text, where there is any.
    var nonEmptyString: String? { count > 0 ? string : nil }
}
