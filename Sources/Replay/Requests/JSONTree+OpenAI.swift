internal import Domain
internal import JSONText

extension JSONTree {
    /// Puts a request of OpenAI's Chat Completions into a model's terms.
    mutating func treatAsChat(
        _ side: ReplayRequest.Side,
        _ treatment: ReplayRequest.Treatment,
        changes: inout [String]
    ) {
        drop(["stream", "stream_options", "service_tier", "store", "metadata", "user", "safety_identifier"])
        let bound =
            self["max_tokens"] != nil && self["max_completion_tokens"] == nil ? "max_tokens" : "max_completion_tokens"
        self = setting(bound, to: .number(String(treatment.maxOutputTokens)))
        if !treatment.keepsSampling { drop(["temperature", "top_p", "presence_penalty", "frequency_penalty"]) }
        if let effort = self["reasoning_effort"]?.text, !treatment.takes(effort) {
            changes.append("without effort \(effort)")
            drop(["reasoning_effort"])
        }
    }

    /// Puts a request of OpenAI's Responses into a model's terms.
    mutating func treatAsResponses(
        _ side: ReplayRequest.Side,
        _ treatment: ReplayRequest.Treatment,
        changes: inout [String]
    ) {
        drop([
            "stream", "stream_options", "service_tier", "metadata", "user", "safety_identifier", "background",
            "include",
        ])
        self = setting("store", to: .bool(false))
        self = setting("max_output_tokens", to: .number(String(treatment.maxOutputTokens)))
        if !treatment.keepsSampling { drop(["temperature", "top_p"]) }
        if let reasoning = self["reasoning"], let effort = reasoning["effort"]?.text, !treatment.takes(effort) {
            changes.append("without effort \(effort)")
            drop(["reasoning"])
        }
        // Thoughts are encrypted for the model that thought them.
        guard let items = self["input"]?.elements else { return }
        let kept = items.filter { $0["type"]?.text != "reasoning" }
        if kept.count < items.count { changes.append("without the recorded model's thoughts") }
        self = setting("input", to: .array(kept))
    }

    /// What each tool takes, by its name.
    func toolSchemas(in format: APIFormat) -> [String: String] {
        var schemas: [String: String] = [:]
        for tool in self["tools"]?.elements ?? [] {
            let own = format == .chatCompletions ? tool["function"] ?? tool : tool
            guard let name = own["name"]?.text else { continue }
            let schema = own[format == .messages ? "input_schema" : "parameters"] ?? .object([])
            schemas[name] = String(decoding: schema.bytes, as: UTF8.self)
        }
        return schemas
    }
}

extension ReplayRequest.Treatment {
    fileprivate func takes(_ effort: String) -> Bool { Effort(name: effort).map { efforts.contains($0) } ?? false }
}
