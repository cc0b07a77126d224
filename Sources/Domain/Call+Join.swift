extension Call {
    /// Takes in another record of this call from the same file: the larger usage counts, what is visible adds up.
    ///
    /// One response is logged as a line for each content block, each repeating a usage that only ever grows.
    package mutating func join(_ other: Call) {
        join(
            other.usage,
            mode: other.mode,
            stopReason: other.stopReason,
            visibleOutputBytes: other.visibleOutputBytes
        )
        if other.earlierAttempts.count > earlierAttempts.count { earlierAttempts = other.earlierAttempts }
        outputIsLowerBound = outputIsLowerBound && other.outputIsLowerBound
        effort = effort ?? other.effort
        loggedCost = loggedCost ?? other.loggedCost
        cacheMissReason = cacheMissReason ?? other.cacheMissReason
        if other.position.offset < position.offset { position = other.position }
        time = min(time, other.time)
    }

    /// Takes in one more line of this call; a line that says why the model stopped carries the final usage.
    package mutating func join(
        _ other: Usage,
        mode otherMode: ServingMode,
        stopReason reason: StopReason,
        visibleOutputBytes bytes: Int
    ) {
        let isLarger = other.totalTokens > usage.totalTokens
        if isLarger {
            usage = other
            mode = otherMode
        }
        visibleOutputBytes &+= bytes
        guard reason != .unknown else { return }
        if isLarger || stopReason == .unknown { stopReason = reason }
        outputIsLowerBound = false
    }
}
