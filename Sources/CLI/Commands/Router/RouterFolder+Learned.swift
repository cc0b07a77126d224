import Domain
import Foundation
import Reports
import Routing
import Similarity

extension RouterFolder {
    /// What was calibrated: the setting of the dial, and the promise.
    enum Kept: String, CaseIterable {
        case certificate
        case dial
    }

    /// Nil where nothing of the kind was calibrated.
    func calibration(_ kind: Kept) throws(CommandError) -> Calibration? {
        let place = path + "/" + kind.rawValue + ".json"
        guard FileManager.default.fileExists(atPath: place) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: place),
            let calibration = try? JSONDecoder().decode(Calibration.self, from: bytes)
        else { throw .failed("\(place) cannot be read; calibrate again: suffice router calibrate FILE…") }
        return calibration
    }

    /// What routing goes by besides rules and patterns; nil where nothing was calibrated, a promise could not be made,
    /// or it was withdrawn.
    func learned(in world: World) throws(CommandError) -> LearnedRouting? {
        var certified: LearnedRouting.Certified?
        var dialled: LearnedRouting.Dialled?
        if case .certified(let certificate)? = try calibration(.certificate)?.outcome,
            try watch(from: world.now)?.isWithdrawn != true
        {
            certified = LearnedRouting.Certified(certificate: certificate, router: try router(.certificate))
        }
        if case .setting(let setting)? = try calibration(.dial)?.outcome {
            dialled = LearnedRouting.Dialled(rule: setting.point.rule, router: try router(.dial))
        }
        let usesEmbeddings = [certified?.router, dialled?.router].contains { $0?.usesEmbeddings == true }
        return LearnedRouting(
            certified: certified,
            dialled: dialled,
            embedding: usesEmbeddings ? try LearningKit.embedding(in: world.dataFolder + "/embeddings") : nil
        )
    }

    private func router(_ kind: Kept) throws(CommandError) -> FittedRouter {
        let place = path + "/" + kind.rawValue + ".router"
        guard let bytes = FileManager.default.contents(atPath: place) else {
            throw .failed("\(place) cannot be read; calibrate again: suffice router calibrate FILE…")
        }
        do throws(RouterFileError) {
            return try FittedRouter(decoding: Array(bytes))
        } catch {
            throw .failed("\(place): \(error)")
        }
    }
}
