import Domain
import NIOCore
import Routing
import Testing

@testable import Gateway
@testable import Providers

@Suite struct CascadeTests {
    private static let haiku = ModelID("claude-haiku-4-5")
    private static let sonnet = ModelID("claude-sonnet-4-5")
    private static let opus = ModelID("claude-opus-4-8")

    private static func request(_ more: String = "", stream: Bool = false) -> String {
        #"{"model":"claude-opus-4-8","max_tokens":100,\#(more)"stream":\#(stream),"messages":[{"role":"user","content":"Think about whether our parser should recover from errors."}]}"#
    }

    private static let tools =
        #""tools":[{"name":"read","input_schema":{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}}],"#

    private static func answer(
        _ text: String = "Yes, it should.",
        by model: ModelID = haiku,
        content: String? = nil,
        stop: String = "end_turn"
    ) -> String {
        let content = content ?? #"{"type":"text","text":"\#(text)"}"#
        return
            #"{"id":"msg_\#(model)","type":"message","role":"assistant","model":"\#(model)","content":[\#(content)],"stop_reason":"\#(stop)","stop_sequence":null,"usage":{"input_tokens":8,"output_tokens":3}}"#
    }

    private static func call(_ input: String) -> String {
        answer(content: #"{"type":"tool_use","id":"toolu_1","name":"read","input":\#(input)}"#, stop: "tool_use")
    }

    private static let strong = answer("No.", by: opus)

    private static func stream(_ text: String, by model: ModelID, stop: String = "end_turn") -> [String] {
        Sample.events.map {
            $0.replacing("Héllo 👋", with: text).replacing("claude-opus-4-8", with: model.rawValue)
                .replacing("end_turn", with: stop)
        }
    }

    private static func chunked(_ events: [String]) -> String {
        Sample.streamHead + events.map(Sample.chunk).joined() + "0\r\n\r\n"
    }

    private struct Seen {
        var replies: [RawClient.Reply]
        var exchanges: [Exchange]
        /// Requests to each upstream.
        var asked: [Int]
        var intents: [Exchange.Intent]

        var reply: RawClient.Reply { get throws { try #require(replies.first) } }
        var exchange: Exchange { get throws { try #require(exchanges.first) } }
        var outcome: Exchange.Outcome { get throws { try #require(try exchange.outcome) } }
        var billed: [ModelID] { get throws { try outcome.earlierAttempts.map(\.model) } }
    }

    private func ask(
        _ body: String = request(),
        cheap: [ScriptedUpstream.Step],
        middle: [ScriptedUpstream.Step]? = nil,
        strong: [ScriptedUpstream.Step] = [.send(Sample.reply(200, strong))],
        fields: [String] = [],
        times: Int = 1,
        limits: GatewayLimits = .quick,
        change: (inout RoutingPolicy) -> Void = { _ in },
        reserve: @escaping @Sendable (Exchange.Intent, Int?) -> GatewayLedger.BudgetAnswer = { _, _ in .allowed }
    ) async throws -> Seen {
        let upstreams = [
            try await ScriptedUpstream { _ in cheap }, try await ScriptedUpstream { _ in middle ?? [] },
            try await ScriptedUpstream { _ in strong },
        ]
        var policy = RoutingPolicy()
        policy.mode = .route
        policy.escalation = .init(model: Self.opus, perSession: 2, perTicket: 2)
        policy.cascade = CascadePolicy(models: [Self.haiku] + (middle == nil ? [] : [Self.sonnet]))
        change(&policy)
        let gateway = try await RunningGateway.start(
            zip(upstreams, ["haiku", "sonnet", "opus"]).map { upstream, name in
                .anthropic(upstream.url, name: name, models: ["claude-\(name)-*"])
            },
            policy: policy,
            limits: limits,
            reserve: reserve
        )
        var replies: [RawClient.Reply] = []
        for _ in 0..<times {
            let request = RawClient.post("/v1/messages", body, port: gateway.port, fields: fields)
            replies += try await RawClient.exchange(port: gateway.port, [request])
        }
        let exchanges = try await gateway.ledger.exchanges(times)
        await gateway.stop()
        for upstream in upstreams { await upstream.stop() }
        return Seen(
            replies: replies,
            exchanges: exchanges,
            asked: upstreams.map(\.seen.count),
            intents: gateway.ledger.intents
        )
    }

    @Test func `an answer that will do is given as it came, and nobody else is asked`() async throws {
        let seen = try await ask(cheap: [.send(Sample.reply(200, Self.answer(), ["request-id: req_1"]))])
        #expect(try seen.reply.status == 200)
        #expect(try seen.reply.text == Self.answer())
        #expect(try seen.reply["request-id"] == "req_1")
        #expect(try seen.reply["x-suffice-model"] == "claude-haiku-4-5")
        #expect(try seen.reply["x-suffice-decision"] == "cascade; accepted")
        #expect(seen.asked == [1, 0, 0])
        let exchange = try seen.exchange
        #expect(exchange.intent.decision.served == Self.haiku && exchange.intent.decision.requested == Self.opus)
        #expect(exchange.outcome?.earlierAttempts == [])
        #expect(exchange.outcome?.counterfactualUsage == Usage(inputTokens: 8, outputTokens: 3))
        #expect(exchange.outcome?.attempts == 1)
    }

    @Test(arguments: [
        (answer("I'm sorry, but I can't help with that."), "refused"), (answer(stop: "max_tokens"), "cut off"),
        (answer(stop: "refusal"), "refused"), (answer(" "), "empty"), (call(#"{"file":"a"}"#), "tool call"),
    ])
    func `an answer that will not do leaves no trace but its cost`(answer: String, fault: String) async throws {
        let seen = try await ask(Self.request(Self.tools), cheap: [.send(Sample.reply(200, answer))])
        #expect(try seen.reply.text == Self.strong)
        #expect(try seen.reply["x-suffice-model"] == "claude-opus-4-8")
        #expect(try seen.reply["x-suffice-decision"] == "cascade; claude-haiku-4-5: \(fault)")
        #expect(seen.asked == [1, 0, 1])
        let outcome = try seen.outcome
        #expect(outcome.ending == .finished && outcome.model == Self.opus && outcome.attempts == 2)
        #expect(outcome.earlierAttempts == [Attempt(model: Self.haiku, usage: Usage(inputTokens: 8, outputTokens: 3))])
        // The model asked for would have been asked alone.
        #expect(outcome.counterfactualUsage == outcome.usage)
        #expect(seen.intents.count == 1)
        #expect(try seen.intents.first?.id == seen.exchange.intent.id)
    }

    @Test(arguments: [("12 + 13 = 25", haiku), ("12 + 13 = 36", opus)])
    func `a fitted judge says which answers will do`(text: String, model: ModelID) async throws {
        let rows = (0..<200).map { row in
            let (a, b, isRight) = (10 + row % 80, 10 + row * 7 % 80, row.isMultiple(of: 2))
            return FittedCascade.Row(
                prompt: "What is \(a) and \(b)?",
                answers: [Self.haiku, Self.opus].map {
                    Answer(model: $0, text: "\(a) + \(b) = \(isRight || $0 == Self.opus ? a + b : a + b + 11)")
                },
                scores: [isRight ? 1 : 0, 1],
                costs: [1, 20]
            )
        }
        let fitted = try #require(
            FittedCascade(models: [Self.haiku, Self.opus], rows: rows, budgetUSD: 12, seed: 1)
        )
        let body = Self.request().replacing(
            "Think about whether our parser should recover from errors.",
            with: "What is 12 and 13?"
        )
        let seen = try await ask(body, cheap: [.send(Sample.reply(200, Self.answer(text)))]) {
            $0.cascade = CascadePolicy(models: [Self.haiku], when: .open, fitted: fitted)
        }
        #expect(try seen.reply["x-suffice-model"] == model.rawValue)
    }

    @Test func `a call that keeps to its schema will do`() async throws {
        let body = Self.call(#"{"path":"a"}"#)
        let seen = try await ask(Self.request(Self.tools), cheap: [.send(Sample.reply(200, body))])
        #expect(try seen.reply.text == body)
    }

    @Test func `a stream is judged before a byte of it is given, and then given as it came`() async throws {
        let events = Self.stream("Yes.", by: Self.haiku)
        let seen = try await ask(Self.request(stream: true), cheap: [.send(Self.chunked(events))])
        #expect(try seen.reply.text == events.joined())
        #expect(try seen.reply.isWhole)
        #expect(try seen.reply["x-suffice-model"] == "claude-haiku-4-5")
        #expect(try seen.outcome.usage == Usage(inputTokens: 8, outputTokens: 3))
    }

    @Test func `where a stream will not do, the next model's is relayed`() async throws {
        let events = Self.stream("No.", by: Self.opus)
        let seen = try await ask(
            Self.request(stream: true),
            cheap: [.send(Self.chunked(Self.stream("I cannot help with that.", by: Self.haiku)))],
            strong: [.send(Self.chunked(events))]
        )
        #expect(try seen.reply.text == events.joined())
        #expect(try seen.billed == [Self.haiku])
    }

    @Test(arguments: [
        [ScriptedUpstream.Step.send(Sample.reply(529, Sample.overloaded))], [.send(Sample.reply(400, "{}"))],
        [.send(Sample.reply(401, "{}"))], [.reset], [.send(Sample.reply(200, "garbage"))],
        [.send(Sample.streamHead + Sample.chunk(Sample.event("error", Sample.overloaded)))],
        [.send(Sample.streamHead + Sample.chunk(Sample.events[0])), .pause(.milliseconds(20)), .close],
        [.send(Sample.streamHead + Sample.chunk(Sample.events[0])), .pause(.seconds(30)), .close],
        [.pause(.seconds(30)), .close],
    ])
    func `a model that fails is passed over`(steps: [ScriptedUpstream.Step]) async throws {
        var limits = GatewayLimits.quick
        limits.upstream.firstByte = .milliseconds(400)
        limits.upstream.idle = .milliseconds(400)
        let events = Self.stream("No.", by: Self.opus)
        let seen = try await ask(
            Self.request(stream: true),
            cheap: steps,
            strong: [.send(Self.chunked(events))],
            limits: limits
        )
        #expect(try seen.reply.status == 200)
        #expect(try seen.reply.text == events.joined())
        #expect(try seen.reply["x-suffice-decision"] == "cascade; claude-haiku-4-5: no answer")
        #expect(try seen.outcome.ending == .finished)
    }

    @Test func `of three models each is asked in turn, and each is billed`() async throws {
        let seen = try await ask(
            cheap: [.send(Sample.reply(200, Self.answer("I can't help with that.")))],
            middle: [.send(Sample.reply(200, Self.answer(by: Self.sonnet, stop: "max_tokens")))]
        )
        #expect(try seen.reply.text == Self.strong)
        #expect(try seen.billed == [Self.haiku, Self.sonnet])
        #expect(try seen.outcome.attempts == 3)
    }

    @Test(arguments: [false, true])
    func `a doubted answer is better than none`(stream: Bool) async throws {
        let text = "I can't help with that."
        let events = Self.stream(text, by: Self.haiku)
        let seen = try await ask(
            Self.request(stream: stream),
            cheap: [.send(stream ? Self.chunked(events) : Sample.reply(200, Self.answer(text)))],
            strong: [.send(Sample.reply(529, Sample.overloaded))]
        )
        #expect(try seen.reply.status == 200)
        #expect(try seen.reply.text == (stream ? events.joined() : Self.answer(text)))
        #expect(try seen.reply["x-suffice-model"] == "claude-haiku-4-5")
        let decision = "cascade; claude-haiku-4-5: refused, claude-opus-4-8: no answer"
        #expect(try seen.reply["x-suffice-decision"] == decision)
        let exchange = try seen.exchange
        #expect(exchange.intent.decision.chosen == Self.haiku)
        #expect(exchange.outcome?.model == Self.haiku && exchange.outcome?.earlierAttempts == [])
    }

    @Test func `where no model answers the client gets the last one's error`() async throws {
        let seen = try await ask(
            cheap: [.send(Sample.reply(500, "{}"))],
            strong: [.send(Sample.reply(529, Sample.overloaded, ["retry-after: 7"]))]
        )
        #expect(try seen.reply.status == 529)
        #expect(try seen.reply.text == Sample.overloaded)
        #expect(try seen.reply["retry-after"] == "7")
        #expect(try seen.outcome.ending == .failed)
    }

    @Test func `once the limits are used up the requested model is asked at once`() async throws {
        let seen = try await ask(
            cheap: [.send(Sample.reply(200, Self.answer(stop: "max_tokens")))],
            fields: ["x-suffice-session: s", "x-suffice-ticket: T-1"],
            times: 2
        ) { $0.escalation?.perSession = 1 }
        #expect(seen.asked[0] == 1)
        let other = try await ask(cheap: [.send(Sample.reply(200, Self.answer()))]) { $0.escalation?.perSession = 0 }
        #expect(other.asked == [0, 0, 1])
        #expect(try other.reply["x-suffice-decision"] == "requested")
    }

    @Test func `what is only observed is recorded, and not tried`() async throws {
        let seen = try await ask(cheap: []) { $0.mode = .observe }
        #expect(seen.asked == [0, 0, 1])
        #expect(try seen.exchange.intent.decision.chosen == Self.haiku)
        #expect(try seen.reply["x-suffice-decision"] == "cascade; would be tried; observed claude-haiku-4-5")
    }

    @Test func `a budget must have room for the requested model`() async throws {
        let seen = try await ask(cheap: [.send(Sample.reply(200, Self.answer()))]) { _ in
        } reserve: { intent, _ in
            intent.decision.served == Self.opus ? .spent("the day's") : .allowed
        }
        #expect(try seen.reply.status == 429)
        #expect(seen.asked == [0, 0, 0])
    }

    @Test func `across providers an answer is judged in its own format and given in the client's`() async throws {
        func chat(_ text: String, _ reason: String = "stop") -> String {
            #"{"id":"chatcmpl-7","object":"chat.completion","created":1,"model":"gpt-5.4-mini","choices":[{"index":0,"message":{"role":"assistant","content":"\#(text)"},"finish_reason":"\#(reason)"}],"usage":{"prompt_tokens":20,"completion_tokens":5}}"#
        }
        let mini = ModelID("gpt-5.4-mini")
        let replies = [chat("Yes."), chat("Ye", "length")]
        let cheap = try await ScriptedUpstream { [.send(Sample.reply(200, replies[$0]))] }
        let strong = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Self.strong))] }
        var policy = RoutingPolicy()
        policy.mode = .route
        policy.cascade = CascadePolicy(models: [mini])
        let gateway = try await RunningGateway.start(
            [
                .openAI(cheap.url, credential: .key(Secret("sk-mine"))),
                .anthropic(strong.url, credential: .key(Secret("sk-ant-mine"))),
            ],
            policy: policy
        )
        var given: [RawClient.Reply] = []
        for _ in 0..<2 {
            let request = RawClient.post("/v1/messages", Self.request(), port: gateway.port)
            given += try await RawClient.exchange(port: gateway.port, [request])
        }
        let exchanges = try await gateway.ledger.exchanges(2)
        await gateway.stop()
        await cheap.stop()
        await strong.stop()
        #expect(given.first?["x-suffice-model"] == "gpt-5.4-mini")
        #expect(given.first?.text.contains(#""type":"message""#) == true)
        #expect(given.first?.text.contains("Yes.") == true)
        #expect(given.last?.text == Self.strong)
        #expect(exchanges.first?.outcome?.replyID == "msg_7")
        #expect(exchanges.last?.outcome?.earlierAttempts.map(\.model) == [mini])
        #expect(exchanges.last?.outcome?.replyID == "msg_claude-opus-4-8")
    }

    @Test(arguments: [false, true])
    func `a client that leaves cancels the model that is asked, and what was billed is kept`(
        isEscalated: Bool
    ) async throws {
        let begun: [ScriptedUpstream.Step] = [
            .send(Sample.streamHead + Sample.chunk(Self.stream("", by: Self.haiku)[0])), .pause(.seconds(30)), .close,
        ]
        let refusal = Self.chunked(Self.stream("I can't help with that.", by: Self.haiku))
        let cheap = try await ScriptedUpstream { _ in isEscalated ? [.send(refusal)] : begun }
        let strong = try await ScriptedUpstream { _ in [.pause(.seconds(30)), .close] }
        var policy = RoutingPolicy()
        policy.mode = .route
        policy.cascade = CascadePolicy(models: [Self.haiku])
        let gateway = try await RunningGateway.start(
            [
                .anthropic(cheap.url, name: "cheap", models: ["claude-haiku-*"]),
                .anthropic(strong.url, name: "strong", models: ["claude-opus-*"]),
            ],
            policy: policy
        )
        let asked = isEscalated ? strong : cheap
        let client = try await RawClient.connect(port: gateway.port)
        let request = RawClient.post("/v1/messages", Self.request(stream: true), port: gateway.port)
        try await client.channel.executeThenClose { _, outbound in
            try await outbound.write(ByteBuffer(string: request))
            try await eventually { asked.seen.count == 1 && asked.open == 1 }
        }
        let exchange = try #require(try await gateway.ledger.exchanges(1).first)
        try await eventually { asked.cancelled == 1 }
        await gateway.stop()
        await cheap.stop()
        await strong.stop()
        #expect(exchange.outcome?.ending == .clientLeft)
        #expect(strong.seen.count == (isEscalated ? 1 : 0))
        guard isEscalated else { return }
        #expect(exchange.outcome?.model == Self.haiku)
        #expect(exchange.outcome?.usage == Usage(inputTokens: 8, outputTokens: 3))
        #expect(exchange.outcome?.earlierAttempts == [])
    }

    @Test(arguments: [(false, "claude-haiku-4-5"), (true, "claude-opus-4-8")])
    func `the conversation stays on the model whose answer was given`(refuses: Bool, model: String) async throws {
        let text = refuses ? "I can't help with that." : "Yes, it should."
        let cheap = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Self.answer(text)))] }
        let strong = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Self.strong))] }
        var policy = RoutingPolicy()
        policy.mode = .route
        policy.cascade = CascadePolicy(models: [Self.haiku])
        let gateway = try await RunningGateway.start(
            [
                .anthropic(cheap.url, name: "cheap", models: ["claude-haiku-*"]),
                .anthropic(strong.url, name: "strong", models: ["claude-opus-*"]),
            ],
            policy: policy
        )
        let going = Self.request().replacing(
            "}]}",
            with: #"},{"role":"assistant","content":"Yes."},{"role":"user","content":"Then design it."}]}"#
        )
        var replies: [RawClient.Reply] = []
        for body in [Self.request(), going] {
            let fields = ["x-suffice-session: s"]
            let request = RawClient.post("/v1/messages", body, port: gateway.port, fields: fields)
            replies += try await RawClient.exchange(port: gateway.port, [request])
        }
        await gateway.stop()
        await cheap.stop()
        await strong.stop()
        #expect(replies.map { $0["x-suffice-model"] } == [model, model])
        #expect(replies.last?["x-suffice-decision"] == "pinned")
    }
}
