package import Domain
internal import JSONText

extension CodexTranscript {
    /// Codex never logs the tools it offers: it takes an installed one of the same version to tell them.
    package func fidelity(of step: String, with prompt: StandingPrompt?) -> Fidelity {
        prompt != nil && prompt?.version == version ? .recaptured : .inferred
    }

    package func version(of step: String) -> String? { version }

    /// The request of a response, in OpenAI's Responses.
    ///
    /// Instructions and items are the log's, tools the installed agent's or what the calls show. The response itself, and whatever came after it, is
    /// not in it.
    package func rebuiltRequest(
        of step: String,
        with prompt: StandingPrompt? = nil,
        sha256: ([UInt8]) -> String
    ) -> RebuiltRequest? {
        guard let response = responses.first(where: { $0.id == step }) else { return nil }
        let fidelity = fidelity(of: step, with: prompt)
        var members = [
            JSONTree.Member("model", .string(response.model)),
            JSONTree.Member("instructions", .string(instructions ?? Self.madeUpInstructions)),
            JSONTree.Member("input", .array(input(of: response))),
            JSONTree.Member("tools", fidelity == .recaptured ? prompt?.tools ?? tools : tools),
            JSONTree.Member("store", .bool(false)),
        ]
        if let effort = response.effort {
            let reasoning = JSONTree.object([JSONTree.Member("effort", .string(effort))])
            members.append(JSONTree.Member("reasoning", reasoning))
        }
        return RebuiltRequest(format: .responses, body: JSONTree.object(members).bytes, fidelity: fidelity)
    }

    private static let madeUpInstructions =
        "You are a coding agent. Use the tools to do what the user asks, one step at a time."

    /// What the model saw: every call with its result, and no result without its call, as the API wants it.
    private func input(of response: Response) -> [JSONTree] {
        var calls: Set<String> = []
        var input: [JSONTree] = []
        let context = items[response.context]
        let results = Set(context.compactMap { $0.isResult ? $0["call_id"]?.text : nil })
        for item in context {
            guard let call = item["call_id"]?.text else {
                input.append(item)
                continue
            }
            if item.isResult {
                if calls.contains(call) { input.append(item) }
                continue
            }
            guard calls.insert(call).inserted else { continue }
            input.append(item)
            guard !results.contains(call) else { continue }
            let type = item["type"]?.text == "custom_tool_call" ? "custom_tool_call_output" : "function_call_output"
            input.append(
                .object([
                    JSONTree.Member("type", .string(type)), JSONTree.Member("call_id", .string(call)),
                    JSONTree.Member("output", .string("aborted")),
                ])
            )
        }
        return input
    }

    /// Tools as far as the log's calls show them.
    private var tools: JSONTree {
        var inputs: [String: [JSONTree]] = [:]
        var texts: Set<String> = []
        for item in items {
            guard let name = item["name"]?.text else { continue }
            switch item["type"]?.text {
            case "function_call":
                inputs[name, default: []].append(item["arguments"]?.text.flatMap { JSONTree($0) } ?? .object([]))
            case "custom_tool_call": texts.insert(name)
            default: continue
            }
        }
        let functions = inputs.filter { !texts.contains($0.key) }.sorted { $0.key < $1.key }.map { name, inputs in
            JSONTree.object([
                JSONTree.Member("type", .string("function")), JSONTree.Member("name", .string(name)),
                JSONTree.Member("parameters", JSONTree(schemaOf: inputs)), JSONTree.Member("strict", .bool(false)),
            ])
        }
        let custom = texts.sorted().map { name in
            JSONTree.object([JSONTree.Member("type", .string("custom")), JSONTree.Member("name", .string(name))])
        }
        return .array(functions + custom)
    }
}

extension JSONTree {
    fileprivate var isResult: Bool { self["type"]?.text?.hasSuffix("_output") == true }
}
