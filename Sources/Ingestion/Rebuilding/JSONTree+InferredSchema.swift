internal import JSONText

extension JSONTree {
    /// The JSON Schema of a tool as far as its calls show it: parameters, their types, and those never left out.
    init(schemaOf inputs: [JSONTree]) {
        var types: [String: Set<String>] = [:]
        var counts: [String: Int] = [:]
        for member in inputs.flatMap({ $0.members ?? [] }) {
            types[member.name, default: []].insert(member.value.schemaType)
            counts[member.name, default: 0] += 1
        }
        let properties = types.sorted { $0.key < $1.key }.map { name, types in
            let known = types.sorted().map { JSONTree.string($0) }
            let type = Member("type", known.count == 1 ? known[0] : .array(known))
            return Member(name, .object([type]))
        }
        let required = counts.filter { $0.value == inputs.count }.keys.sorted().map { JSONTree.string($0) }
        self = .object([
            Member("type", .string("object")), Member("properties", .object(properties)),
            Member("required", .array(required)),
        ])
    }

    private var schemaType: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number(let spelled): Int(spelled) == nil ? "number" : "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
