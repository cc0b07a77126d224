import Domain
import Pricing

/// Follows a thread call by call and keeps what results ride along in its prompt longer than they should.
struct ResendWalk {
    private(set) var found = CarriedResults()
    private(set) var results = 0

    private let thread: PricedThread
    private let asked: AskedTools
    private let context: AnalysisContext
    private let resultTokens: Int
    private let turns: Int
    /// What of large results is beyond the limit.
    private var stale = CarriedSpans()
    private var copies = CarriedSpans()
    /// Up to here the prompt's places are given away.
    private var top = 0
    /// Looks with what they showed that are in the prompt, so that a second one only repeats it.
    private var shown: Set<UInt64> = []
    /// The same in the order of their places, with up to where they reach.
    private var order: [(look: UInt64, end: Int)] = []
    private var carried: [CarriedResult] = []
    /// By place in the thread, the session's own calls before it.
    private let ownCalls: [Int]
    /// The places of these.
    private let own: [Int]

    init(_ thread: PricedThread, context: AnalysisContext) {
        self.thread = thread
        asked = AskedTools(in: thread.steps)
        self.context = context
        ownCalls = thread.isOwn.reduce(into: [0]) { $0.append($0[$0.count - 1] + ($1 ? 1 : 0)) }
        own = thread.isOwn.indices.filter { thread.isOwn[$0] }
        resultTokens = context.thresholds.count(ContextResend.resultTokens)
        turns = context.thresholds.count(ContextResend.turns)
    }

    mutating func run() {
        for index in thread.steps.indices {
            cut(at: index)
            place(arrivalsAt: index)
            stale.advance(to: index)
            copies.advance(to: index)
            charge(index)
        }
        end(carried[...], at: thread.steps.count)
    }

    /// Lets go of what a compaction, a cleared result or a rewind took out of the prompt.
    ///
    /// What the cache still gave is certain to be there; of the rest of a prompt that shrank nobody knows.
    private mutating func cut(at index: Int) {
        let step = thread.steps[index]
        let isCompacted = step.arrivals.contains { $0.kind == .compactSummary }
        guard isCompacted || step.call.usage.promptTokens < top else { return }
        let kept = isCompacted ? 0 : step.call.usage.cacheReadTokens
        stale.keep(first: kept)
        copies.keep(first: kept)
        top = min(top, kept)
        while let last = order.last, last.end > kept {
            shown.remove(last.look)
            order.removeLast()
        }
        // They stand in the order of their places.
        let whole = carried.lastIndex { $0.span.upperBound <= kept }.map { $0 + 1 } ?? 0
        end(carried[whole...], at: index)
        carried.removeSubrange(whole...)
    }

    private mutating func place(arrivalsAt index: Int) {
        let arrived = thread.steps.spanOfArrivals(at: index)
        let all = max(top, arrived.lowerBound)..<max(top, arrived.upperBound)
        top = all.upperBound
        let arrivals = thread.steps[index].standingArrivals
        let weight = arrivals.reduce(0) { $0 + $1.weight }
        guard weight > 0 else { return }
        var passed = 0
        for arrival in arrivals {
            let start = all.lowerBound + Int(Double(all.count) * Double(passed) / Double(weight))
            passed += arrival.weight
            let end = all.lowerBound + Int(Double(all.count) * Double(passed) / Double(weight))
            guard arrival.kind == .toolResult else { continue }
            results += 1
            place(arrival, at: index, in: start..<end)
        }
    }

    private mutating func place(_ arrival: Arrival, at index: Int, in span: Range<Int>) {
        let tool = asked.call(answeredBy: arrival, at: index)?.tool
        let look = tool?.look.map { $0 &* 0x9E37_79B9_7F4A_7C15 ^ arrival.contentHash }
        let isCopy = look.map(shown.contains) ?? false
        if let look, !isCopy {
            shown.insert(look)
            order.append((look, span.upperBound))
        }
        guard isCopy || span.count > resultTokens else { return }
        if isCopy {
            copies.add(span, from: index)
        } else {
            stale.add((span.lowerBound + resultTokens)..<span.upperBound, from: index + turns)
        }
        carried.append(CarriedResult(arrival, of: tool, at: index, in: thread, span: span, isCopy: isCopy))
    }

    private mutating func charge(_ index: Int) {
        guard !stale.isEmpty || !copies.isEmpty, thread.isOwn[index], let cost = thread.costs[index] else { return }
        let call = thread.steps[index].call
        let part = stale.part(of: call.usage) + copies.part(of: call.usage)
        guard part != .zero, let rates = context.pricer.rates(of: call) else { return }
        let saving = min(cost, rates.cost(of: part))
        if saving > .zero { found.add(Claim.Share(call: call.key, cost: cost, saving: saving), on: call.model) }
    }

    private mutating func end(_ ended: ArraySlice<CarriedResult>, at index: Int) {
        for var result in ended where result.isCopy || index - result.index > turns {
            result.calls = ownCalls[index] - ownCalls[result.index]
            if result.calls > 0 {
                result.call = thread.steps[own[ownCalls[result.index]]].call.id
                result.waste = (result.span.count - (result.isCopy ? 0 : resultTokens)) * result.calls
                found.all.append(result)
            }
        }
    }
}

extension ToolCall {
    /// What it looked at, where that is there to be looked at again: a file, or a question asked of files.
    ///
    /// Two searches that found nothing gave the same text, but not the same answer. That a page, a process or the
    /// repository is still as it was is news.
    fileprivate var look: UInt64? {
        switch (kind, action) {
        case (.read, _): targetHash
        case (.search, _), (_, .readFile), (_, .search), (_, .list): actionHash
        default: nil
        }
    }
}
