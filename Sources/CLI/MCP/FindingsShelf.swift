import Domain
import Reports
import Store

/// Reports of findings, which take longer than an agent should wait: worked out beside the conversation, and kept.
///
/// A question waits a moment for what is worked out; then what was found last is given, with its time.
struct FindingsShelf {
    /// What findings are asked for.
    struct Question: Hashable {
        /// As named; nil for all.
        var project: String?
        var since: Reach

        /// For how many milliseconds an answer stands while nothing comes: some hours begin later with every one.
        var longest: Int64 {
            if case .hours = since { 60_000 } else { .max }
        }

        static let history = Question(project: nil, since: .all)
        static let usual = Question(project: nil, since: .days(30))
    }

    /// Findings as they were at a moment.
    struct Found {
        var report: OptimizeReport
        var time: Timestamp
        /// Nothing has come since.
        var isCurrent: Bool
    }

    private struct Made: Sendable {
        var report: OptimizeReport
        var state: String
        var day: Day
        var time: Timestamp
    }

    /// How long an answer may wait for a report that is current: an agent is to have it within 50 ms.
    static let patience = Duration.milliseconds(15)
    /// How long it may wait where nothing is known so far.
    static let longestPatience = Duration.milliseconds(40)
    /// Beyond it all are forgotten: no agent asks so many things again.
    private static let most = 32

    private let bell: Bell
    private let turnstile: Turnstile
    private var made: [Question: Made] = [:]
    private var making: [Question: SideWork<Made>] = [:]
    private var failed: [Question: any Error] = [:]
    private var fresh: [Question] = []

    init(bell: Bell, behind turnstile: Turnstile) {
        self.bell = bell
        self.turnstile = turnstile
    }

    /// Findings that answer a question; nil where the asker has to wait.
    mutating func found(for question: Question, waited: Duration, on bench: Workbench) throws -> Found? {
        collect()
        if let error = failed.removeValue(forKey: question) { throw error }
        let state = try bench.telling { try bench.store.state() }
        let day = bench.zone.day(of: bench.world.now)
        if let made = made[question], made.state == state, made.day == day,
            bench.world.now.milliseconds(since: made.time) < question.longest
        {
            return Found(report: made.report, time: made.time, isCurrent: true)
        }
        if making[question] == nil { try make(question, on: bench, state: state, day: day) }
        guard waited >= Self.patience, let made = made[question] else { return nil }
        return Found(report: made.report, time: made.time, isCurrent: false)
    }

    /// Begins to work out what will be asked.
    mutating func begin(_ question: Question, on bench: Workbench) throws {
        guard made[question] == nil, making[question] == nil else { return }
        let state = try bench.telling { try bench.store.state() }
        try make(question, on: bench, state: state, day: bench.zone.day(of: bench.world.now))
    }

    /// What has been worked out since this was last asked.
    mutating func collected() -> [Question] {
        collect()
        defer { fresh = [] }
        return fresh
    }

    /// The findings as they were last, whatever has come since.
    func last(_ question: Question) -> Found? {
        made[question].map { Found(report: $0.report, time: $0.time, isCurrent: false) }
    }

    /// Stops what nobody waits for any more.
    mutating func stop(_ question: Question) { making.removeValue(forKey: question)?.stop() }

    mutating func stopAll() {
        for work in making.values { work.stop() }
        making = [:]
    }

    private mutating func make(_ question: Question, on bench: Workbench, state: String, day: Day) throws {
        let bench = try bench.besideItself()
        var options = SelectionOptions(since: question.since)
        options.project = question.project
        let selection = try bench.selection(options, default: question.since)
        making[question] = SideWork(ringing: bell) { [turnstile] goesOn in
            turnstile.pass()
            let report = try bench.optimize(in: selection) {
                turnstile.pass()
                try goesOn()
            }
            return Made(report: report, state: state, day: day, time: bench.world.now)
        }
    }

    private mutating func collect() {
        for (question, work) in making {
            guard let result = work.result else { continue }
            making[question] = nil
            switch result {
            case .success(let done):
                if made.count >= Self.most { made = [:] }
                made[question] = done
                fresh.append(question)
            case .failure(let error): failed[question] = error
            }
        }
    }
}
