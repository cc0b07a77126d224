package import Statistics

/// Goes on testing a certificate on new results, week by week, and withdraws it when it no longer holds.
///
/// The results must be of requests picked before it was known where they go, such as one in fifty by chance, since the
/// promise is about all requests. One that stayed on the stronger model counts as not worse and needs no replay. Not every
/// week needs results: the alarm counts requests, not days.
package struct CertificateWatch: Hashable, Sendable, Codable {
    package let certificate: Certificate
    private var drift: DriftTest

    /// `falseAlarms` is the chance that a certificate that holds is ever withdrawn.
    package init(_ certificate: Certificate, falseAlarms: Double = 0.05) {
        self.certificate = certificate
        drift = DriftTest(promised: certificate.claim.alpha, level: falseAlarms)
    }

    /// The certificate no longer holds: keep every request on the model that was asked for, and certify anew.
    package var isWithdrawn: Bool { drift.isAlarming }

    /// Adds a week's results: how many requests were picked, and how many of these came out worse on the cheaper model.
    package mutating func add(picked: Int, worse: Int) {
        drift.add(DriftTest.Tally(trials: picked, successes: worse))
    }

    /// All results since the certificate was made.
    package var total: DriftTest.Tally {
        DriftTest.Tally(
            trials: drift.tallies.reduce(0) { $0 + $1.trials },
            successes: drift.tallies.reduce(0) { $0 + $1.successes }
        )
    }

    package var weeks: Int { drift.tallies.count }

    /// How many times likelier the results are if the promise is broken than if it holds.
    package var evidence: Double { drift.highestEvidence }
}
