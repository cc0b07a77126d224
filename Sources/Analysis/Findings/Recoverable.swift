import Domain

/// What all claims recover together, overlaps removed.
///
/// Call by call: a kind's savings on a call add up, to no more than the call cost; of kinds on the same ``Lever`` the
/// largest counts; levers work one on what the other leaves, so that a call's savings never exceed its cost nor their
/// sum. The interval comes from resampling sessions. What the window held does not vary, so its upper end is no higher
/// than what was found there.
struct Recoverable {
    let interval: MoneyInterval

    init(of claims: [(detector: any Detector.Type, claims: [Claim])], sessions: Int) {
        var saved = SavedCalls()
        for (detector, claims) in claims {
            for claim in claims {
                for share in claim.shares where share.saving > .zero {
                    saved.add(share, of: claim.candidate.session)
                }
            }
            saved.settle(on: detector.lever)
        }
        let estimate = MoneyInterval(ofSum: Array(saved.bySession.values), among: sessions, seed: 0)
        interval = MoneyInterval(low: estimate.low, mid: estimate.mid, high: estimate.mid)
    }
}

/// What all findings save, call by call.
private struct SavedCalls {
    private struct SavedCall {
        var session: SessionID
        var cost: Money
        /// By the kind that is being added.
        var ofKind = Money.zero
        /// By lever, the largest saving of a kind.
        var savings = LeverSavings()
    }

    private var calls: [SavedCall] = []
    private var places: [CallKey: Int] = [:]
    /// The calls the kind that is being added saves on.
    private var touched: [Int] = []

    mutating func add(_ share: Claim.Share, of session: SessionID) {
        let place = places[share.call] ?? calls.count
        if place == calls.count {
            places[share.call] = place
            calls.append(SavedCall(session: session, cost: share.cost))
        }
        if calls[place].ofKind == .zero { touched.append(place) }
        calls[place].ofKind += share.saving
    }

    /// Ends a kind: of the kinds on a lever the largest saving on a call counts.
    mutating func settle(on lever: Lever) {
        for place in touched {
            let saving = min(calls[place].ofKind, calls[place].cost)
            calls[place].savings[lever] = max(calls[place].savings[lever], saving)
            calls[place].ofKind = .zero
        }
        touched.removeAll(keepingCapacity: true)
    }

    /// What is saved in each session, each lever working on what the others leave of a call.
    var bySession: [SessionID: Money] {
        var bySession: [SessionID: Money] = [:]
        for call in calls where call.cost > .zero {
            var left = call.cost.nanoUSD
            for lever in Lever.allCases where call.savings[lever] > .zero {
                left -= Int64(Int128(left) * Int128(call.savings[lever].nanoUSD) / Int128(call.cost.nanoUSD))
            }
            bySession[call.session, default: .zero] += Money(nanoUSD: call.cost.nanoUSD - left)
        }
        return bySession
    }
}

/// A saving a lever, without an array for each call.
private struct LeverSavings {
    private var model = Money.zero
    private var cache = Money.zero
    private var context = Money.zero
    private var call = Money.zero
    private var rate = Money.zero
    private var effort = Money.zero

    subscript(lever: Lever) -> Money {
        get {
            switch lever {
            case .model: model
            case .cache: cache
            case .context: context
            case .call: call
            case .rate: rate
            case .effort: effort
            }
        }
        set {
            switch lever {
            case .model: model = newValue
            case .cache: cache = newValue
            case .context: context = newValue
            case .call: call = newValue
            case .rate: rate = newValue
            case .effort: effort = newValue
            }
        }
    }
}
