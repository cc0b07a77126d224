/// BFCL's structural check of function calls, with its quirks: the same verdict and the same kind of error.
///
/// For the categories whose parameters have Python's types. The order of the checks decides which error is told, and
/// calls in parallel are matched greedily, as there. Source: bfcl-eval 2026.3.23, `ast_checker.py`.
struct FunctionCallChecker {
    /// The model's API allows no dots in names: the function's are read as underscores.
    var underscoreToDot: Bool

    func check(_ vector: FunctionCallVector) throws(FunctionCallFault) {
        let category = vector.category
        let calls = FunctionCallChecker.calls(in: vector.output)
        if category.contains("irrelevance") {
            guard calls?.isEmpty ?? true else { throw .uncalledForCall }
        } else if category.contains("relevance") {
            guard let calls, !calls.isEmpty else { throw .missedCall }
        } else if category.contains("java") {
            throw .language
        } else if let calls {
            try check(calls, vector)
        } else {
            throw .wrongOutputFormat
        }
    }

    /// The calls of a model, where its output is a list of objects with one member that is an object.
    private static func calls(in output: PythonValue) -> [PythonDict]? {
        guard let elements = output.list else { return nil }
        let calls = elements.compactMap(\.dict).filter { $0.members.count == 1 && $0.members[0].value.dict != nil }
        return calls.count == elements.count ? calls : nil
    }

    private func check(_ calls: [PythonDict], _ vector: FunctionCallVector) throws(FunctionCallFault) {
        let answers = vector.possible
        if vector.category.contains("parallel") {
            guard calls.count == answers.count else { throw .parallelWrongCount }
            try checkInAnyOrder(calls, vector)
        } else if vector.category.contains("multiple") {
            guard calls.count == answers.count else { throw .multipleWrongCount }
            guard let call = calls.first, let answer = answers.first else { throw .answers }
            try check(call, answer, try function(of: answer, in: vector.functions))
        } else {
            guard calls.count == 1 else { throw .simpleWrongCount }
            guard let answer = answers.first else { throw .answers }
            guard let function = vector.functions.first?.dict else { throw .description }
            try check(calls[0], answer, function)
        }
    }

    /// Takes for each answer in turn the first unused call that fits it.
    private func checkInAnyOrder(_ calls: [PythonDict], _ vector: FunctionCallVector) throws(FunctionCallFault) {
        var unused = Array(calls.indices)
        for answer in vector.possible {
            let function = try function(of: answer, in: vector.functions)
            var match: Int?
            for (place, index) in unused.enumerated() where match == nil {
                do throws(FunctionCallFault) {
                    try check(calls[index], answer, function)
                    match = place
                } catch {
                    if error == .description || error == .answers { throw error }
                }
            }
            guard let match else { throw .cannotFindMatch }
            unused.remove(at: match)
        }
    }

    /// The description of the function that an answer names.
    private func function(of answer: PythonValue, in functions: [PythonValue]) throws(FunctionCallFault) -> PythonDict {
        guard let name = answer.dict?.members.first?.key else { throw .answers }
        for function in functions {
            guard let described = function.dict?["name"] else { throw .description }
            if described == .string(name), let function = function.dict { return function }
        }
        throw .description
    }

    /// One call against one answer.
    private func check(
        _ call: PythonDict,
        _ answer: PythonValue,
        _ function: PythonDict
    ) throws(FunctionCallFault) {
        guard let possible = answer.dict?.members.first?.value else { throw .answers }
        guard var name = function["name"]?.string, let schema = function["parameters"]?.dict,
            let properties = schema["properties"]?.dict, let required = schema["required"]?.list
        else { throw .description }
        if underscoreToDot { name = String(name.map { $0 == "." ? "_" : $0 }) }
        guard let given = call[name]?.dict else { throw .wrongFunctionName }
        for parameter in required {
            guard let parameter = parameter.string, given[parameter] != nil else { throw .missingRequired }
        }
        guard let possible = possible.dict else { throw .answers }
        for (parameter, value) in given.members {
            guard let property = properties[parameter], let alternatives = possible[parameter] else {
                throw .unexpectedParameter
            }
            try ParameterCheck(property, alternatives).check(value)
        }
        for (parameter, alternatives) in possible.members where given[parameter] == nil {
            guard try alternatives.contains(.string("")) else { throw .missingOptional }
        }
    }
}
