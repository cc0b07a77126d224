import Domain

/// What the gateway knows of a call better than the agent's log, which shows the client the name it asked for.
struct ServedCall {
    private let call: Call
    let billing: Billing

    init(_ call: Call, billing: Billing) {
        self.call = call
        self.billing = billing
    }

    /// Puts the model that served, and what it billed, in the place of what the agent was told.
    func correct(_ logged: inout Call) {
        // A client that left early may still have seen more of the usage than the gateway.
        if !call.outputIsLowerBound || call.billedUsage.totalTokens >= logged.billedUsage.totalTokens {
            logged.usage = call.usage
            logged.earlierAttempts = call.earlierAttempts
            logged.outputIsLowerBound = call.outputIsLowerBound
        }
        // The agent priced the name it asked for.
        if logged.model != call.model { logged.loggedCost = nil }
        logged.model = call.model
        logged.mode = call.mode
        logged.effort = logged.effort ?? call.effort
        if logged.stopReason == .unknown { logged.stopReason = call.stopReason }
    }
}
