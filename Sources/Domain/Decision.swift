/// Which model serves a request, and why.
package struct Decision: Hashable, Sendable {
    /// The model asked for, without decorations.
    package var requested: ModelID
    /// The model that suffices.
    package var chosen: ModelID
    /// False where the choice is only recorded and the requested model serves (`mode = "observe"`).
    package var isApplied: Bool
    package var reason: Reason
    /// What the reason is about, such as the rule's place, the pattern's name or the missing capability.
    package var detail: String

    package init(requested: ModelID, chosen: ModelID, isApplied: Bool = true, reason: Reason, detail: String = "") {
        self.requested = requested
        self.chosen = chosen
        self.isApplied = isApplied
        self.reason = reason
        self.detail = detail
    }

    /// The model that the request is sent to.
    package var served: ModelID { isApplied ? chosen : requested }

    /// The one sort of reason a decision has; the raw value stands in `x-suffice-decision` and in the ledger.
    package enum Reason: String, CaseIterable, Sendable, Codable {
        /// Nothing spoke for another model, or routing is off.
        case requested
        /// A `[[route]]` says so.
        case rule
        /// The name asked for is another name of the model.
        case alias
        /// A fast pattern knows the request as simple.
        case pattern
        /// Rated prompts have taught that it suffices, or that it does not: by a certificate, or by the dial.
        case learned
        /// The classifying model called it simple or not.
        case classifier
        /// The classifying model did not answer in time, or not as asked.
        case classifierFailed = "classifier-failed"
        /// The conversation stays on the model it began with.
        case pinned
        /// Another model would do, but giving up the warm prompt cache costs more than it saves.
        case cacheWorthMore = "cache-worth-more"
        /// The model that would do cannot serve this request.
        case incapable
        /// A stronger model was asked in place of one that did not do.
        case escalation
        /// The phase of the work has a model of its own.
        case phase
        /// A cheaper model was asked first, and its answer judged before it was given.
        case cascade
    }
}
