package import Domain
import Statistics

/// A certificate under watch, as it is kept from week to week.
package struct WeeklyWatch: Hashable, Sendable, Codable {
    package private(set) var watch: CertificateWatch
    /// Results are counted up to here, in milliseconds since 1970.
    package private(set) var countedUntil: Int64

    private static let week: Int64 = 7 * 86_400_000

    /// From now on: what came before is what the certificate was made of, or not like it.
    package init(_ certificate: Certificate, from now: Timestamp) {
        watch = CertificateWatch(certificate)
        countedUntil = now.milliseconds
    }

    package var certificate: Certificate { watch.certificate }

    package var isWithdrawn: Bool { watch.isWithdrawn }

    /// Counts the results of each week that has gone by; one without results is no evidence.
    ///
    /// Results are of all requests that the certificate decided, wherever it sent them.
    package mutating func count(_ results: [GatewayHistory.CertifiedRequest], until now: Timestamp) {
        while countedUntil + Self.week <= now.milliseconds {
            let end = countedUntil + Self.week
            let inWeek = results.filter { $0.time.milliseconds >= countedUntil && $0.time.milliseconds < end }
            if !inWeek.isEmpty { watch.add(picked: inWeek.count, worse: inWeek.count { $0.isWorse }) }
            countedUntil = end
        }
    }

    /// Its state in a sentence.
    package var text: String {
        let total = watch.total
        let seen = "\(total.successes) of \(total.trials) requests since came out worse"
        if isWithdrawn {
            return
                "The certificate is withdrawn: \(seen), more than it promised. Every request stays on the model asked "
                + "for; certify anew: suffice router calibrate --alpha \(certificate.claim.alpha) FILE…"
        }
        return total.trials == 0
            ? "The certificate is watched; no week's results yet."
            : "The certificate holds: \(seen), in \(watch.weeks) weeks."
    }
}
