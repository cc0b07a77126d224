package import Domain
internal import JSONText

extension CodexTranscript {
    /// The responses of the log in its order.
    package func steps(of session: SessionID) -> [RecordedStep] {
        let steps = responses.map { step($0, of: session) }
        return steps.indices.map { place in
            var step = steps[place]
            step.place = place
            step.upcoming = steps[(place + 1)...].prefix(3).map(\.actions)
            return step
        }
    }

    private func step(_ response: Response, of session: SessionID) -> RecordedStep {
        let own = items[response.items]
        let texts = own.filter { $0["role"]?.text == "assistant" }.flatMap { $0["content"]?.elements ?? [] }
        return RecordedStep(
            id: response.id,
            session: session,
            place: 0,
            time: Timestamp(logged: response.time) ?? .unknown,
            model: ModelID(response.model),
            usage: response.usage.usage,
            text: texts.compactMap { $0["text"]?.text }.joined(separator: "\n"),
            actions: own.compactMap(\.recordedAction),
            folder: response.folder,
            followsError: response.followsError
        )
    }
}

extension JSONTree {
    fileprivate var recordedAction: RecordedAction? {
        guard let name = self["name"]?.text else { return nil }
        switch self["type"]?.text {
        case "function_call": return RecordedAction(tool: name, input: self["arguments"]?.text ?? "{}")
        case "custom_tool_call":
            // As a reply tells of a tool that takes text.
            let input = JSONTree.object([Member("input", self["input"] ?? .string(""))])
            return RecordedAction(tool: name, input: String(decoding: input.bytes, as: UTF8.self))
        default: return nil
        }
    }
}
