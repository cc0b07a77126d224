import Domain

/// An action that fails in session after session.
struct RepeatedError: Sendable {
    /// What fails and in how many sessions.
    var text: String
    /// The log and byte of the first failure.
    var place: String
    fileprivate var saving: Money
}

/// Of a project's failures those that were for nothing.
struct WastedFailures {
    private(set) var claims: [Claim] = []
    private(set) var errors: [RepeatedError] = []

    /// What failures have in common.
    fileprivate enum Cause: Hashable {
        case action(UInt64)
        case error(UInt64)
    }

    init(_ failing: [FailedAction], sessions: Int, worked: (UInt64) -> Bool) {
        let failing = failing.sorted {
            ($0.time, $0.session, $0.file, $0.offset, $0.action) < ($1.time, $1.session, $1.file, $1.offset, $1.action)
        }
        var reasons: [Int: String] = [:]
        for index in failing.indices where failing[index].isLoop {
            reasons[index] = "\(failing[index].tool) failed again with nothing changed"
        }
        var causes: [Cause: [Int]] = [:]
        for (index, failure) in failing.enumerated() {
            guard let error = failure.error else { continue }
            if !worked(failure.action) { causes[.action(failure.action), default: []].append(index) }
            causes[.error(error), default: []].append(index)
        }
        // By their first failure, so that no hash decides what is named.
        for (cause, places) in causes.sorted(by: { ($0.value[0], $0.key.rank) < ($1.value[0], $1.key.rank) }) {
            let count = Set(places.map { failing[$0].session }).count
            guard count >= sessions else { continue }
            let first = failing[places[0]]
            let tools = Set(places.map { failing[$0].tool }).sorted().listed(atMost: 4)
            let text = "\(tools) \(cause.description) in \(count.of("session"))"
            var saving = Money.zero
            // The first session had to find out.
            for place in places where failing[place].session != first.session && reasons[place] == nil {
                reasons[place] = text
                saving += failing[place].cost ?? .zero
            }
            if saving > .zero {
                errors.append(RepeatedError(text: text, place: "\(first.file):\(first.offset)", saving: saving))
            }
        }
        errors.sort { ($1.saving, $0.text) < ($0.saving, $1.text) }
        let wasted = reasons.keys.sorted().map { (failure: failing[$0], reason: reasons[$0] ?? "") }
        claims = Dictionary(grouping: wasted, by: \.failure.session).sorted { $0.key < $1.key }
            .compactMap { WastedFailures.claim(on: $0.value) }
    }

    private static func claim(on wasted: [(failure: FailedAction, reason: String)]) -> Claim? {
        var seen: Set<CallKey> = []
        let paid = wasted.filter { $0.failure.cost != nil && seen.insert($0.failure.call).inserted }
        guard let first = paid.first?.failure else { return nil }
        let shares = paid.map { wasted in
            let cost = wasted.failure.cost ?? .zero
            return Claim.Share(call: wasted.failure.call, cost: cost, saving: cost)
        }
        let counts = paid.reduce(into: [:]) { $0[$1.reason, default: 0] += 1 }
        let reasons = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { reason, count in
            count > 1 ? "\(reason), \(count.grouped) times here" : reason
        }
        return Claim(
            FindingScope(kind: RetryLoop.kind, project: first.project),
            unit: .call,
            model: first.model,
            shape: Shape(toolCalls: paid.count, turns: paid.count),
            reasons: reasons.uniqued(atMost: 3),
            evidence: Evidence(
                session: first.session,
                calls: paid.map(\.failure.id),
                file: first.file,
                offset: first.offset
            ),
            shares: shares,
            billing: first.billing
        )
    }
}

extension WastedFailures.Cause {
    fileprivate var rank: Int {
        switch self {
        case .action: 0
        case .error: 1
        }
    }

    fileprivate var description: String {
        switch self {
        case .action: "never worked, and was tried"
        case .error: "failed with the same words"
        }
    }
}
