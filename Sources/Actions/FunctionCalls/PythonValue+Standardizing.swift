extension PythonValue {
    /// A text as BFCL compares it; any other value as it is.
    var standardized: PythonValue {
        guard case .string(let text) = self else { return self }
        return .string(text.standardized)
    }

    /// An int as Python's `float()` makes it; nil for anything else.
    var intAsFloat: PythonValue? {
        switch self {
        case .int(let number): .float(Double(number))
        case .hugeInt(let spelled): .float(Double(spelled) ?? .infinity)
        default: nil
        }
    }

    // What Python does with any sequence; a value that is none is its TypeError.

    /// What a `for` goes over: a text's characters, a dict's keys.
    func iterated() throws(FunctionCallFault) -> [PythonValue] {
        switch self {
        case .list(let elements): elements
        case .string(let text): text.unicodeScalars.map { .string(String($0)) }
        case .dict(let dict): dict.members.map { .string($0.key) }
        default: throw .answers
        }
    }

    /// What `value[0]`, `value[1]` and so on are.
    func indexed() throws(FunctionCallFault) -> [PythonValue] {
        if case .dict(let dict) = self, !dict.members.isEmpty { throw .answers }
        return try iterated()
    }

    func count() throws(FunctionCallFault) -> Int { try iterated().count }

    /// Python's `in`: a part of a text, a key of a dict.
    func contains(_ value: PythonValue) throws(FunctionCallFault) -> Bool {
        switch (self, value) {
        case (.string(let text), .string(let part)): Array(text.utf8).contains(Array(part.utf8))
        case (.string, _): throw .answers
        case (.dict, .list), (.dict, .dict): throw .answers
        default: try iterated().contains(value)
        }
    }
}

extension String {
    /// Without blanks and the marks that BFCL thinks nothing of, in small letters, with one kind of quotes.
    var standardized: String {
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: unicodeScalars.lazy.filter { !" ,./-_*^".unicodeScalars.contains($0) })
        if kept.allSatisfy(\.isASCII) {
            return String(String(kept).lowercased().map { $0 == "'" ? "\"" : $0 })
        }
        let scalars = Array(kept)
        var small = String.UnicodeScalarView()
        for (place, scalar) in scalars.enumerated() {
            switch scalar {
            case "'": small.append("\"")
            case "Σ": small.append(String.endsWord(scalars, at: place) ? "ς" : "σ")
            default: small.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(small)
    }

    /// Whether a capital sigma ends a word, where its small form is another (Unicode's Final_Sigma).
    private static func endsWord(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        let before = scalars[..<place].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(place + 1)...].first { !$0.properties.isCaseIgnorable }
        return before?.properties.isCased == true && after?.properties.isCased != true
    }
}
