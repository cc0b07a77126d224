/// A parameter's declared type and what may be given for it.
struct ParameterCheck {
    private let declared: PythonValue.Kind
    /// The type of a list's elements; nil where the parameter is no list.
    private let elements: PythonValue.Kind?
    private let isFloat: Bool
    private let alternatives: PythonValue

    /// - Throws: `description` where the property names no known type, or is a list of it knows not what.
    init(_ property: PythonValue, _ alternatives: PythonValue) throws(FunctionCallFault) {
        let type = try ParameterCheck.type(in: property)
        declared = type.kind
        isFloat = type.name == "float"
        if type.kind == .list {
            guard let items = property.dict?["items"] else { throw .description }
            elements = try ParameterCheck.type(in: items).kind
        } else {
            elements = nil
        }
        self.alternatives = alternatives
    }

    private static func type(
        in description: PythonValue
    ) throws(FunctionCallFault) -> (name: String, kind: PythonValue.Kind) {
        guard let name = description.dict?["type"]?.string, let kind = kinds[name] else { throw .description }
        return (name, kind)
    }

    private static let kinds: [String: PythonValue.Kind] = [
        "string": .string, "integer": .int, "float": .float, "boolean": .bool, "array": .list, "tuple": .list,
        "dict": .dict, "any": .string,
    ]

    func check(_ given: PythonValue) throws(FunctionCallFault) {
        var value = given
        if isFloat, let number = given.intAsFloat { value = number }
        let isVariable = try checkType(of: value)
        guard !isVariable else { return try checkMembership(of: value) }
        switch (declared, value) {
        case (.dict, .dict(let dict)): try check(dict, among: try alternatives.indexed())
        case (.list, .list(let list)) where elements == .dict: try check(dicts: list)
        case (.list, .list(let list)): try check(list)
        case (.string, .string(let text)): try check(text)
        default: try checkMembership(of: value)
        }
    }

    // Types.

    /// Whether the value stands for a variable: the answers are of another type than was declared.
    private func checkType(of value: PythonValue) throws(FunctionCallFault) -> Bool {
        let answers = try alternatives.iterated()
        let answered = answers.first { !$0.isEmptyString }?.kind
        let isVariable = answered.map { $0 != declared } ?? false
        guard value.kind == declared else {
            guard value.kind == answered else { throw .simpleType }
            return true
        }
        guard let elements, case .list(let list) = value else { return isVariable }
        let fits = answers.contains { answer in
            // An alternative that is no list, such as the "" of what may be left out, lets any list pass.
            guard case .list(let alternative) = answer else { return true }
            let answered = alternative.first { !$0.isEmptyString }?.kind
            return list.allSatisfy { $0.kind == elements || $0.kind == answered }
        }
        guard fits else { throw value.kind == answered ? .nestedType : .simpleType }
        return isVariable
    }

    // Values.

    private func checkMembership(of value: PythonValue) throws(FunctionCallFault) {
        guard try alternatives.contains(value) else { throw .otherValue }
    }

    private func check(_ text: String) throws(FunctionCallFault) {
        let standard = PythonValue.string(text.standardized)
        let isFound = try alternatives.indexed().contains { $0.kind == .string && $0.standardized == standard }
        guard isFound else { throw .stringValue }
    }

    private func check(_ list: [PythonValue]) throws(FunctionCallFault) {
        let standard = list.map(\.standardized)
        var isFound = false
        for alternative in try alternatives.indexed() {
            let elements = try alternative.indexed().map(\.standardized)
            if elements == standard { isFound = true }
        }
        guard isFound else { throw .listValue }
    }

    /// Objects in a list, one after the other.
    private func check(dicts list: [PythonValue]) throws(FunctionCallFault) {
        var fault = FunctionCallFault.listDictUnclear
        alternatives: for alternative in try alternatives.indexed() {
            guard try alternative.count() == list.count else {
                fault = .listDictCount
                continue
            }
            for (element, answer) in zip(list, try alternative.indexed()) {
                guard case .dict(let dict) = element else { throw .answers }
                do throws(FunctionCallFault) {
                    try check(dict, among: [answer])
                } catch {
                    if error == .answers { throw error }
                    fault = error
                    continue alternatives
                }
            }
            return
        }
        throw fault
    }

    private func check(_ dict: PythonDict, among alternatives: [PythonValue]) throws(FunctionCallFault) {
        var fault = FunctionCallFault.dictUnclear
        for alternative in alternatives where !alternative.isEmptyString {
            guard let alternative = alternative.dict else { throw .answers }
            guard let found = try firstFault(of: dict, against: alternative) else { return }
            fault = found
        }
        throw fault
    }

    /// What is missing is told in place of a wrong value.
    private func firstFault(
        of dict: PythonDict,
        against alternative: PythonDict
    ) throws(FunctionCallFault) -> FunctionCallFault? {
        var fault: FunctionCallFault?
        for (key, value) in dict.members {
            guard let possible = alternative[key] else {
                fault = .dictKey
                break
            }
            guard try possible.indexed().map(\.standardized).contains(value.standardized) else {
                fault = .dictValue
                break
            }
        }
        for (key, possible) in alternative.members where dict[key] == nil {
            if try !possible.contains(.string("")) { return .dictKey }
        }
        return fault
    }
}
