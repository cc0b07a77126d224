import Domain
import Foundation
import Routing

/// The watch over the certificate, `router/watch.json`: what came of it since, week by week.
extension RouterFolder {
    private static let watchName = "watch.json"

    /// Nil where there is no certificate; a new one is watched anew.
    func watch(from now: Timestamp) throws(CommandError) -> WeeklyWatch? {
        guard case .certified(let certificate)? = try calibration(.certificate)?.outcome else { return nil }
        let place = path + "/" + Self.watchName
        // One that cannot be read has seen nothing: the certificate's own promise is what it begins with.
        if let bytes = FileManager.default.contents(atPath: place),
            let kept = try? JSONDecoder().decode(WeeklyWatch.self, from: bytes), kept.certificate == certificate
        {
            return kept
        }
        return WeeklyWatch(certificate, from: now)
    }

    func keep(_ watch: WeeklyWatch) throws(CommandError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try write(try encoder.encode(watch), to: Self.watchName)
        } catch {
            throw .failed("\(path)/\(Self.watchName) cannot be written: \(error.localizedDescription)")
        }
    }
}

extension Workbench {
    /// Tests the certificate on the results of the weeks that have gone by since it was last tested, and keeps what
    /// came of it; nil where there is none.
    func retestCertificate(at now: Timestamp) throws -> WeeklyWatch? {
        let folder = RouterFolder(dataFolder: world.dataFolder)
        guard var watch = try folder.watch(from: now) else { return nil }
        let start = Timestamp(milliseconds: watch.countedUntil)
        watch.count(try gatewayHistory(since: start).finished().certified, until: now)
        try folder.keep(watch)
        return watch
    }
}
