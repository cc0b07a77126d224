import NIOCore

/// What is known of one upstream from its last replies.
struct TargetHealth: Sendable {
    /// So many failures in a row open the circuit.
    static let mostFailures = 3
    /// The first cool-down; each that follows without a success between is twice as long, up to the longest.
    static let coolDown = TimeAmount.seconds(10)
    static let longestCoolDown = TimeAmount.minutes(5)

    private(set) var failures = 0
    /// Nothing is sent before, as long as another target is left.
    private(set) var coolUntil: NIODeadline?
    /// Of the time to the first byte, in milliseconds, smoothed over about five replies; nil before the first.
    private(set) var latency: Double?
    /// The part that is left of the tightest rate limit.
    private(set) var headroom: Double?

    func isCooling(at now: NIODeadline) -> Bool {
        guard let coolUntil else { return false }
        return now < coolUntil
    }

    /// A reply that says the upstream works, whatever it answered.
    mutating func served(firstByteMilliseconds: Int, headroom: Double?) {
        failures = 0
        coolUntil = nil
        let sample = Double(firstByteMilliseconds)
        latency = latency.map { $0 + (sample - $0) / 5 } ?? sample
        self.headroom = headroom
    }

    mutating func failed(at now: NIODeadline) {
        failures += 1
        guard failures >= TargetHealth.mostFailures else { return }
        let doublings = min(failures - TargetHealth.mostFailures, 5)
        let pause = TargetHealth.coolDown.nanoseconds << Int64(doublings)
        coolUntil = now + .nanoseconds(min(pause, TargetHealth.longestCoolDown.nanoseconds))
    }

    /// The provider says when it may be asked again; without a word, that is a matter of seconds.
    mutating func limited(retryAfter: TimeAmount?, at now: NIODeadline) {
        headroom = 0
        let pause = min(retryAfter ?? .seconds(5), TargetHealth.longestCoolDown)
        coolUntil = max(coolUntil ?? now, now + pause)
    }
}
