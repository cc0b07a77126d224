internal import Domain
internal import JSONText

/// The responses since a session was last entered, until a shutdown tells what they cost together.
struct CopilotCLISegment {
    /// A response as its message shows it: of its tokens only the output.
    struct Response {
        var call: Call
        var thread: ThreadID
        var agentType: String?
    }

    var responses: [Response] = []

    /// The responses of each model with their shares of what the shutdown says, and requests no message stands for.
    ///
    /// The log has no response's own input. Sums are exact and each share is even: a model's calls and tokens add up to
    /// what Copilot says, but a single call's input is an average.
    mutating func settle(
        _ metrics: [(model: ModelID, metrics: CopilotCLIMetrics)],
        shutdown id: RawText?,
        time: Timestamp,
        at position: LogPosition
    ) {
        for (model, metrics) in metrics {
            let logged = responses.indices.filter { responses[$0].call.model == model }
            let missing = min(max(0, metrics.requests - logged.count), CopilotCLISegment.mostUnlogged)
            var places = logged
            for number in 0..<missing {
                let seed = stableHash(model.rawValue, seed: UInt64(number) &+ UInt64(bitPattern: time.milliseconds))
                let call = Call(
                    key: CallKey(id: id?.hash(seed: seed) ?? seed),
                    id: id?.string ?? "",
                    time: time,
                    model: model,
                    usage: .zero,
                    position: position
                )
                places.append(responses.count)
                responses.append(Response(call: call, thread: .main))
            }
            share(metrics, among: places, unlogged: missing)
        }
    }

    /// More requests without a message than this are a mistake in the log.
    private static let mostUnlogged = 10_000

    private mutating func share(_ metrics: CopilotCLIMetrics, among places: [Int], unlogged: Int) {
        let shown = places.reduce(0) { $0 + responses[$1].call.usage.outputTokens }
        let rest = max(0, metrics.output - shown)
        // Output that no message shows is the unlogged requests'; where there are none, the last response's.
        let takers = unlogged > 0 ? places.suffix(unlogged) : places.suffix(1)
        for (index, place) in takers.enumerated() {
            responses[place].call.usage.outputTokens += part(index, of: takers.count, of: rest)
        }
        let output = shown + rest
        let reasoning = min(metrics.reasoning, output)
        var outputSoFar = 0
        for (index, place) in places.enumerated() {
            let before = outputSoFar
            outputSoFar += responses[place].call.usage.outputTokens
            responses[place].call.usage.inputTokens = part(index, of: places.count, of: metrics.uncachedInput)
            responses[place].call.usage.cacheReadTokens = part(index, of: places.count, of: metrics.cacheRead)
            responses[place].call.usage.cacheWrite5mTokens = part(index, of: places.count, of: metrics.cacheWrite)
            responses[place].call.usage.reasoningTokens =
                scaled(reasoning, by: outputSoFar, of: output) - scaled(reasoning, by: before, of: output)
        }
    }

    /// The share of one of several, the shares adding up to the whole.
    private func part(_ index: Int, of count: Int, of whole: Int) -> Int {
        scaled(whole, by: index + 1, of: count) - scaled(whole, by: index, of: count)
    }

    private func scaled(_ whole: Int, by numerator: Int, of denominator: Int) -> Int {
        guard denominator > 0 else { return 0 }
        let product = UInt(max(0, whole)).multipliedFullWidth(by: UInt(max(0, numerator)))
        // The numerator is no larger than the denominator, so the quotient is no larger than the whole.
        return Int(UInt(denominator).dividingFullWidth(product).quotient)
    }
}

extension CopilotCLISegment {
    func write(to state: inout ResumeStateWriter) {
        state.write(responses.count)
        for response in responses {
            let call = response.call
            state.write(call.key.id)
            state.write(call.id)
            state.write(Int(call.time.milliseconds))
            state.write(call.model.rawValue)
            state.write(call.usage.outputTokens)
            state.write(call.effort.map { UInt64($0.rawValue) })
            state.write(UInt64(call.stopReason.rawValue))
            state.write(call.visibleOutputBytes)
            state.write(Int(call.position.offset))
            state.write(call.position.length)
            state.write(UInt64(response.thread.kind.rawValue))
            state.write(response.thread.name)
            state.write(response.agentType)
        }
    }

    init(from state: inout ResumeStateReader) {
        var left = state.integer()
        while left > 0, !state.isBroken {
            left -= 1
            let key = CallKey(id: state.number())
            let id = state.text()
            let time = Timestamp(milliseconds: Int64(state.integer()))
            let model = ModelID(state.text())
            let usage = Usage(outputTokens: state.integer())
            let effort = state.optionalNumber().flatMap { Effort(rawValue: UInt8(truncatingIfNeeded: $0)) }
            let stopReason = StopReason(rawValue: UInt8(truncatingIfNeeded: state.number())) ?? .unknown
            let visible = state.integer()
            let position = LogPosition(offset: Int64(state.integer()), length: state.integer())
            let kind = ThreadID.Kind(rawValue: UInt8(truncatingIfNeeded: state.number())) ?? .main
            let thread = ThreadID(kind: kind, name: state.text())
            let call = Call(
                key: key,
                id: id,
                time: time,
                model: model,
                usage: usage,
                effort: effort,
                stopReason: stopReason,
                visibleOutputBytes: visible,
                position: position
            )
            responses.append(Response(call: call, thread: thread, agentType: state.optionalText()))
        }
    }
}
