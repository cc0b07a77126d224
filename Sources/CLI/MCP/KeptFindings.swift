import Domain
import Foundation
import Reports

/// What was found last, kept for the first question of the next start: an agent does not wait until a long history has
/// been looked at.
///
/// In the data folder, for the user alone; whoever wrote it last wins, and what cannot be read is not there.
struct KeptFindings: Codable {
    /// A report as JSON, and when it was made.
    struct Answer: Codable {
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

    /// What a question was answered lately.
    func answer(to question: FindingsShelf.Question, at now: Timestamp) -> Answer? {
        guard let name = question.name, let answer = answers[name],
            now.milliseconds(since: answer.time) < KeptFindings.longest
        else { return nil }
        return answer
    }

    /// Keeps a report where it answers one of the usual questions, beside what is kept.
    ///
    /// Where it cannot be kept the next start is slower, and nothing else is wrong.
    static func keep(_ report: OptimizeReport, for question: FindingsShelf.Question, in world: World) {
        let folder = world.dataFolder
        guard let name = question.name, FileManager.default.fileExists(atPath: folder) else { return }
        let ground = FileStamps(world).fingerprint
        var kept = read(in: folder, ground: ground) ?? KeptFindings(ground: ground)
        kept.answers[name] = Answer(time: world.now, text: report.brief(showing: most).line)
        if question == .history { kept.work = SmallWork.all(in: report) }
        guard let data = try? JSONEncoder().encode(kept) else { return }
        let temporary = path(in: folder) + ".unfinished-\(getpid())"
        unlink(temporary)
        guard FileManager.default.createFile(atPath: temporary, contents: data, attributes: [.posixPermissions: 0o600])
        else { return }
        if rename(temporary, path(in: folder)) != 0 { unlink(temporary) }
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
