package import Domain
package import Similarity

/// What rated prompts have taught, as routing goes by it: a certificate or a setting of the dial, each with the router that
/// it was found with.
///
/// A class, since all event loops share one that never changes.
package final class LearnedRouting: Sendable {
    /// A promise about two models; goes before the dial.
    package struct Certified: Sendable {
        package var certificate: Certificate
        package var router: FittedRouter

        package init(certificate: Certificate, router: FittedRouter) {
            self.certificate = certificate
            self.router = router
        }
    }

    package struct Dialled: Sendable {
        package var rule: DialRule
        package var router: FittedRouter

        package init(rule: DialRule, router: FittedRouter) {
            self.rule = rule
            self.router = router
        }
    }

    /// What an opinion by a certificate begins with.
    static let certificateMark = "certificate"

    package let certified: Certified?
    package let dialled: Dialled?
    let embedding: StaticEmbedding?

    /// Nil where there is neither a certificate nor a setting.
    package init?(certified: Certified?, dialled: Dialled?, embedding: StaticEmbedding?) {
        guard certified != nil || dialled != nil else { return nil }
        self.certified = certified
        self.dialled = dialled
        self.embedding = embedding
    }

    /// A model and what speaks for it.
    package struct Opinion: Hashable, Sendable {
        package var model: ModelID
        package var why: String
    }

    /// Which model is enough for a prompt, behind such work, in place of the one asked for; nil where nothing was learned
    /// of that one.
    package func opinion(on prompt: String, after work: WorkSoFar = WorkSoFar(), askedOf model: ModelID) -> Opinion? {
        if let certified, certified.certificate.stronger == model {
            let certificate = certified.certificate
            let expected = scores(of: prompt, after: work, by: certified.router)
            guard expected.count == 2 else { return nil }
            let gap = expected[1].score - expected[0].score
            let sends = certificate.sendsToCheaper(gap: gap)
            return Opinion(
                model: sends ? certificate.cheaper : model,
                why: "\(Self.certificateMark); gap \(gap.short) \(sends ? "<=" : ">") \(certificate.threshold.short)"
            )
        }
        guard let dialled, dialled.router.models.contains(model) else { return nil }
        let expected = scores(of: prompt, after: work, by: dialled.router)
        guard let chosen = dialled.rule.model(expecting: expected.map(\.score), of: dialled.router.models) else {
            return nil
        }
        let figures = expected.filter { $0.model == chosen || $0.model == model }.map {
            "\($0.model) \($0.score.short)"
        }
        return Opinion(model: chosen, why: "dial; expected \(figures.joined(separator: ", "))")
    }

    /// The score expected of each model that the rule in force for the one asked for knows.
    package func expectedScores(
        of prompt: String,
        after work: WorkSoFar = WorkSoFar(),
        askedOf model: ModelID
    ) -> [(model: ModelID, score: Double)] {
        if let certified, certified.certificate.stronger == model {
            return scores(of: prompt, after: work, by: certified.router)
        }
        return dialled.map { scores(of: prompt, after: work, by: $0.router) } ?? []
    }

    private func scores(
        of prompt: String,
        after work: WorkSoFar,
        by router: FittedRouter
    ) -> [(model: ModelID, score: Double)] {
        let features = PromptFeatures(
            of: prompt,
            embedding: router.usesEmbeddings ? embedding : nil,
            action: ActionFeatures(work)
        )
        return zip(router.models, router.expectedScores(for: features)).map { ($0, $1) }
    }
}

extension Double {
    /// To three digits: enough to see which of two is larger.
    fileprivate var short: String { isFinite ? "\((self * 1_000).rounded() / 1_000)" : "none" }
}
