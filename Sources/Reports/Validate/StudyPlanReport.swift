package import Domain
package import Replay

/// What a study would ask, of whom and for how much, before anything is sent.
package struct StudyPlanReport: Report {
    package var study: Study
    /// How many steps could have been asked.
    package var population: Int
    package var fidelity: [Fidelity: Int]
    /// Of the candidate, then of the recorded model.
    package var estimates: [StudyEstimate]
    /// Where each model is asked, in the same order.
    package var hosts: [String]

    package init(
        study: Study,
        population: Int,
        fidelity: [Fidelity: Int],
        estimates: [StudyEstimate],
        hosts: [String]
    ) {
        self.study = study
        self.population = population
        self.fidelity = fidelity
        self.estimates = estimates
        self.hosts = hosts
    }

    package var total: Money { estimates.reduce(.zero) { $0 + $1.cost(by: study.delivery) } }

    /// What is said of batches; empty where there are none.
    private var delivery: String {
        study.delivery == .batches
            ? " in batches (half the price; they may take a day; --no-batch asks one by one)" : ""
    }

    /// What a person is asked to agree to.
    package var question: String {
        let places = Set(hosts).sorted().joined(separator: " and ")
        return
            "Send \((study.sample.count * 2).of("request")) with content of your sessions to \(places)\(delivery), for about "
            + "\(total.dollars) and at most \(study.budget.dollars)?"
    }
}

extension StudyPlanReport {
    package var json: JSON {
        [
            "schema": 1, "dryRun": .bool(true), "study": .string(study.id), "subject": .string(study.subject),
            "model": .string(study.original.model.rawValue), "target": .string(study.candidate.model.rawValue),
            "population": .integer(population), "steps": .integer(study.sample.count),
            "sessions": .integer(study.sample.batches.count), "seed": .exact(String(study.sample.seed)),
            "requests": .integer(study.sample.count * 2), "estimatedUSD": .money(total),
            "delivery": .string(study.delivery.rawValue),
            "budgetUSD": .money(study.budget),
            "estimates": .array(
                zip(estimates, hosts).map { estimate, host in
                    [
                        "model": .string(estimate.model.rawValue), "host": .string(host),
                        "sequentialUSD": .money(estimate.sequential),
                        "batchUSD": estimate.batched.map { .money($0) } ?? .null,
                        "largestReplyUSD": .money(estimate.largestReply),
                    ]
                }
            ),
            "fidelity": fidelity.json,
            "stepIDs": .array(study.sample.batches.joined().map { .string($0.step.id) }),
        ]
    }

    package var sheet: Table {
        Table(
            Array(zip(estimates, hosts)),
            fields: [
                Field(Table.Column("model", key: "model")) { Table.Cell($0.0.model.rawValue) },
                Field(Table.Column("asked at", key: "host", dropRank: 1)) { Table.Cell($0.1) },
                Field(.figure("replies", key: "steps")) { .count($0.0.steps) },
                Field(.figure("one by one", key: "sequentialUSD")) { .money($0.0.sequential) },
                Field(.figure("as a batch", key: "batchUSD", dropRank: 2)) {
                    $0.0.batched.map { .money($0) } ?? .empty
                },
            ]
        )
    }

    package var page: Page {
        var page = Page([
            .headline(
                "\(study.sample.count.of("step")) of \(study.sample.batches.count.of("session")) would be asked again, "
                    + "for about \(total.dollars)\(delivery)"
            ),
            .table(sheet),
            .text(
                "Chosen by chance (seed \(study.sample.seed)) from \(population.of("step")). Never more than "
                    + "\(study.budget.dollars) is spent; it stops early once it knows."
            ),
        ])
        if total > study.budget {
            page.blocks.append(.warning("The budget ends before the sample does: the verdict may stay open."))
        }
        if !fidelity.isEmpty, fidelity.keys.allSatisfy({ $0 == .inferred }) {
            page.blocks.append(
                .warning(
                    "The log does not hold all that the agent sent: prompts or tools would be guessed, and prove nothing. "
                        + "Newer versions of Claude Code log it; so does the gateway with [capture] content = true; and "
                        + "--recapture asks the installed agent, where it is of the same version."
                )
            )
        }
        return page
    }
}

extension [Fidelity: Int] {
    var json: JSON { .object(sorted { $0.key < $1.key }.map { (key: $0.key.rawValue, value: .integer($0.value)) }) }
}
