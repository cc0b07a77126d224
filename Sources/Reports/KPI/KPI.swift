/// A figure that says in one number how well calls are used; the raw value is its key under `[kpi]` in `suffice.toml`.
package enum KPI: String, CaseIterable, Sendable {
    case cacheHitRate = "cache_hit_rate"
    case cacheHitCalls = "cache_hit_calls"
    case cheapShare = "cheap_share"
    case balancedShare = "balanced_share"
    case frontierShare = "frontier_share"
    case unknownTierShare = "unknown_tier_share"
    case batchShare = "batch_share"
    case escalationRate = "escalation_rate"
    case costPerSession = "cost_per_session"
    case costPerTask = "cost_per_task"
    case costPerCommit = "cost_per_commit"
    case costPerMergedPR = "cost_per_merged_pr"
    case estimateAccuracy = "estimate_accuracy"

    /// Which side of its target a figure should be on; the target itself is met.
    package enum Direction: String, Sendable {
        /// The target is the least that will do.
        case minimum
        /// The target is the most that will do.
        case maximum
    }

    package enum Unit: String, Sendable {
        /// From 0 to 1.
        case share
        case usd = "USD"
    }

    package enum Basis: String, Sendable {
        case measured
        case priced
    }

    package var direction: Direction {
        switch self {
        case .cacheHitRate, .cacheHitCalls, .cheapShare, .balancedShare, .batchShare, .estimateAccuracy: .minimum
        case .frontierShare, .unknownTierShare, .escalationRate: .maximum
        case .costPerSession, .costPerTask, .costPerCommit, .costPerMergedPR: .maximum
        }
    }

    package var unit: Unit {
        switch self {
        case .costPerSession, .costPerTask, .costPerCommit, .costPerMergedPR: .usd
        default: .share
        }
    }

    package var basis: Basis { unit == .usd ? .priced : .measured }

    /// What ``KPIReport/Row/count`` counts: what the figure is a share of, or is reckoned by.
    package var counted: String {
        switch self {
        case .cacheHitRate: "prompt token"
        case .cacheHitCalls, .cheapShare, .balancedShare, .frontierShare, .unknownTierShare, .batchShare: "call"
        case .escalationRate, .costPerTask: "task"
        case .costPerSession: "session"
        case .costPerCommit: "commit"
        case .costPerMergedPR: "merged PR"
        case .estimateAccuracy: "applied rule"
        }
    }

    /// What it is, as a reader who sees it for the first time needs it.
    package var meaning: String {
        switch self {
        case .cacheHitRate: "prompt tokens that were read from the cache"
        case .cacheHitCalls: "calls that read most of their prompt from the cache"
        case .cheapShare: "calls to cheap models"
        case .balancedShare: "calls to models between cheap and frontier"
        case .frontierShare: "calls to frontier models"
        case .unknownTierShare: "calls to models whose tier is not known"
        case .batchShare: "calls served at the batch price"
        case .escalationRate: "tasks that went over to a model of a higher tier"
        case .costPerSession: "what a session took, subagents included"
        case .costPerTask: "what a prompt set off, subagents included"
        case .costPerCommit: "what a commit took, in sessions that committed"
        case .costPerMergedPR: "what a merge took, in sessions that merged"
        case .estimateAccuracy: "how well savings came true"
        }
    }
}
