package import Domain

/// What a study needs of the world.
package struct StudyDoors: Sendable {
    /// The request that led to a step; nil where it cannot be built.
    package var rebuild: @Sendable (RecordedStep) async -> RebuiltRequest?
    /// Sends a request and waits for the whole reply; a provider that cannot be reached has status 0 and says why.
    package var ask: @Sendable (ReplayRequest) async -> (status: Int, body: [UInt8])
    /// Sends requests as providers' batches, waits until these have ended, and keeps the replies.
    package var askAtOnce: @Sendable ([BatchedRequest]) async throws -> BatchOutcome
    package var judge: StepJudge
    package var replies: ReplyShelf
    package var progress: @Sendable (StudyProgress) -> Void

    package init(
        rebuild: @escaping @Sendable (RecordedStep) async -> RebuiltRequest?,
        ask: @escaping @Sendable (ReplayRequest) async -> (status: Int, body: [UInt8]),
        askAtOnce: @escaping @Sendable ([BatchedRequest]) async throws -> BatchOutcome = { _ in .notOffered },
        judge: @escaping StepJudge,
        replies: ReplyShelf,
        progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
    ) {
        self.rebuild = rebuild
        self.ask = ask
        self.askAtOnce = askAtOnce
        self.judge = judge
        self.replies = replies
        self.progress = progress
    }
}

/// A request that goes out with others in a provider's batch.
package struct BatchedRequest: Hashable, Sendable {
    /// Under which its reply is kept.
    package var name: String
    package var request: ReplayRequest
    /// The most it may come to.
    package var most: Money

    package init(name: String, request: ReplayRequest, most: Money) {
        self.name = name
        self.request = request
        self.most = most
    }
}

package enum BatchOutcome: Sendable {
    /// The provider takes no batches: nothing went out.
    case notOffered
    /// All have ended. Replies are on the shelf; what failed instead, by the names of the requests.
    case ended(failures: [String: (status: Int, body: [UInt8])])
}

/// Where replies are kept as they come, so that none is paid twice.
package struct ReplyShelf: Sendable {
    /// The name under which the reply to a request is kept.
    package var name: @Sendable (_ request: [UInt8]) -> String
    package var kept: @Sendable (String) -> KeptReply?
    /// Notes that a request goes out which may cost so much.
    package var begin: @Sendable (String, Money) throws -> Void
    package var keep: @Sendable (String, KeptReply) throws -> Void
    /// The request cost nothing.
    package var forget: @Sendable (String) -> Void
    /// What requests may have cost whose replies were lost, in a run that was killed.
    package var lost: Money
    /// What the replies on the shelf have cost, as far as that is noted.
    package var paid: Money

    package init(
        name: @escaping @Sendable ([UInt8]) -> String,
        kept: @escaping @Sendable (String) -> KeptReply?,
        begin: @escaping @Sendable (String, Money) throws -> Void,
        keep: @escaping @Sendable (String, KeptReply) throws -> Void,
        forget: @escaping @Sendable (String) -> Void,
        lost: Money = .zero,
        paid: Money = .zero
    ) {
        self.name = name
        self.kept = kept
        self.begin = begin
        self.keep = keep
        self.forget = forget
        self.lost = lost
        self.paid = paid
    }
}

package struct KeptReply: Hashable, Sendable {
    package var body: [UInt8]
    /// What was paid for it; nil where that was not noted.
    package var cost: Money?

    package init(body: [UInt8], cost: Money?) {
        self.body = body
        self.cost = cost
    }
}

package struct StudyProgress: Hashable, Sendable {
    package var replies: Int
    package var of: Int
    package var spent: Money
}
