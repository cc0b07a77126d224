import Domain

extension Timestamp {
    /// How long after an earlier moment, in milliseconds; nil where one of the two is unknown.
    ///
    /// Saturates: a log with absurd times may show an absurd pause, but never stops a report.
    func pause(since earlier: Timestamp) -> Int64? {
        guard self != .unknown, earlier != .unknown else { return nil }
        let (pause, overflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return overflow ? (milliseconds > 0 ? .max : .min) : pause
    }
}
