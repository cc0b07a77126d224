package import JSONText

/// What a tool accepts, in JSON Schema, and whether a call keeps to it.
///
/// Checked are types, required members, enumerations and constants, items, members that are not allowed, and the
/// combinations `anyOf`, `oneOf` and `allOf`, however deep, with references inside of the schema. What is not among
/// these, such as patterns and ranges, is not held against a call.
package struct ToolSchema: Hashable, Sendable {
    private let schema: JSONTree

    package enum Fault: Hashable, Sendable {
        case unknownTool
        case noJSON
        /// The place is written as in `edits[0].path`; empty for the input itself.
        case missing(String)
        case notAllowed(String)
        case wrongType(String, expected: String)
        case notEnumerated(String)
        case noAlternative(String)
    }

    /// Nil where the text is no JSON.
    package init?(_ json: String) {
        guard let schema = JSONTree(json) else { return nil }
        self.init(schema)
    }

    package init(_ schema: JSONTree) { self.schema = schema }

    /// The first thing that is wrong with a call's input, given as JSON text; nil where nothing is.
    package func fault(inCall input: String) -> Fault? {
        // Agents send nothing at all for a tool without arguments.
        guard let input = JSONTree(input.allSatisfy(\.isWhitespace) ? "{}" : input) else { return .noJSON }
        var walk = SchemaWalk(root: schema)
        return walk.fault(in: input, by: schema, at: "")
    }
}

/// Walks an input and its schema side by side.
private struct SchemaWalk {
    typealias Fault = ToolSchema.Fault

    let root: JSONTree
    private var depth = 0
    private var steps = 0

    init(root: JSONTree) { self.root = root }

    /// Schemas may refer to themselves, and more than once: what is not found out by then is not held against a call.
    private static let greatestDepth = 2 * JSONTree.greatestDepth
    private static let mostSteps = 100_000

    mutating func fault(in value: JSONTree, by schema: JSONTree, at place: String) -> Fault? {
        steps += 1
        guard depth < Self.greatestDepth, steps < Self.mostSteps else { return nil }
        depth += 1
        defer { depth -= 1 }
        if case .bool(let allowed) = schema { return allowed ? nil : .notAllowed(place) }
        if let reference = schema["$ref"]?.text, let target = target(of: reference) {
            if let fault = fault(in: value, by: target, at: place) { return fault }
        }
        if let types = schema["type"]?.typeNames, !types.contains(where: value.isOf(type:)) {
            return .wrongType(place, expected: types.joined(separator: " or "))
        }
        if let allowed = schema["enum"]?.elements, !allowed.contains(value) { return .notEnumerated(place) }
        if let only = schema["const"], only != value { return .notEnumerated(place) }
        for part in schema["allOf"]?.elements ?? [] {
            if let fault = fault(in: value, by: part, at: place) { return fault }
        }
        if let choices = schema["anyOf"]?.elements ?? schema["oneOf"]?.elements, !choices.isEmpty {
            let faults = choices.map { fault(in: value, by: $0, at: place) }
            if !faults.contains(nil) {
                // Of a lone alternative for this type, what is wrong with it says more.
                let near = zip(choices, faults).filter { choice, _ in
                    choice["type"]?.typeNames?.contains(where: value.isOf(type:)) ?? false
                }
                return near.count == 1 ? near[0].1 : .noAlternative(place)
            }
        }
        switch value {
        case .object(let members): return fault(inMembers: members, of: value, by: schema, at: place)
        case .array(let elements):
            guard let items = schema["items"] else { return nil }
            for (index, element) in elements.enumerated() {
                if let fault = fault(in: element, by: items, at: "\(place)[\(index)]") { return fault }
            }
            return nil
        default: return nil
        }
    }

    private mutating func fault(
        inMembers members: [JSONTree.Member],
        of value: JSONTree,
        by schema: JSONTree,
        at place: String
    ) -> Fault? {
        let path = place.isEmpty ? "" : "\(place)."
        for name in schema["required"]?.elements?.compactMap(\.text) ?? [] where value[name] == nil {
            return .missing(path + name)
        }
        let properties = schema["properties"]
        for member in members {
            if let known = properties?[member.name] {
                if let fault = fault(in: member.value, by: known, at: path + member.name) { return fault }
            } else if let others = schema["additionalProperties"], schema["patternProperties"] == nil {
                if let fault = fault(in: member.value, by: others, at: path + member.name) {
                    return fault
                }
            }
        }
        return nil
    }

    /// What a reference such as `#/$defs/edit` stands for; nil for one that leads out of the schema or nowhere.
    private func target(of reference: String) -> JSONTree? {
        guard reference.hasPrefix("#") else { return nil }
        var value = root
        for step in reference.dropFirst().split(separator: "/") {
            guard let next = value[String(step)] else { return nil }
            value = next
        }
        return value
    }
}

extension JSONTree {
    fileprivate var typeNames: [String]? {
        switch self {
        case .string(let name): [name]
        case .array(let names): names.compactMap(\.text)
        default: nil
        }
    }

    /// By JSON Schema's names; one that it does not have allows anything.
    fileprivate func isOf(type name: String) -> Bool {
        switch (name, self) {
        case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .string), ("array", .array),
            ("object", .object):
            true
        case ("integer", .number(let spelled)): Double(spelled).map { $0 == $0.rounded() } ?? false
        case ("null", _), ("boolean", _), ("number", _), ("string", _), ("array", _), ("object", _), ("integer", _):
            false
        default: true
        }
    }
}
