import Domain
import NIOCore
import Providers
import Routing
import Wire

/// One question to the classifying model, answered in time or not at all; a request of its own in the ledger, since it is
/// billed.
final class ClassifierAsk: UpstreamReader {
    private static let mostReplyBytes = 64 << 10

    private let question: ClassifierQuestion
    private let address: UpstreamAddress
    private let provider: Provider
    private let key: Secret
    private let pool: UpstreamPool
    private let settle: (Exchange.Outcome.Ending, _ status: Int, MeteredReply) -> Void
    private var then: ((Classification) -> Void)?
    private var call: UpstreamCall?
    private var status = 0
    private var reply: [UInt8] = []
    private var limit: Scheduled<Void>?

    init(
        _ question: ClassifierQuestion,
        on address: UpstreamAddress,
        provider: Provider,
        key: Secret,
        pool: UpstreamPool,
        settle: @escaping (Exchange.Outcome.Ending, _ status: Int, MeteredReply) -> Void,
        then: @escaping (Classification) -> Void
    ) {
        self.question = question
        self.address = address
        self.provider = provider
        self.key = key
        self.pool = pool
        self.settle = settle
        self.then = then
    }

    private var format: APIFormat { ClassifierQuestion.format(of: provider) }

    func start() {
        let bound = NIOLoopBound(self, eventLoop: pool.loop)
        limit = pool.loop.scheduleTask(in: .milliseconds(Int64(question.timeoutMilliseconds))) {
            bound.value.give(.failed("no answer in time"), ending: .interrupted)
        }
        let body = question.body(in: format)
        var bytes = UpstreamRequest.head(
            to: address,
            format: format,
            key: key,
            isStreaming: false,
            bodyLength: body.count
        )
        bytes.writeBytes(body)
        call = pool.send(UpstreamRequest(parts: [bytes]), to: address, limits: UpstreamLimits(), reader: self)
    }

    /// The client is gone, and the answer with it.
    func cancel() {
        limit?.cancel()
        call?.cancel()
        if then != nil { settle(.interrupted, status, MeteredReply()) }
        then = nil
    }

    func upstreamReplied(_ head: HTTPResponseHead) { status = head.status }

    func upstreamSent(_ bytes: ByteBuffer) {
        guard reply.count + bytes.readableBytes <= ClassifierAsk.mostReplyBytes else {
            return give(.failed("an endless answer"), ending: .failed)
        }
        reply.append(contentsOf: bytes.readableBytesView)
    }

    func upstreamRested() {}

    func upstreamResent() {}

    func upstreamEnded() {
        call = nil
        guard status == 200 else { return give(.failed("status \(status)"), ending: .failed) }
        var meter = UsageMeter(format: format, isStream: false)
        let text = reply.withUnsafeBytes { bytes in
            meter.read(bytes)
            return question.answer(in: bytes, of: provider)
        }
        meter.end()
        let answer = text.map { Classification(reply: $0) } ?? .failed("unreadable")
        give(answer, ending: text == nil ? .failed : .finished, meter.reply)
    }

    func upstreamFailed(_ failure: UpstreamFailure) {
        call = nil
        give(.failed(failure.explanation), ending: .failed)
    }

    private func give(
        _ answer: Classification,
        ending: Exchange.Outcome.Ending,
        _ metered: MeteredReply = MeteredReply()
    ) {
        limit?.cancel()
        call?.cancel()
        call = nil
        guard let then else { return }
        self.then = nil
        settle(ending, status, metered)
        then(answer)
    }
}

extension ClassifierQuestion {
    /// The format a provider's models are asked in.
    static func format(of provider: Provider) -> APIFormat { provider == .anthropic ? .messages : .chatCompletions }

    func body(in format: APIFormat) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("model", model.rawValue)
            json.member(format == .messages ? "max_tokens" : "max_completion_tokens", maxOutputTokens)
            if format == .messages { json.member("system", system) }
            json.array("messages") { json in
                if format != .messages {
                    json.object {
                        $0.member("role", "system")
                        $0.member("content", system)
                    }
                }
                json.object {
                    $0.member("role", "user")
                    $0.member("content", text)
                }
            }
        }
        return json.bytes
    }

    /// The text of the reply; nil where it is none.
    func answer(in reply: UnsafeRawBufferPointer, of provider: Provider) -> String? {
        var loss = ConversionLoss()
        guard let reply = try? ModelReply(reply, in: Self.format(of: provider), loss: &loss) else { return nil }
        return reply.parts.map { if case .text(let text) = $0.content { text } else { "" } }.joined()
    }
}
