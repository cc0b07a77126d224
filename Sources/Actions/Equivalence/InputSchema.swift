package import JSONText

/// A tool's JSON Schema as a request declares it: says which inputs the tool takes.
///
/// Checks what tools' schemas use: types, properties, required, enumerations, constants, items, combinations, bounds
/// and references within the schema. Numbers and booleans that a model wrote as texts count as what they say, as agents
/// take them; a gateway that judges replies is stricter, see `ToolSchema` in the room Routing.
package struct InputSchema: Sendable {
    package var tree: JSONTree

    package init(_ tree: JSONTree) { self.tree = tree }

    /// What is wrong with an input, and where; empty where the tool takes it.
    package func faults(of input: JSONTree) -> [String] {
        var found = Found()
        check(ToolInput(input).value, tree, at: "", &found)
        return found.faults
    }

    private struct Found {
        var faults: [String] = []
        /// What may still be looked at: a schema that refers to itself would never end, and then the input passes.
        var steps = 100_000
        var depth = 0
    }

    /// The input with texts as the numbers and booleans that are declared, and without members that say a default.
    package func normalized(_ input: JSONTree) -> JSONTree {
        let value = ToolInput(input).value
        guard case .object(let members) = value, let properties = tree["properties"] else { return input }
        let required = tree["required"]?.elements ?? []
        return .object(
            members.compactMap { member in
                guard let property = properties[member.name] else { return member }
                var member = member
                member.value = InputSchema.read(member.value, as: property)
                let isDefault = property["default"].map { $0 == member.value } ?? false
                return isDefault && !required.contains(.string(member.name)) ? nil : member
            }
        )
    }

    private static func read(_ value: JSONTree, as schema: JSONTree) -> JSONTree {
        guard let text = value.text else { return value }
        let types = InputSchema.types(in: schema)
        guard !types.contains("string") else { return value }
        if types.contains("boolean"), text == "true" || text == "false" { return .bool(text == "true") }
        if types.contains("number") || types.contains("integer"), let read = JSONTree(text), case .number = read {
            return read
        }
        return value
    }

    private static func types(in schema: JSONTree) -> [String] {
        guard let type = schema["type"] else { return [] }
        return type.text.map { [$0] } ?? (type.elements ?? []).compactMap(\.text)
    }

    private func check(_ given: JSONTree, _ schema: JSONTree, at path: String, _ found: inout Found) {
        guard found.depth < 64, found.steps > 0 else { return }
        found.steps -= 1
        found.depth += 1
        defer { found.depth -= 1 }
        if schema == .bool(false) { return found.faults.append("\(name(path)) is not allowed") }
        if let reference = schema["$ref"]?.text, let target = resolve(reference) {
            check(given, target, at: path, &found)
        }
        let value = InputSchema.read(given, as: schema)
        let types = InputSchema.types(in: schema)
        if !types.isEmpty, !types.contains(where: { isOf($0, value) }) {
            return found.faults.append("\(name(path)) is no \(types.joined(separator: " or "))")
        }
        if let choices = schema["enum"]?.elements, !choices.contains(value) {
            found.faults.append("\(name(path)) is none of the values allowed")
        }
        if let only = schema["const"], only != value { found.faults.append("\(name(path)) is not the value allowed") }
        checkBounds(of: value, schema, at: path, &found.faults)
        for part in schema["allOf"]?.elements ?? [] { check(value, part, at: path, &found) }
        for word in ["anyOf", "oneOf"] {
            guard let choices = schema[word]?.elements, !choices.isEmpty else { continue }
            let fits = choices.contains { choice in
                let faults = found.faults
                defer { found.faults = faults }
                check(value, choice, at: path, &found)
                return found.faults.count == faults.count
            }
            if !fits { found.faults.append("\(name(path)) is of none of the forms allowed") }
        }
        switch value {
        case .object(let members): check(members, schema, at: path, &found)
        case .array(let elements):
            guard let items = schema["items"], items.members != nil || items == .bool(false) else { return }
            for (place, element) in elements.enumerated() {
                check(element, items, at: "\(path)[\(place)]", &found)
            }
        default: return
        }
    }

    private func check(_ members: [JSONTree.Member], _ schema: JSONTree, at path: String, _ found: inout Found) {
        let names = Set(members.map(\.name))
        for required in schema["required"]?.elements ?? [] {
            guard let required = required.text, !names.contains(required) else { continue }
            found.faults.append("\(name(path + "." + required)) is missing")
        }
        let others = schema["additionalProperties"]
        for member in members {
            let place = path + "." + member.name
            if let property = schema["properties"]?[member.name] {
                check(member.value, property, at: place, &found)
            } else if let others, schema["patternProperties"] == nil {
                check(member.value, others, at: place, &found)
            }
        }
    }

    private func checkBounds(of value: JSONTree, _ schema: JSONTree, at path: String, _ faults: inout [String]) {
        func bound(_ word: String) -> Double? {
            guard case .number(let spelled)? = schema[word] else { return nil }
            return Double(spelled)
        }
        let measures: [(value: Double?, least: String, most: String)]
        switch value {
        case .number(let spelled): measures = [(Double(spelled), "minimum", "maximum")]
        case .string(let text): measures = [(Double(text.unicodeScalars.count), "minLength", "maxLength")]
        case .array(let elements): measures = [(Double(elements.count), "minItems", "maxItems")]
        default: measures = []
        }
        for (value, least, most) in measures {
            guard let value else { continue }
            if let bound = bound(least), value < bound { faults.append("\(name(path)) is below its \(least)") }
            if let bound = bound(most), value > bound { faults.append("\(name(path)) is above its \(most)") }
        }
    }

    private func isOf(_ type: String, _ value: JSONTree) -> Bool {
        switch (type, value) {
        case ("string", .string), ("boolean", .bool), ("object", .object), ("array", .array), ("null", .null),
            ("number", .number):
            true
        case ("integer", .number): value.integer != nil
        default: false
        }
    }

    /// What a reference such as `#/$defs/NAME` stands for.
    private func resolve(_ reference: String) -> JSONTree? {
        guard reference.hasPrefix("#") else { return nil }
        return reference.dropFirst().split(separator: "/").reduce(tree) { tree, name in
            tree?[String(name).replacing("~1", with: "/").replacing("~0", with: "~")]
        }
    }

    private func name(_ path: String) -> String { path.isEmpty ? "the input" : String(path.drop { $0 == "." }) }
}
