/// What a tool accepts, in JSON Schema, and whether a call keeps to it.
///
/// Checked are types, required members, enumerations and constants, items, bounds, members that are not allowed, and the
/// combinations `anyOf`, `oneOf` and `allOf`, however deep, with references inside of the schema. What is not among
/// these, such as patterns, is not held against a call.
package struct ToolSchema: Hashable, Sendable {
    private let schema: JSONTree
    private let readsTexts: Bool

    package enum Fault: Hashable, Sendable {
        case unknownTool
        case noJSON
        /// The place is written as in `edits[0].path`; empty for the input itself.
        case missing(String)
        case notAllowed(String)
        case wrongType(String, expected: String)
        case notEnumerated(String)
        case noAlternative(String)
        /// Below or above what this keyword allows.
        case outOfBounds(String, keyword: String)
    }

    /// Nil where the text is no JSON.
    package init?(_ json: String, readsTexts: Bool = false) {
        guard let schema = JSONTree(json) else { return nil }
        self.init(schema, readsTexts: readsTexts)
    }

    /// `readsTexts` takes texts for the numbers and booleans that they spell, as agents do where those are asked for.
    package init(_ schema: JSONTree, readsTexts: Bool = false) {
        self.schema = schema
        self.readsTexts = readsTexts
    }

    /// The first thing that is wrong with a call's input, given as JSON text; nil where nothing is.
    package func fault(inCall input: String) -> Fault? {
        // Agents send nothing at all for a tool without arguments.
        guard let input = JSONTree(input.allSatisfy(\.isWhitespace) ? "{}" : input) else { return .noJSON }
        return fault(in: input)
    }

    package func fault(in input: JSONTree) -> Fault? {
        var walk = SchemaWalk(root: schema, readsTexts: readsTexts)
        return walk.fault(in: input, by: schema, at: "")
    }

    /// The input with texts as the numbers and booleans that are declared, and without members that say a default.
    package func normalized(_ input: JSONTree) -> JSONTree {
        guard case .object(let members) = input, let properties = schema["properties"] else { return input }
        let required = schema["required"]?.elements ?? []
        return .object(
            members.compactMap { member in
                guard let property = properties[member.name] else { return member }
                var member = member
                member.value = member.value.read(as: property["type"]?.typeNames ?? [])
                let isDefault = property["default"].map { $0 == member.value } ?? false
                return isDefault && !required.contains(.string(member.name)) ? nil : member
            }
        )
    }
}

extension ToolSchema.Fault: CustomStringConvertible {
    package var description: String {
        func named(_ place: String) -> String { place.isEmpty ? "the input" : place }
        return switch self {
        case .unknownTool: "no such tool was offered"
        case .noJSON: "the input is no JSON"
        case .missing(let place): "\(named(place)) is missing"
        case .notAllowed(let place): "\(named(place)) is not allowed"
        case .wrongType(let place, let expected): "\(named(place)) is no \(expected)"
        case .notEnumerated(let place): "\(named(place)) is none of the values allowed"
        case .noAlternative(let place): "\(named(place)) is of none of the forms allowed"
        case .outOfBounds(let place, let keyword): "\(named(place)) is out of its \(keyword)"
        }
    }
}

/// Walks an input and its schema side by side.
private struct SchemaWalk {
    typealias Fault = ToolSchema.Fault

    let root: JSONTree
    let readsTexts: Bool
    private var depth = 0
    private var steps = 0

    init(root: JSONTree, readsTexts: Bool) {
        self.root = root
        self.readsTexts = readsTexts
    }

    /// Schemas may refer to themselves, and more than once: what is not found out by then is not held against a call.
    private static let greatestDepth = 2 * JSONTree.greatestDepth
    private static let mostSteps = 100_000

    mutating func fault(in given: JSONTree, by schema: JSONTree, at place: String) -> Fault? {
        steps += 1
        guard depth < Self.greatestDepth, steps < Self.mostSteps else { return nil }
        depth += 1
        defer { depth -= 1 }
        if case .bool(let allowed) = schema { return allowed ? nil : .notAllowed(place) }
        if let reference = schema["$ref"]?.text, let target = target(of: reference) {
            if let fault = fault(in: given, by: target, at: place) { return fault }
        }
        let types = schema["type"]?.typeNames
        let value = readsTexts ? given.read(as: types ?? []) : given
        if let types, !types.contains(where: value.isOf(type:)) {
            return .wrongType(place, expected: types.joined(separator: " or "))
        }
        if let allowed = schema["enum"]?.elements, !allowed.contains(value) { return .notEnumerated(place) }
        if let only = schema["const"], only != value { return .notEnumerated(place) }
        if let fault = value.outOfBounds(of: schema, at: place) { return fault }
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

    /// What a text spells where that is asked for, and no text.
    fileprivate func read(as types: [String]) -> JSONTree {
        guard let text, !types.contains("string") else { return self }
        if types.contains("boolean"), text == "true" || text == "false" { return .bool(text == "true") }
        if types.contains("number") || types.contains("integer"), let read = JSONTree(text), case .number = read {
            return read
        }
        return self
    }

    fileprivate func outOfBounds(of schema: JSONTree, at place: String) -> ToolSchema.Fault? {
        let measured: (size: Double?, least: String, most: String)
        switch self {
        case .number(let spelled): measured = (Double(spelled), "minimum", "maximum")
        case .string(let text): measured = (Double(text.unicodeScalars.count), "minLength", "maxLength")
        case .array(let elements): measured = (Double(elements.count), "minItems", "maxItems")
        default: return nil
        }
        func bound(_ keyword: String) -> Double? {
            guard case .number(let spelled)? = schema[keyword] else { return nil }
            return Double(spelled)
        }
        guard let size = measured.size else { return nil }
        if let least = bound(measured.least), size < least { return .outOfBounds(place, keyword: measured.least) }
        if let most = bound(measured.most), size > most { return .outOfBounds(place, keyword: measured.most) }
        return nil
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
