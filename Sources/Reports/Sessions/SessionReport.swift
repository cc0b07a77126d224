package import Domain

/// One session as a timeline: each call with what it carried, wrote, asked of tools and cost.
package struct SessionReport: Report {
    package struct Step: Sendable {
        package var thread: ThreadID
        package var agentType: String?
        package var call: Call
        package var figures: SpendFigures
        /// Another session made the call and pays for it.
        package var isContext: Bool
        /// Tool calls by name, in the order they first came.
        package var tools: [(name: String, count: Int)]
        package var failedResults: Int
        /// A person's prompt came in just before: a task begins.
        package var promptBytes: Int?
        package var isAfterCompaction: Bool
        package var file: String
        /// What of its prompt had been in the cache and was not read from it; nil for most calls.
        package var rebuild: Rebuild?
    }

    /// A prompt that was cached, or sent, again.
    package struct Rebuild: Hashable, Sendable {
        package var tokens: Int
        /// What that cost more than reading the cache would have.
        package var extraCost: Money
        /// Why, as a phrase, such as `the model was switched`.
        package var reason: String

        package init(tokens: Int, extraCost: Money, reason: String) {
            self.tokens = tokens
            self.extraCost = extraCost
            self.reason = reason
        }
    }

    package struct Subagent: Sendable {
        package var thread: ThreadID
        package var agentType: String?
        package var figures: SpendFigures
    }

    package var session: SessionID
    package var project: String
    package var billing: Billing
    package var isHeadless: Bool
    package var zone: Zone
    /// All threads together, in the order of time.
    package var steps: [Step]
    /// Largest cost first.
    package var subagents: [Subagent]
    package var totals: SpendFigures
    /// How many steps people get to see; programs get all.
    package var limit: Int

    /// Prices a session; the price of a call is nil where its model has none.
    package init(
        _ session: Session,
        zone: Zone,
        limit: Int = 60,
        rebuilds: [CallKey: Rebuild] = [:],
        cost: (Call) -> Money?
    ) {
        self.session = session.id
        project = session.project
        billing = session.billing
        isHeadless = session.isHeadless
        self.zone = zone
        self.limit = limit
        var steps: [Step] = []
        subagents = []
        for thread in session.threads {
            let own = thread.steps.map { step in
                var own = Step(step, of: thread, billing: session.billing, cost: cost)
                if !step.isContext { own.rebuild = rebuilds[step.call.key] }
                return own
            }
            steps += own
            if thread.id.kind != .main {
                let figures = own.reduce(into: SpendFigures()) { $0 += $1.figures }
                subagents.append(Subagent(thread: thread.id, agentType: thread.agentType, figures: figures))
            }
        }
        // Stable, so that calls of one moment keep the order of their log.
        self.steps = steps.enumerated()
            .sorted { ($0.element.call.time, $0.offset) < ($1.element.call.time, $1.offset) }.map(\.element)
        subagents.sort { ($1.figures.cost, $0.thread) < ($0.figures.cost, $1.thread) }
        totals = steps.reduce(into: SpendFigures()) { $0 += $1.figures }
    }
}

extension SessionReport.Step {
    fileprivate init(_ step: SessionThread.Step, of thread: SessionThread, billing: Billing, cost: (Call) -> Money?) {
        let figures =
            step.isContext ? SpendFigures() : PricedPart.figures(of: step.call, billing: billing, cost: cost)
        var tools: [(name: String, count: Int)] = []
        for call in step.toolCalls {
            if let index = tools.firstIndex(where: { $0.name == call.name }) {
                tools[index].count += 1
            } else {
                tools.append((call.name, 1))
            }
        }
        self.init(
            thread: thread.id,
            agentType: thread.agentType,
            call: step.call,
            figures: figures,
            isContext: step.isContext,
            tools: tools,
            failedResults: step.arrivals.count { $0.kind == .toolResult && $0.isError },
            promptBytes: step.arrivals.last { $0.kind == .prompt }?.bytes,
            isAfterCompaction: step.arrivals.contains { $0.kind == .compactSummary },
            file: step.file
        )
    }

    package var threadName: String { thread.kind.name(agentType: agentType) }

    package var toolsText: String {
        tools.map { $0.count == 1 ? $0.name : "\($0.name)×\($0.count)" }.joined(separator: " ")
    }

    /// What happened just before the call, as far as it changes what the call had to carry.
    package var before: String {
        var parts: [String] = []
        if let promptBytes { parts.append("prompt \(promptBytes.bytesText)") }
        if isAfterCompaction { parts.append("compacted") }
        if failedResults > 0 { parts.append(failedResults == 1 ? "tool error" : "\(failedResults) tool errors") }
        return parts.joined(separator: ", ")
    }
}
