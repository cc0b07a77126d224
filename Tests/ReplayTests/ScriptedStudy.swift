import Domain
import JSONText
import Pricing
import Replay
import Statistics
import Synchronization

/// A history of made-up sessions, and a provider that answers from it as often as a model is to agree.
final class ScriptedStudy: Sendable {
    static let original = ModelID("claude-opus-4-5")
    static let cheap = ModelID("claude-haiku-4-5")

    struct State {
        var asked: [String] = []
        var shelf: [String: KeptReply] = [:]
        /// The requests of each batch, and the most they may cost.
        var batches: [(requests: [BatchedRequest], most: Money)] = []
    }

    let sessions: Int
    let steps: Int
    /// How often each model does what was recorded.
    let agreement: [ModelID: Double]
    let state = Mutex(State())
    /// The provider fails from so many requests on.
    let failsAfter: Int

    init(sessions: Int = 12, steps: Int = 8, agreement: [ModelID: Double], failsAfter: Int = .max) {
        self.sessions = sessions
        self.steps = steps
        self.agreement = agreement
        self.failsAfter = failsAfter
    }

    var population: [Sampler.Candidate] {
        (0..<sessions).flatMap { session in
            (0..<steps).map { place in
                let step = RecordedStep(
                    id: "msg-\(session)-\(place)",
                    session: SessionID(agent: .claudeCode, name: "session-\(session)"),
                    place: place,
                    time: Timestamp(milliseconds: 0),
                    model: Self.original,
                    usage: Usage(inputTokens: 10, outputTokens: 100, cacheReadTokens: 1000 * (place + 1)),
                    actions: [RecordedAction(tool: "Bash", input: #"{"command":"make step-\#(session)-\#(place)"}"#)],
                    folder: "/work"
                )
                return Sampler.Candidate(step: step, stratum: Stratum(step))
            }
        }
    }

    func study(
        budget: Money = Money(nanoUSD: 1_000_000_000_000),
        samples: Int = 96,
        candidate: ModelID = ScriptedStudy.cheap,
        delivery: Delivery = .oneByOne
    ) -> Study {
        Study(
            id: "study",
            subject: "finding",
            candidate: ReplayRequest.Side(model: candidate, limits: PriceBook.builtin.limits(of: candidate)),
            original: ReplayRequest.Side(model: Self.original, limits: PriceBook.builtin.limits(of: Self.original)),
            sample: Sampler(samples: samples, seed: 5).sample(of: population),
            limit: OutputLimit(tokens: 1000),
            delivery: delivery,
            budget: budget,
            time: Timestamp(milliseconds: 1_790_000_000_000)
        )
    }

    var doors: StudyDoors {
        StudyDoors(
            rebuild: { step in
                let body =
                    #"{"model":"claude-opus-4-5","max_tokens":32000,"messages":[{"role":"user","content":"\#(step.id)"}],"#
                    + #""tools":[{"name":"Bash","input_schema":{"type":"object","required":["command"]}}],"stream":true}"#
                return RebuiltRequest(format: .messages, body: Array(body.utf8), fidelity: .exact)
            },
            ask: { [self] request in (200, answer(request)) },
            askAtOnce: { [self] requests in answer(requests) },
            judge: { EquivalenceJudge(home: nil).verdict(on: $0, $1, schemas: $2) },
            replies: ReplyShelf(
                name: { String(decoding: $0, as: UTF8.self) },
                kept: { [self] name in state.withLock { $0.shelf[name] } },
                begin: { _, _ in },
                keep: { [self] name, body in state.withLock { $0.shelf[name] = body } },
                forget: { _ in },
                paid: state.withLock { $0.shelf.values.reduce(.zero) { $0 + ($1.cost ?? .zero) } }
            )
        )
    }

    /// Answers a batch, at a batch's price.
    private func answer(_ requests: [BatchedRequest]) -> BatchOutcome {
        var pricer = Pricer(book: .builtin)
        for one in requests {
            let body = answer(one.request)
            let reply = ReplayReply(status: 200, body: body, to: one.request)
            let cost = pricer.cost(
                of: reply,
                on: one.request.model,
                isBatched: true,
                at: Timestamp(milliseconds: 1_790_000_000_000)
            )
            state.withLock { $0.shelf[one.name] = KeptReply(body: body, cost: cost) }
        }
        state.withLock { $0.batches.append((requests, requests.reduce(.zero) { $0 + $1.most })) }
        return .ended(failures: [:])
    }

    private func answer(_ request: ReplayRequest) -> [UInt8] {
        let tree = JSONTree(bytes: request.body)
        let last = tree?["messages"]?.elements?.last
        let id = last?["content"]?.elements?.last?["text"]?.text ?? ""
        let count = state.withLock { state in
            state.asked.append(request.model.rawValue + " " + id)
            return state.asked.count
        }
        let chance = agreement[request.model] ?? 0
        var generator = SeededGenerator(seed: UInt64(count) &* 7919)
        let place = id.split(separator: "-").dropFirst().joined(separator: "-")
        let command = generator.nextUnit() < chance ? "make step-\(place)" : "make something-\(count)"
        let prompt = 1000 * ((Int(place.split(separator: "-").last ?? "0") ?? 0) + 1)
        return Array(
            """
            {"id":"msg_\(count)","type":"message","role":"assistant","model":"\(request.model)","stop_reason":"tool_use",\
            "content":[{"type":"tool_use","id":"t","name":"Bash","input":{"command":"\(command)"}}],\
            "usage":{"input_tokens":10,"output_tokens":100,"cache_read_input_tokens":\(prompt - 1000),\
            "cache_creation_input_tokens":1000}}
            """.utf8
        )
    }
}
