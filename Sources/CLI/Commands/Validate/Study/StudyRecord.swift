import Domain
import Foundation
import Ingestion
import Pricing
import Replay
import Reports
import Store

/// What a study asked, kept beside its replies as `study.json`: with it the pairs can be shown again, and nothing of a
/// conversation is written twice.
struct StudyRecord: Codable {
    struct Side: Codable {
        var model: String
        /// The API its server speaks; absent where it is that of the recorded request.
        var format: APIFormat?
    }

    struct Step: Codable {
        var id: String
        /// The log that holds it.
        var file: String
    }

    struct Batch: Codable {
        var agent: Agent
        var session: String
        var steps: [Step]
    }

    var schema = 1
    var study: String
    var subject: String
    var candidate: Side
    var original: Side
    var batches: [Batch]
    /// Steps of each class there are in all.
    var population: [String: Int]
    var seed: UInt64
    var budgetNanoUSD: Int64
    /// Absent where replies were asked one by one.
    var delivery: Delivery?
    /// In milliseconds since 1970; prices are those of then.
    var time: Int64
    var savingNanoUSD: Int64?
    var estimatedNanoUSD: Int64?

    init(_ study: Study, of task: StudyTask, in files: [String: String]) {
        self.study = study.id
        subject = study.subject
        candidate = Side(model: study.candidate.model.rawValue, format: study.candidate.format)
        original = Side(model: study.original.model.rawValue, format: study.original.format)
        batches = study.sample.batches.compactMap { batch in
            guard let session = batch.first?.step.session else { return nil }
            let steps = batch.compactMap { one in files[one.step.id].map { Step(id: one.step.id, file: $0) } }
            return Batch(agent: session.agent, session: session.name, steps: steps)
        }
        population = Dictionary(
            uniqueKeysWithValues: study.sample.population.map { ($0.key.rawValue, $0.value) }
        )
        seed = study.sample.seed
        budgetNanoUSD = study.budget.nanoUSD
        delivery = study.delivery
        time = study.time.milliseconds
        savingNanoUSD = task.saving?.nanoUSD
        estimatedNanoUSD = task.estimated?.nanoUSD
    }
}

extension StudyRecord {
    private static let name = "study.json"

    /// Beside it lies the prompt that requests were put together with, where one was caught.
    private static let promptName = "prompt.json"

    func write(to folder: String, with prompt: StandingPrompt?) throws(CommandError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            try Self.write(encoder.encode(self), to: folder + "/" + Self.name)
            if let prompt { try Self.write(Data(prompt.bytes), to: folder + "/" + Self.promptName) }
        } catch {
            throw .failed("\(folder) cannot be written: \(error.localizedDescription)")
        }
    }

    private static func write(_ bytes: Data, to path: String) throws {
        try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    static func prompt(in folder: String) -> StandingPrompt? {
        FileManager.default.contents(atPath: folder + "/" + promptName).flatMap { StandingPrompt(kept: Array($0)) }
    }

    /// Nil where it is not there, or another version wrote it.
    init?(in folder: String) {
        guard let bytes = FileManager.default.contents(atPath: folder + "/" + Self.name),
            let record = try? JSONDecoder().decode(StudyRecord.self, from: bytes), record.schema == 1
        else { return nil }
        self = record
    }
}

extension Workbench {
    func replyFolder(of study: String) -> String { world.dataFolder + "/replays/" + study }

    /// What a study showed, made out again from the kept replies and the logs; nothing is sent, and nothing written.
    ///
    /// Nil where its record, or every log that it is about, is gone.
    func keptStudy(_ verdict: Verdict) async throws -> StudyReport? {
        let folder = replyFolder(of: verdict.study)
        guard verdict.study.utf8.allSatisfy(\.isHexDigit), let record = StudyRecord(in: folder) else { return nil }
        let task = StudyTask(record)
        let history = try StudyHistory(task, in: self, with: StudyRecord.prompt(in: folder))
        let study = Study(record, candidates: history.population, prices: prices)
        guard study.sample.count > 0 else { return nil }
        let judge = EquivalenceJudge(home: world.home)
        let replies = ReplyFolder(reading: folder)
        let doors = StudyDoors(
            rebuild: { history.request(for: $0) },
            ask: { _ in (0, Array(#"{"error":{"message":"no reply was kept"}}"#.utf8)) },
            judge: { judge.verdict(on: $0, $1, schemas: $2) },
            replies: ReplyShelf(
                name: { contentName(of: $0) },
                kept: { name in
                    replies.reply(named: name).map { KeptReply(body: $0, cost: replies.cost(of: name)) }
                },
                begin: { _, _ in },
                keep: { _, _ in },
                forget: { _ in },
                lost: replies.lost,
                paid: replies.paid
            )
        )
        let run = try await study.run(through: doors, pricedBy: prices)
        var result = StudyResult(of: run.rows, in: study)
        if result.outcome == .supported, verdict.outcome == .inconclusive {
            result.outcome = .inconclusive
            result.doubts = ["beside others that were looked at together, it may hold by luck"]
        }
        return StudyReport(
            study: study,
            run: run,
            result: result,
            saving: task.saving,
            estimated: task.estimated,
            showsPairs: true
        )
    }
}

extension StudyTask {
    fileprivate init(_ record: StudyRecord) {
        self.init(
            subject: record.subject,
            model: ModelID(record.original.model),
            target: ModelID(record.candidate.model),
            calls: [:],
            sessions: [:],
            saving: record.savingNanoUSD.map { Money(nanoUSD: $0) },
            estimated: record.estimatedNanoUSD.map { Money(nanoUSD: $0) }
        )
        for batch in record.batches {
            for step in batch.steps {
                calls[step.file, default: []].insert(step.id)
                sessions[step.file] = SessionID(agent: batch.agent, name: batch.session)
            }
        }
    }
}

extension Study {
    /// The study as it was asked, of the steps whose logs are still there.
    fileprivate init(_ record: StudyRecord, candidates: [Sampler.Candidate], prices: PriceBook) {
        func side(_ side: StudyRecord.Side) -> ReplayRequest.Side {
            let model = ModelID(side.model)
            return ReplayRequest.Side(model: model, limits: prices.limits(of: model), format: side.format)
        }
        let known = Dictionary(candidates.map { ($0.step.id, $0) }) { first, _ in first }
        let batches = record.batches.map { batch in batch.steps.compactMap { known[$0.id] } }
        let population = record.population.compactMap { key, count in StepClass(rawValue: key).map { ($0, count) } }
        self.init(
            id: record.study,
            subject: record.subject,
            candidate: side(record.candidate),
            original: side(record.original),
            sample: Sample(
                batches: batches.filter { !$0.isEmpty },
                population: Dictionary(uniqueKeysWithValues: population),
                seed: record.seed
            ),
            delivery: record.delivery ?? .oneByOne,
            budget: Money(nanoUSD: record.budgetNanoUSD),
            time: Timestamp(milliseconds: record.time)
        )
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self) }
}
