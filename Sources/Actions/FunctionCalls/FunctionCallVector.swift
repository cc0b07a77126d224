package import JSONText

/// A model's function calls beside the answers that count as right, in BFCL's shapes.
///
/// ```json
/// {"id":"a","category":"simple_python","functions":[{"name":"f","parameters":{…}}],
///  "output":[{"f":{"x":1}}],"possible":[{"f":{"x":[1]}}],"underscoreToDot":false}
/// ```
package struct FunctionCallVector: Sendable {
    /// Decides how calls are matched, by the words in it: `parallel`, `multiple`, else one call.
    var category: String
    var functions: [PythonValue]
    /// The calls as decoded from the model's reply.
    var output: PythonValue
    var possible: [PythonValue]
    var underscoreToDot: Bool

    /// Why a row cannot be judged, to be shown to whoever wrote it.
    package struct BrokenRow: Error, Hashable, Sendable {
        package var reason: String
    }

    /// A row of a file; names that BFCL's own files use (`function`, `ground_truth`) are read as well.
    package init(_ row: JSONTree) throws(BrokenRow) {
        guard row.members != nil else { throw BrokenRow(reason: "no JSON object") }
        func field(_ names: String...) -> JSONTree? { names.lazy.compactMap { row[$0] }.first }
        // BFCL names its categories in its ids.
        category = field("category", "test_category", "id")?.text ?? ""
        let functions = field("functions", "function").map { PythonValue($0) }
        self.functions = functions?.list ?? functions.flatMap { $0.dict == nil ? nil : [$0] } ?? []
        guard let output = field("output") else { throw BrokenRow(reason: "no \"output\"") }
        self.output = PythonValue(output)
        possible = field("possible", "ground_truth").map { PythonValue($0) }?.list ?? []
        underscoreToDot = field("underscoreToDot", "underscore_to_dot").map { $0 == .bool(true) } ?? false
    }

    /// What BFCL's checker finds wrong; nil where the calls are right.
    package var fault: FunctionCallFault? {
        do throws(FunctionCallFault) {
            try FunctionCallChecker(underscoreToDot: underscoreToDot).check(self)
            return nil
        } catch {
            return error
        }
    }
}
