import Domain
import Foundation
import JSONText
import Reports

/// What was found last, kept for the first question of the next start: an agent does not wait until a long history has
/// been looked at.
///
/// In the data folder, for the user alone; whoever wrote it last wins, and what cannot be read is not there.
struct KeptFindings: Codable {
    /// A report as JSON with all its findings, and when it was made.
    private struct Answer: Codable {
        var time: Timestamp
        var text: String
    }

    /// What it rests on besides the history, such as settings and prices: on another one these are no answers.
    private var ground: String
    /// By the name of a question.
    private var answers: [String: Answer] = [:]
    /// Small work in all of the history; nil where that was not looked at.
    private(set) var work: [SmallWork]?

    /// As many findings as are worth their tokens.
    static let most = 8
    /// Older than this says nothing of today.
    private static let longest: Int64 = 7 * 86_400_000

    private static func path(in folder: String) -> String { folder + "/findings.json" }

    /// Nil where there are none that rest on the same.
    static func read(in folder: String, ground: String) -> KeptFindings? {
        guard let data = FileManager.default.contents(atPath: path(in: folder)),
            let kept = try? JSONDecoder().decode(KeptFindings.self, from: data), kept.ground == ground
        else { return nil }
        return kept
    }

    /// What is known of a question, until it is answered itself: what it was answered lately, or what one was that asks
    /// for more.
    ///
    /// Says when it was true, and in a note what else it is about. Only findings of the kind and the project, and of the
    /// project's alone no figures of all.
    func answer(to question: FindingsShelf.Question, kind: String?, on bench: Workbench) throws -> JSON? {
        guard let (wider, known) = answer(coveringAllOf: question.since, on: bench), var tree = JSONTree(known.text)
        else { return nil }
        let selection = try bench.selection(of: question.project)
        let findings = (tree["findings"]?.elements ?? []).filter { finding in
            (kind == nil || finding["kind"]?.text == kind)
                && selection.includes(agent: nil, project: finding["scope"]?["project"]?.text ?? "")
        }
        let shown = findings.prefix(KeptFindings.most)
        tree = tree.setting("findings", to: .array(Array(shown)))
            .setting("findingsLeftOut", to: .number(String(findings.count - shown.count)))
        var note: String?
        if question.project != nil {
            tree = tree.removing("sessionsAnalyzed", "callsAnalyzed", "totalUSD", "billing", "recoverableUSD")
            note = "the project's own figures are being worked out: ask again"
        }
        if question.since != wider.since {
            note = "of \(wider.since.sinceName); \(question.since.sinceName) is being looked at: ask again"
        }
        if let note { tree = tree.setting("note", to: .string(note)) }
        let stamped = [JSONTree.Member("asOf", .string(known.time.description))] + (tree.members ?? [])
        return .exact(String(decoding: JSONTree.object(stamped).bytes, as: UTF8.self))
    }

    /// The narrowest there is that is not too old.
    private func answer(
        coveringAllOf since: Reach,
        on bench: Workbench
    ) -> (question: FindingsShelf.Question, answer: Answer)? {
        let now = bench.world.now
        let month = FindingsShelf.Question.usual.since.start(now: now, in: bench.zone)
        let isLately = since.start(now: now, in: bench.zone).flatMap { start in month.map { $0 <= start } } ?? false
        let questions: [FindingsShelf.Question] = isLately ? [.usual, .history] : [.history]
        for question in questions {
            if let answer = question.name.flatMap({ answers[$0] }),
                now.milliseconds(since: answer.time) < KeptFindings.longest
            {
                return (question, answer)
            }
        }
        return nil
    }

    /// Keeps a report where it answers one of the usual questions, beside what is kept; nil where it answers none.
    ///
    /// Where it cannot be written the next start is slower, and nothing else is wrong.
    @discardableResult
    static func keep(
        _ report: OptimizeReport,
        for question: FindingsShelf.Question,
        in world: World
    ) -> KeptFindings? {
        let folder = world.dataFolder
        guard let name = question.name, FileManager.default.fileExists(atPath: folder) else { return nil }
        let ground = FileStamps(world).fingerprint
        var kept = read(in: folder, ground: ground) ?? KeptFindings(ground: ground)
        kept.answers[name] = Answer(time: world.now, text: report.brief(showing: .max).line)
        if question == .history { kept.work = SmallWork.all(in: report) }
        kept.write(to: path(in: folder))
        return kept
    }

    private func write(to path: String) {
        guard let data = try? JSONEncoder().encode(self) else { return }
        let temporary = path + ".unfinished-\(getpid())"
        unlink(temporary)
        guard FileManager.default.createFile(atPath: temporary, contents: data, attributes: [.posixPermissions: 0o600])
        else { return }
        if rename(temporary, path) != 0 { unlink(temporary) }
    }

    private init(ground: String) { self.ground = ground }
}

extension FindingsShelf.Question {
    /// Nil for what is not asked as a rule.
    fileprivate var name: String? {
        switch self {
        case .history: "all"
        case .usual: "30d"
        default: nil
        }
    }

    /// What a selection asks for; nil where it asks for a part of it.
    init?(_ options: SelectionOptions, default since: Reach) {
        guard options.agent == nil, options.until == nil else { return nil }
        self.init(project: options.project, since: options.since ?? since)
    }
}
