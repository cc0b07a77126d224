package import Domain

/// What is asked, of whom, and for how much.
package struct Study: Sendable {
    /// Names the study: the same for the same question, so that it goes on where it stopped.
    package var id: String
    /// The finding it is about, or the sessions that were named.
    package var subject: String
    package var candidate: ReplayRequest.Side
    /// The recorded model, asked once more: how often it agrees with itself is the floor.
    package var original: ReplayRequest.Side
    package var sample: Sample
    package var limit: OutputLimit
    package var budget: Money
    /// The largest loss of agreement that is borne.
    package var margin: Double
    package var time: Timestamp

    package init(
        id: String,
        subject: String,
        candidate: ReplayRequest.Side,
        original: ReplayRequest.Side,
        sample: Sample,
        limit: OutputLimit = OutputLimit(),
        budget: Money,
        margin: Double = -0.1,
        time: Timestamp
    ) {
        self.id = id
        self.subject = subject
        self.candidate = candidate
        self.original = original
        self.sample = sample
        self.limit = limit
        self.budget = budget
        self.margin = margin
        self.time = time
    }
}

/// What a study needs of the world.
package struct StudyDoors: Sendable {
    /// The request that led to a step; nil where it cannot be built.
    package var rebuild: @Sendable (RecordedStep) async -> RebuiltRequest?
    /// Sends a request and waits for the whole reply; a provider that cannot be reached has status 0 and says why.
    package var ask: @Sendable (ReplayRequest) async -> (status: Int, body: [UInt8])
    package var judge: StepJudge
    package var replies: ReplyShelf
    package var progress: @Sendable (StudyProgress) -> Void

    package init(
        rebuild: @escaping @Sendable (RecordedStep) async -> RebuiltRequest?,
        ask: @escaping @Sendable (ReplayRequest) async -> (status: Int, body: [UInt8]),
        judge: @escaping StepJudge,
        replies: ReplyShelf,
        progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
    ) {
        self.rebuild = rebuild
        self.ask = ask
        self.judge = judge
        self.replies = replies
        self.progress = progress
    }
}

/// Where replies are kept as they come, so that none is paid twice.
package struct ReplyShelf: Sendable {
    /// The name under which the reply to a request is kept.
    package var name: @Sendable (_ request: [UInt8]) -> String
    package var kept: @Sendable (String) -> [UInt8]?
    /// Notes that a request goes out which may cost so much.
    package var begin: @Sendable (String, Money) throws -> Void
    package var keep: @Sendable (String, [UInt8]) throws -> Void
    /// The request cost nothing.
    package var forget: @Sendable (String) -> Void
    /// What requests may have cost whose replies were lost, in a run that was killed.
    package var lost: Money

    package init(
        name: @escaping @Sendable ([UInt8]) -> String,
        kept: @escaping @Sendable (String) -> [UInt8]?,
        begin: @escaping @Sendable (String, Money) throws -> Void,
        keep: @escaping @Sendable (String, [UInt8]) throws -> Void,
        forget: @escaping @Sendable (String) -> Void,
        lost: Money = .zero
    ) {
        self.name = name
        self.kept = kept
        self.begin = begin
        self.keep = keep
        self.forget = forget
        self.lost = lost
    }
}

package struct StudyProgress: Hashable, Sendable {
    package var replies: Int
    package var of: Int
    package var spent: Money
}
