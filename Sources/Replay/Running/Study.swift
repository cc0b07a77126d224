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
    package var delivery: Delivery
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
        delivery: Delivery = .oneByOne,
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
        self.delivery = delivery
        self.budget = budget
        self.margin = margin
        self.time = time
    }
}
