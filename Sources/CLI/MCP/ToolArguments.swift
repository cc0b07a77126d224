import JSONText

/// What a model asked a tool, checked against what the tool takes.
struct ToolArguments {
    private var texts: [String: String] = [:]
    private(set) var files: [String] = []

    /// Throws in words for the model that asked.
    init(_ tree: JSONTree, of tool: MCPTool) throws(ToolTrouble) {
        let known = tool.parameters
        for member in tree.members ?? [] where member.value != .null {
            guard let parameter = known.first(where: { $0.name == member.name }) else {
                let names = known.map(\.name).joined(separator: ", ")
                throw ToolTrouble("\(tool.rawValue) takes no '\(member.name)', only \(names)")
            }
            switch parameter.kind {
            case .texts:
                guard let elements = member.value.elements, elements.allSatisfy({ $0.text != nil }) else {
                    throw ToolTrouble("'\(member.name)' is a list of strings")
                }
                files = elements.compactMap(\.text)
            case .text, .choice:
                guard let text = member.value.text else { throw ToolTrouble("'\(member.name)' is a string") }
                texts[member.name] = text
            }
        }
        for parameter in known where parameter.isRequired {
            guard texts[parameter.name]?.contains(where: { !$0.isWhitespace }) == true else {
                throw ToolTrouble("'\(parameter.name)' is missing or empty")
            }
        }
    }

    /// Nil where it was not given, or is empty.
    subscript(name: String) -> String? { texts[name].flatMap { $0.isEmpty ? nil : $0 } }
}

/// Why a tool cannot answer what it was asked.
struct ToolTrouble: Error {
    var text: String

    init(_ text: String) { self.text = text }
}
