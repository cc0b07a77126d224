internal import JSONText

extension JSONTree {
    /// The model wrote it: a part of a response.
    var isOfResponse: Bool {
        switch self["type"]?.text {
        case "message": self["role"]?.text == "assistant"
        case "reasoning", "function_call", "custom_tool_call", "local_shell_call", "image_generation_call",
            "web_search_call", "tool_search_call":
            true
        default: false
        }
    }

    /// An item of a rollout as a request to anybody can carry it; nil for what only the provider could read.
    var asInput: JSONTree? {
        func kept(_ names: [String], as type: String) -> JSONTree {
            .object(
                [Member("type", .string(type))] + names.compactMap { name in self[name].map { Member(name, $0) } }
            )
        }
        switch self["type"]?.text {
        case "message": return kept(["role", "content"], as: "message")
        case "function_call":
            let call = kept(["call_id", "arguments"], as: "function_call")
            return toolName.map { call.setting("name", to: .string($0)) }
        case "custom_tool_call": return kept(["call_id", "name", "input"], as: "custom_tool_call")
        case "local_shell_call":
            let arguments = self["action"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? "{}"
            return kept(["call_id"], as: "function_call").setting("name", to: .string("local_shell"))
                .setting("arguments", to: .string(arguments))
        case "function_call_output", "local_shell_call_output":
            return kept(["call_id", "output"], as: "function_call_output")
        case "custom_tool_call_output": return kept(["call_id", "output"], as: "custom_tool_call_output")
        default: return nil
        }
    }

    /// The name of a called function, with that of its group as the ledger has it.
    private var toolName: String? {
        guard let name = self["name"]?.text else { return nil }
        guard let group = self["namespace"]?.text, !group.isEmpty else { return name }
        return group.hasSuffix("_") || name.hasPrefix("_") ? group + name : group + "__" + name
    }

    /// What a user said.
    static func message(_ text: String) -> JSONTree {
        let part = JSONTree.object([Member("type", .string("input_text")), Member("text", .string(text))])
        return .object([
            Member("type", .string("message")), Member("role", .string("user")), Member("content", .array([part])),
        ])
    }
}
