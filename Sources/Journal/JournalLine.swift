package import Domain

/// A line of the gateway's journal: the half of an exchange that is known when it is written.
///
/// `Docs/Formats.md` describes the lines; the writer is the gateway, the reader is ingestion.
package enum JournalLine: Hashable, Sendable {
    /// A request is about to go to a provider.
    case intent(Exchange.Intent)
    /// It is over. The line repeats its intent: each half may stand in another file, and either may be lost.
    case outcome(Exchange.Intent, Exchange.Outcome)

    /// Raised when a reader of before could misread a line; new fields alone do not.
    static let version = 1

    package var intent: Exchange.Intent {
        switch self {
        case .intent(let intent), .outcome(let intent, _): intent
        }
    }
}

/// Why a line cannot be used; the others of its file can.
package struct UnreadableJournalLine: Error, Hashable {
    package var reason: String

    package init(reason: String) { self.reason = reason }
}

extension StopReason {
    /// In the order of the raw values.
    private static let names = [
        "unknown", "end-turn", "tool-use", "max-tokens", "stop-sequence", "refusal", "pause-turn", "error",
    ]

    var journalName: String { StopReason.names[Int(rawValue)] }

    /// A reason of a later version is none that is known.
    init(journalName name: String) {
        let place = StopReason.names.firstIndex(of: name).map(UInt8.init)
        self = place.flatMap(StopReason.init(rawValue:)) ?? .unknown
    }
}

extension ServingMode.ServiceTier {
    private static let names = ["standard", "batch", "priority", "flex"]

    var journalName: String { ServingMode.ServiceTier.names[Int(rawValue)] }

    init?(journalName name: String) {
        guard let place = ServingMode.ServiceTier.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: UInt8(place))
    }
}

extension Effort {
    private static let names = ["none", "minimal", "low", "medium", "high", "xhigh", "max"]

    var journalName: String { Effort.names[Int(rawValue) - 1] }
}
