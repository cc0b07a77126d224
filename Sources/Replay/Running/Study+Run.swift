package import Domain
package import Pricing
internal import Statistics

extension Study {
    /// What came of a run.
    package struct Run: Sendable {
        package var rows: [StudyRow]
        package var ending: StudyEnding
        /// In all runs of the study.
        package var spent: Money
        /// In this one.
        package var spentNow: Money
        /// The most that requests may have cost besides which were out when a run was killed.
        package var lost = Money.zero
        /// Steps that were not asked, by the reason.
        package var skipped: [String: Int]
    }

    /// Asks both models, session by session, until the sample, the money or the question is used up.
    ///
    /// - Throws: what keeping a reply throws: a reply that cannot be kept would be paid twice.
    package func run(through doors: StudyDoors, pricedBy prices: PriceBook) async throws -> Run {
        var walk = StudyWalk(study: self, doors: doors, pricer: Pricer(book: prices))
        let test = MarginTest(margin: margin)
        for round in rounds {
            if let ending = try await walk.ask(round) { return walk.finish(ending) }
            let answer = test.answer(to: PairedDifference(pairing: walk.rows, in: sample))
            if answer != .open { return walk.finish(walk.isWhole ? .complete : .decided) }
        }
        return walk.finish(.complete)
    }
}
