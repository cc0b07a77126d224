import Domain
import NIOCore
import Providers
import Routing
import Wire

/// One request's way through a cascade: which model is asked now, what was held back, and what was billed for it.
final class CascadeRun {
    let step: TryThenJudge
    let request: RelayRequest
    /// What the human said, for the judges.
    let prompt: String
    let warm: String?
    let outputLimit: Int?
    var plan: CascadePlan
    /// The place of the model that is asked now.
    var attempt = 0
    /// The last answer that was doubted: better than none.
    var doubted: WithheldReply?
    /// By attempt, what was billed for it.
    var billed: [Int: [Attempt]] = [:]
    /// What was wrong with each answer so far, in the decision's words.
    var faults: [String] = []

    init(_ step: TryThenJudge, _ request: RelayRequest, prompt: String, warm: String?, outputLimit: Int?) {
        self.step = step
        self.request = request
        self.prompt = prompt
        self.warm = warm
        self.outputLimit = outputLimit
        plan = step.plan
    }

    /// What depends on the request that goes out now.
    var stake: RelayState.Stake {
        if attempt < step.cascade.attempts.count { return .trial }
        return doubted == nil ? .only : .last
    }

    /// What was billed besides the attempt that is asked now, or whose answer is given.
    var billedBesides: [Attempt] { billed.keys.sorted().filter { $0 != attempt }.flatMap { billed[$0] ?? [] } }

    /// Says what all attempts together come to, where more than one was billed.
    ///
    /// Where the last of them told nothing of its cost, an earlier one stands in its place, so that nothing that was
    /// billed is lost. The model asked for would have been asked alone.
    func complete(_ outcome: inout Exchange.Outcome) {
        guard outcome.usage == nil else {
            outcome.counterfactualUsage = outcome.counterfactualUsage ?? outcome.usage
            return
        }
        let last = outcome.earlierAttempts.removeLast()
        (outcome.model, outcome.usage) = (last.model, last.usage)
        outcome.counterfactualUsage = outcome.counterfactualUsage ?? last.usage
    }
}

/// A whole reply that the client knows nothing of.
struct WithheldReply {
    var attempt: Int
    var plan: RelayPlan
    var target: RelayTarget?
    var head: HTTPResponseHead
    var isEventStream: Bool
    var body: ByteBuffer
    var meter: UsageMeter?
    /// As a judge looks at it.
    var answer: Answer
}

extension Answer {
    /// Thoughts are no part of it.
    init(_ reply: ModelReply, by model: ModelID) {
        self.init(model: model, text: "", stopReason: reply.stop.reason)
        for part in reply.parts {
            switch part.content {
            case .text(let more): text += more
            case .refusal(let more):
                text += more
                stopReason = .refusal
            case .toolUse(let use): toolCalls.append(ToolCall(name: use.name, input: use.arguments.string))
            case .thinking, .image, .document, .toolResult: break
            }
        }
    }
}
