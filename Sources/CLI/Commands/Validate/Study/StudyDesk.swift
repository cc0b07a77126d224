import Domain
import Foundation
import Gateway
import Ingestion
import Pricing
import Providers
import Replay
import Reports
import Store

/// Joins a task with its history, the providers and the store: plans a study, asks for consent and runs it.
struct StudyDesk {
    let bench: Workbench
    let options: StudyOptions
    let task: StudyTask
    let history: StudyHistory
    private(set) var plan: StudyPlanReport
    let upstreams: [ModelID: StudyUpstream]

    /// A dry one needs no key: nothing is sent.
    init(
        _ task: StudyTask,
        options: StudyOptions,
        bench: Workbench,
        prompt: StandingPrompt? = nil,
        isDry: Bool = false
    ) throws {
        self.bench = bench
        self.options = options
        self.task = task
        history = try StudyHistory(task, in: bench, with: prompt)
        guard !history.population.isEmpty else {
            throw CommandError.failed(
                "none of the steps' logs can be read as a conversation (Claude Code's and Codex's can, while they are there)"
            )
        }
        let sample = Sampler(samples: options.samples, seed: Self.seed(of: task)).sample(of: history.population)
        let settings = try GatewaySettings.load(in: bench.world, prices: bench.prices, apps: Apps())
        var upstreams: [ModelID: StudyUpstream] = [:]
        var sides: [ReplayRequest.Side] = []
        for model in [task.target, task.model] {
            let limits = bench.prices.limits(of: model)
            let upstream: StudyUpstream?
            do throws(CommandError) {
                upstream = try StudyUpstream(
                    for: model,
                    provider: limits?.provider,
                    upstreams: settings.upstreams,
                    environment: { bench.world[$0] }
                )
            } catch {
                // Nothing is sent: no key is needed to say what it would cost.
                guard isDry else { throw error }
                upstream = nil
            }
            upstreams[model] = upstream
            let format = upstream?.format(isOfCodex: history.isOfCodex)
            sides.append(ReplayRequest.Side(model: model, limits: limits, format: format))
        }
        self.upstreams = upstreams
        var identity = [
            task.subject, task.model.rawValue, task.target.rawValue, "\(options.samples)",
            sample.batches.joined().map(\.step.id).joined(separator: ","),
        ]
        // With another prompt it is another question.
        if let prompt { identity.append(contentName(of: prompt.bytes)) }
        var study = Study(
            id: String(contentName(of: identity.joined(separator: "\n").utf8).prefix(32)),
            subject: task.subject,
            candidate: sides[0],
            original: sides[1],
            sample: sample,
            budget: options.limit,
            time: bench.world.now
        )
        var pricer = Pricer(book: bench.prices)
        var estimates: [StudyEstimate] = []
        for model in [task.target, task.model] {
            guard
                let estimate = StudyEstimate(
                    of: sample,
                    on: model,
                    limit: study.limit,
                    with: &pricer,
                    at: study.time
                )
            else {
                throw CommandError.badInput("\(model) has no known price; add a [[price]] to suffice.toml")
            }
            estimates.append(estimate)
        }
        study.delivery = options.delivery ?? Delivery(cheapestOf: estimates)
        plan = StudyPlanReport(
            study: study,
            population: history.population.count,
            fidelity: history.fidelity,
            estimates: estimates,
            hosts: [task.target, task.model].map { upstreams[$0]?.host ?? "nowhere yet: no key" }
        )
    }

    /// Sets aside as much of some money as the study may need, and no more.
    mutating func take(from left: inout Money) {
        let likely = Money(approximatingUSD: plan.total.usd * 1.25)
        let share = min(left, plan.estimates.reduce(likely) { $0 + $1.largestReply })
        plan.study.budget = share
        left = left - share
    }

    /// The same for the same question, so that the sample cannot be drawn again until it pleases.
    private static func seed(of task: StudyTask) -> UInt64 {
        let name = contentName(of: "\(task.subject)\n\(task.model)\n\(task.target)".utf8)
        return UInt64(name.prefix(15), radix: 16) ?? 0
    }

    /// Asks the person at the terminal, unless they agreed on the command line.
    func askForConsent() throws(CommandError) {
        Output.progress("\(plan.question)\n")
        if !options.yes, !Self.isAgreed("Send it?") { throw .refused }
        let isOther = upstreams[task.target]?.provider != upstreams[task.model]?.provider
        let isFar = upstreams[task.target]?.isLocal != true
        guard isOther, isFar, !options.toAnotherVendor else { return }
        Output.progress("\(task.target) is served by another vendor than the one these sessions went to.\n")
        if !Self.isAgreed("Send their content there?") { throw .refused }
    }

    private static func isAgreed(_ question: String) -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            Output.trouble("nobody is there to agree; say --yes, and --to-another-vendor where that is meant")
            return false
        }
        Output.progress("\(question) [y/N] ")
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
        return answer == "y" || answer == "yes"
    }

    /// Keeps what was shown, for `optimize` to go by.
    func keep(_ report: StudyReport) throws {
        try bench.telling {
            try bench.store.keep(report.result.verdict(of: report.study, spent: report.run.spent))
        }
    }
}
