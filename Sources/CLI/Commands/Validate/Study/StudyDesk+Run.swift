import Domain
import Providers
import Replay
import Reports
import Store

extension StudyDesk {
    /// Runs the study, keeping every reply, and keeps the verdict.
    func run(showing showsPairs: Bool) async throws -> StudyReport {
        let folder = try openFolder()
        let line = StudyProgressLine(bench.world.terminal)
        defer { line.clear() }
        do {
            var study = plan.study
            let client = try await UpstreamClient(certificates: bench.world["SSL_CERT_FILE"])
            let batches = batches(keptIn: folder, through: client, line)
            // What a run before this one sent is paid, however this one goes about the rest.
            try await batches.settle()
            if study.delivery == .batches, try await !batches.areOffered() { study.delivery = .oneByOne }
            try StudyRecord(study, of: task, in: history.files).write(
                to: bench.replyFolder(of: study.id),
                with: history.prompt
            )
            let run = try await study.run(
                through: doors(folder, batches, client, line),
                pricedBy: bench.prices
            )
            let report = StudyReport(
                study: study,
                run: run,
                result: StudyResult(of: run.rows, in: study),
                saving: task.saving,
                estimated: task.estimated,
                showsPairs: showsPairs
            )
            try keep(report)
            return report
        } catch let error as StoreError {
            throw CommandError.failed(error.description)
        }
    }

    /// Ends the batches of the study that are out.
    func cancelBatches() async throws {
        let folder = try openFolder()
        let client = try await UpstreamClient(certificates: bench.world["SSL_CERT_FILE"])
        try await batches(keptIn: folder, through: client, StudyProgressLine(bench.world.terminal)).cancel()
    }

    private func openFolder() throws(CommandError) -> ReplyFolder {
        do throws(StoreError) {
            return try ReplyFolder(folder: bench.replyFolder(of: plan.study.id))
        } catch StoreError.busy {
            throw CommandError.failed("another suffice runs this study; wait for it: what it pays is not paid twice")
        } catch {
            throw CommandError.failed(error.description)
        }
    }

    private func batches(
        keptIn folder: ReplyFolder,
        through client: UpstreamClient,
        _ line: StudyProgressLine
    ) -> StudyBatches {
        StudyBatches(
            folder: folder,
            upstreams: upstreams,
            client: client,
            certificates: bench.world["SSL_CERT_FILE"],
            prices: bench.prices,
            time: plan.study.time,
            line: line
        )
    }

    private func doors(
        _ folder: ReplyFolder,
        _ batches: StudyBatches,
        _ client: UpstreamClient,
        _ line: StudyProgressLine
    ) -> StudyDoors {
        let judge = EquivalenceJudge(home: bench.world.home)
        let history = history
        let upstreams = upstreams
        return StudyDoors(
            rebuild: { history.request(for: $0) },
            ask: { await upstreams[$0.model]?.answer(to: $0, through: client) ?? (0, []) },
            askAtOnce: { try await batches.replies(to: $0) },
            judge: { judge.verdict(on: $0, $1, schemas: $2) },
            replies: ReplyShelf(
                name: { contentName(of: $0) },
                kept: { name in
                    folder.reply(named: name).map { KeptReply(body: $0, cost: folder.cost(of: name)) }
                },
                begin: { try folder.begin($0, mayCost: $1) },
                keep: { try folder.keep($1.body, named: $0, cost: $1.cost) },
                forget: { folder.forget($0) },
                lost: folder.lost,
                paid: folder.paid
            ),
            progress: { line.show($0) }
        )
    }
}
