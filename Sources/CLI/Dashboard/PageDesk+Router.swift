import Reports
import Routing

extension PageDesk {
    /// What `suffice router show` says of the installed router.
    static func router(_ bench: Workbench) throws(CommandError) -> RouterShowReport {
        let folder = RouterFolder(dataFolder: bench.world.dataFolder)
        var additions: [String] = []
        var dial: Calibration?
        for kind in RouterFolder.Kept.allCases {
            if let calibration = try folder.calibration(kind) {
                additions.append(calibration.text)
                if kind == .dial { dial = calibration }
            }
            if kind == .certificate, let watch = try folder.watch(from: bench.world.now) {
                additions.append(watch.text)
            }
        }
        return RouterShowReport(try folder.record(), zone: bench.zone, additions: additions, dial: dial)
    }
}
