import Domain

extension [SessionThread.Step] {
    /// The stretch of the prompt that what arrived before a call takes up, in tokens from the prompt's start.
    ///
    /// What arrived stands at the prompt's end. The provider counted this prompt and the one before, so their difference
    /// less the reply in between is its size. Where there is no such difference (a thread's first call, another model's
    /// count, a prompt that was cut), or where it is more than a token a byte and so is not what arrived, the length of
    /// the text decides.
    func spanOfArrivals(at index: Int) -> Range<Int> {
        let weight = self[index].standingArrivals.reduce(0) { $0 + $1.weight }
        let end = Swift.max(0, self[index].call.usage.promptTokens)
        var tokens = weight.tokensByLength
        if index > 0, self[index - 1].call.model == self[index].call.model {
            let before = self[index - 1].call
            let growth = end - before.usage.promptTokens - before.estimatedOutputTokens
            if (0...weight).contains(growth) { tokens = growth }
        }
        return Swift.max(0, end - tokens)..<end
    }
}

extension SessionThread.Step {
    /// What arrived and stands in the call's prompt: a compaction took with it what had come before.
    var standingArrivals: ArraySlice<Arrival> {
        arrivals[(arrivals.lastIndex { $0.kind == .compactSummary } ?? 0)...]
    }
}

/// A thread's tool calls by their keys: one call may ask for thousands, and each result is looked up once.
struct AskedTools {
    private struct Place: Hashable {
        var key: UInt64
        var step: Int
    }

    private let steps: [SessionThread.Step]
    /// The first of a step with the key.
    private var tools: [Place: Int] = [:]

    init(in steps: [SessionThread.Step]) {
        self.steps = steps
        for (index, step) in steps.enumerated() {
            for (tool, call) in step.toolCalls.enumerated().reversed() {
                tools[Place(key: call.key, step: index)] = tool
            }
        }
    }

    /// The tool call whose result arrives before a call, and the step that asked for it; nearly always the one before.
    func call(answeredBy arrival: Arrival, at index: Int) -> (step: Int, tool: ToolCall)? {
        guard let key = arrival.tool else { return nil }
        for step in (max(0, index - 4)..<index).reversed() {
            if let tool = tools[Place(key: key, step: step)] { return (step, steps[step].toolCalls[tool]) }
        }
        return nil
    }
}

extension Arrival {
    /// What decides how much of a prompt's growth is its: its bytes, and for an image what one costs.
    ///
    /// A result's image is in its bytes, as text that no model reads.
    var weight: Int {
        let pictures = Int(Double(max(0, attachments)) * 1600 * Call.bytesPerToken)
        let text = max(0, bytes)
        return kind == .toolResult && pictures > 0 ? Swift.min(text, pictures) : text + pictures
    }
}
