import Analysis
import Domain
import Reports

/// What one finding of small work on a large model comes to: all that an advice needs of it.
struct SmallWork: Codable {
    /// The finding's.
    var id: String
    var project: String
    var model: ModelID
    var target: ModelID?
    var sessions: Int
    var pieces: Int
    var saving: Money
    var confidence: Confidence

    /// The small work that a report has found.
    static func all(in report: OptimizeReport) -> [SmallWork] {
        report.findings.compactMap { found in
            guard found.finding.kind == ModelDowngrade.kind, let model = found.model else { return nil }
            return SmallWork(
                id: found.finding.id,
                project: found.finding.project,
                model: model,
                target: found.target,
                sessions: found.finding.sessionsFlagged,
                pieces: found.finding.candidates.count,
                saving: found.finding.saving,
                confidence: found.finding.confidence
            )
        }
    }
}

/// What a project's history says about small work on a model.
struct ProjectEvidence {
    private var work: [SmallWork]
    /// What a replay showed of it: of several the newest.
    let verdict: Verdict?

    /// Of the work of all projects and models, and of the verdicts by finding, what a selection is about.
    init(in work: [SmallWork], about model: ModelID, selection: Selection, verdicts: [String: Verdict]) {
        self.work = work.filter { $0.model == model && selection.includes(agent: nil, project: $0.project) }
        // A study with another target says nothing of a finding.
        verdict = self.work.compactMap { work in verdicts[work.id].flatMap { $0.target == work.target ? $0 : nil } }
            .max { $0.time < $1.time }
    }

    var sessions: Int { work.reduce(0) { $0 + $1.sessions } }

    /// The surest there is.
    var confidence: Confidence {
        var all = Set(work.map(\.confidence))
        // The replay may be newer than the work was looked at.
        if verdict?.outcome == .supported { all.insert(.replayValidated) }
        return [Confidence.userValidated, .replayValidated].first(where: all.contains) ?? .structural
    }

    /// What a piece of small work has saved on average.
    var savingEach: Money? {
        let count = work.reduce(0) { $0 + $1.pieces }
        return count > 0 ? Money(nanoUSD: work.reduce(.zero) { $0 + $1.saving }.nanoUSD / Int64(count)) : nil
    }
}
