package import Domain
import Pricing
import Statistics

/// Says what a rule came to, from the sessions since it was applied and like work before.
///
/// Only sessions that began after the rule count as after it: a running session keeps the settings it began with. A
/// task is set beside tasks before it that are alike in what the rule cannot have changed: the kind of work, the size
/// of the request and of the conversation, the project. What it saved is the difference of what they cost, with an
/// interval over sessions; nothing is multiplied out.
///
/// Bearable is half as much again as before, or one in ten tasks more. Promoted: it was kept for a week, saves with 95%
/// confidence, and nothing went worse by more than is bearable, with 80%. Demoted: something went worse by more than is
/// bearable, and not by chance (a level of 5% for failures, retries and escalations together), or it costs more.
/// Everything else is undecided.
package struct RuleWatch: Sendable {
    /// What it takes before anything is said of a rule.
    package struct Limits: Hashable, Sendable {
        /// Days a rule must have been kept to be promoted.
        package var days: Int
        /// Like tasks on each side; fewer decide nothing.
        package var tasks: Int
        /// So do fewer sessions on a side.
        package var sessions: Int

        package init(days: Int = 7, tasks: Int = 20, sessions: Int = 5) {
            self.days = days
            self.tasks = tasks
            self.sessions = sessions
        }
    }

    /// Work longer ago than this is another time.
    private static let daysBefore: Int64 = 90

    private let rule: Rule
    private let limits: Limits
    private let context: AnalysisContext
    private var pricer: Pricer
    private var before: [(task: WatchedTask, session: Int)] = []
    private var after: [(task: WatchedTask, session: Int)] = []
    private var sessions = 0

    package init(_ rule: Rule, limits: Limits = Limits(), in context: AnalysisContext) {
        self.rule = rule
        self.limits = limits
        self.context = context
        pricer = Pricer(book: context.prices)
    }

    /// Adds a session; one that is not in the rule's scope changes nothing.
    package mutating func add(_ session: Session) {
        guard session.id.agent == rule.agent, rule.covers(project: session.project) else { return }
        let priced = PricedSession(session, pricer: &pricer)
        let tasks =
            rule.action == .subagentModel
            ? priced.watchedSubagents(of: Set(rule.subagents), in: context) : priced.watchedTasks(in: context)
        let times = priced.threads.flatMap(\.steps).map(\.call.time).filter { $0 != .unknown }
        guard let start = times.min() else { return }
        sessions += 1
        let earliest = rule.applied.advanced(byMilliseconds: -RuleWatch.daysBefore * 86_400_000)
        for task in tasks {
            if task.start < rule.applied, task.start >= earliest {
                before.append((task, sessions))
            } else if start >= rule.applied {
                after.append((task, sessions))
            }
        }
    }

    /// How the rule stands.
    package func outcome(at now: Timestamp) -> Rule.Outcome {
        let costs = comparison { $0.cost.usd }
        let harms = Rule.Outcome.Harm.Kind.allCases.map { kind in harm(kind) }
        let share = costs.savingInterval()
        var outcome = Rule.Outcome(
            verdict: .undecided,
            reason: "",
            looked: now,
            tasksBefore: costs.matched.before,
            tasksAfter: costs.matched.after,
            sessionsBefore: costs.clusters.before,
            sessionsAfter: costs.clusters.after,
            actual: Money(approximatingUSD: costs.actual),
            expected: Money(approximatingUSD: costs.expected),
            saving: share.map { interval in
                MoneyInterval(
                    low: Money(approximatingUSD: interval.low * costs.expected),
                    mid: Money(approximatingUSD: costs.expected - costs.actual),
                    high: Money(approximatingUSD: interval.high * costs.expected)
                )
            },
            savingShare: share.map { .init(low: $0.low, mid: costs.saving ?? 0, high: $0.high) },
            harms: harms.map(\.harm)
        )
        (outcome.verdict, outcome.reason) = verdict(on: outcome, share, harms, at: now)
        return outcome
    }

    private func verdict(
        on outcome: Rule.Outcome,
        _ share: Interval?,
        _ harms: [Judged],
        at now: Timestamp
    ) -> (Rule.Outcome.Verdict, String) {
        let tasks = min(outcome.tasksBefore, outcome.tasksAfter)
        let sessions = min(outcome.sessionsBefore, outcome.sessionsAfter)
        guard let share, tasks >= limits.tasks, sessions >= limits.sessions else {
            return (
                .undecided,
                "like tasks: \(outcome.tasksBefore) before in \(outcome.sessionsBefore.of("session")), "
                    + "\(outcome.tasksAfter) since in \(outcome.sessionsAfter); it takes \(limits.tasks) in "
                    + "\(limits.sessions) on each side"
            )
        }
        let worse = harms.filter(\.isWorse).map(\.harm)
        if !worse.isEmpty {
            let texts = worse.map { "\($0.kind.rawValue) \($0.before.rate) to \($0.after.rate) a task" }
            return (.demoted, "went worse: " + texts.joined(separator: ", "))
        }
        if share.high < 0 { return (.demoted, "it costs more than like tasks before") }
        let days = now.milliseconds(since: rule.applied) / 86_400_000
        guard days >= limits.days else {
            return (.undecided, "kept for \(days) of \(limits.days.of("day"))")
        }
        guard share.low > 0 else { return (.undecided, "what it saves is within what tasks differ by anyway") }
        let unsure = harms.filter { !$0.isBearable }.map(\.harm.kind.rawValue)
        guard unsure.isEmpty else {
            return (
                .undecided, "it saves, but \(unsure.joined(separator: " and ")) may have gone worse: more tasks tell"
            )
        }
        return (.promoted, "kept for \(Int(days).of("day")); it saves, and nothing went worse")
    }

    /// Something that goes wrong, and what can be said of it.
    private struct Judged {
        var harm: Rule.Outcome.Harm
        /// More than chance, and more than is bearable.
        var isWorse: Bool
        /// With confidence no more than is bearable.
        var isBearable: Bool
    }

    private func harm(_ kind: Rule.Outcome.Harm.Kind) -> Judged {
        let comparison = comparison { Double($0.count(of: kind)) }
        let count = Double(max(1, comparison.matched.after))
        let before = comparison.expected / count
        // Bonferroni over the three; only worse is asked for.
        let interval = comparison.increaseInterval(level: 1 - 2 * 0.05 / 3)
        let bearable = max(0.5 * before, 0.1)
        let reach = comparison.increaseInterval(level: 0.6)
        let harm = Rule.Outcome.Harm(
            kind: kind,
            before: before,
            after: comparison.actual / count,
            low: interval?.low,
            high: interval?.high
        )
        return Judged(
            harm: harm,
            isWorse: interval.map { $0.low > 0 } ?? false && harm.after - harm.before > bearable,
            isBearable: reach.map { $0.high <= bearable } ?? false
        )
    }

    private func comparison(_ value: (WatchedTask) -> Double) -> MatchedComparison {
        var strata: [WatchedTask.Likeness: Int] = [:]
        func units(_ tasks: [(task: WatchedTask, session: Int)]) -> [MatchedComparison.Unit] {
            tasks.map { task, session in
                let stratum = strata[task.likeness] ?? strata.count
                strata[task.likeness] = stratum
                return MatchedComparison.Unit(stratum: stratum, cluster: session, value: value(task))
            }
        }
        return MatchedComparison(before: units(before), after: units(after))
    }
}

extension Rule {
    /// Whether it holds in a folder.
    package func covers(project folder: String) -> Bool {
        guard let project else { return true }
        return folder == project || folder.hasPrefix(project.hasSuffix("/") ? project : project + "/")
    }
}

extension Double {
    /// With two digits behind the point.
    fileprivate var rate: String {
        let hundredths = Int(clamping: Int64((self * 100).rounded()))
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
