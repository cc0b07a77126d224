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
        var calls: [CallKey: SavedCall] = [:]
        var ofSession: [CallKey: SessionID] = [:]
        for (detector, claims) in claims {
            var ofKind: [CallKey: Claim.Share] = [:]
            for claim in claims {
                for share in claim.shares where share.saving > .zero {
                    ofKind[share.call, default: Claim.Share(call: share.call, cost: share.cost, saving: .zero)]
                        .saving +=
                        share.saving
                    ofSession[share.call] = claim.candidate.session
                }
            }
            for share in ofKind.values { calls[share.call, default: SavedCall()].add(share, on: detector.lever) }
        }
        var bySession: [SessionID: Money] = [:]
        for (key, call) in calls {
            guard let session = ofSession[key] else { continue }
            bySession[session, default: .zero] += call.saving
        }
        let estimate = MoneyInterval(ofSum: Array(bySession.values), among: sessions, seed: 0)
        interval = MoneyInterval(low: estimate.low, mid: estimate.mid, high: estimate.mid)
    }
}

/// What the findings of all levers save on one call.
private struct SavedCall {
    private var cost = Money.zero
    /// By lever, the largest saving of a kind.
    private var savings = [Money](repeating: .zero, count: Lever.allCases.count)

    mutating func add(_ share: Claim.Share, on lever: Lever) {
        cost = max(cost, share.cost)
        let place = Int(lever.rawValue)
        savings[place] = max(savings[place], min(share.saving, share.cost))
    }

    var saving: Money {
        var left = cost.nanoUSD
        for saving in savings where saving > .zero {
            left -= Int64(Int128(left) * Int128(saving.nanoUSD) / Int128(cost.nanoUSD))
        }
        return Money(nanoUSD: cost.nanoUSD - left)
    }
}
