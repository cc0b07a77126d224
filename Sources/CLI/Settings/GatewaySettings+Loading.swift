import Domain
import Foundation
import Gateway
import Ingestion
import Pricing
import Reports
import Routing

extension GatewaySettings {
    /// Reads and checks what the user set: flag over environment over file over default.
    ///
    /// What `--config` names, a file or a folder, takes the place of `$SUFFICE_CONFIG`.
    static func load(
        named: String? = nil,
        in world: World,
        prices: PriceBook,
        apps: Apps
    ) throws(CommandError) -> GatewaySettings {
        let sources = try sources(named: named, in: world)
        var settings = GatewaySettings(sources, in: Surroundings(world))
        settings.readEnvironment(world)
        settings.readFittedCascade(RouterFolder(dataFolder: world.dataFolder).path + "/" + RouterFolder.cascadeName)
        settings.check(against: prices, apps: apps, sources: sources)
        return settings
    }

    /// `suffice.toml` where the user said, in the current folder, in `~/.config/suffice`; the one that wins first.
    private static func sources(named: String?, in world: World) throws(CommandError) -> [Source] {
        var sources: [Source] = []
        func add(_ path: String, isTrusted: Bool) throws(CommandError) {
            guard !sources.contains(where: { $0.path == path }) else { return }
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw .badInput("\(path): cannot be read; allow it (chmod u+r), or move it away")
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw .badInput("\(path): is no UTF-8; save it as UTF-8")
            }
            sources.append(Source(path: path, text: text, isTrusted: isTrusted))
        }
        if let named {
            var path = world.absolute(named)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw .badInput("'\(named)' is not there; name a file like suffice.toml, or its folder")
            }
            if isFolder.boolValue { path += "/suffice.toml" }
            try add(path, isTrusted: true)
        }
        let folders = [
            (named == nil ? world["SUFFICE_CONFIG"].map(world.absolute) : nil, true),
            (world.places.configHome + "/suffice" == world.workingFolder ? nil : world.workingFolder, false),
            (world.places.configHome + "/suffice", true),
        ]
        for case let (folder?, isTrusted) in folders {
            let path = folder + "/suffice.toml"
            if FileManager.default.fileExists(atPath: path) { try add(path, isTrusted: isTrusted) }
        }
        return sources
    }

    /// Takes the judges that were fitted for the cascade, where there are any; without them plain checks decide.
    private mutating func readFittedCascade(_ path: String) {
        guard let cascade = policy.cascade, let bytes = FileManager.default.contents(atPath: path) else { return }
        func warn(_ text: String) {
            problems.append(ConfigurationProblem(weight: .warning, path: path, key: "", text: text))
        }
        guard let fitted = try? JSONDecoder().decode(FittedCascade.self, from: bytes) else {
            return warn("is damaged, and plain checks decide; move it away")
        }
        guard fitted.judgesAnswersAlone else {
            return warn("was fitted on what a gateway does not see, and plain checks decide; fit it on answers alone")
        }
        let models = fitted.cascade.attempts.map(\.model)
        guard models == cascade.models else {
            let names = models.map(\.rawValue).joined(separator: ", ")
            return warn("was fitted to try \(names), and plain checks decide; set try to these, or fit it again")
        }
        policy.cascade?.fitted = fitted
    }

    /// `SUFFICE_ROUTING_MODE`, `SUFFICE_ROUTING_DIAL`, `SUFFICE_SERVE_PORT`, `SUFFICE_SERVE_DASHBOARD_PORT`.
    private mutating func readEnvironment(_ world: World) {
        func read<Value>(_ variable: String, _ meant: String, _ value: (String) -> Value?) -> Value? {
            guard let text = world[variable] else { return nil }
            if let value = value(text) { return value }
            problems.append(
                ConfigurationProblem(weight: .error, path: variable, key: "", text: "is '\(text)'; write \(meant)")
            )
            return nil
        }
        func port(_ text: String) -> Int? { Int(text).flatMap { (0...65_535).contains($0) ? $0 : nil } }
        if let mode = read("SUFFICE_ROUTING_MODE", "off, observe or route", { RoutingPolicy.Mode(rawValue: $0) }) {
            policy.mode = mode
        }
        let dial = read("SUFFICE_ROUTING_DIAL", "a number from 0 to 1") {
            Double($0).flatMap { (0...1).contains($0) ? $0 : nil }
        }
        if let dial { policy.dial = dial }
        if let port = read("SUFFICE_SERVE_PORT", "a port from 0 to 65535", port) { serve.port = port }
        if let port = read("SUFFICE_SERVE_DASHBOARD_PORT", "a port from 0 to 65535", port) {
            serve.dashboardPort = port
        }
    }
}

extension GatewaySettings.Surroundings {
    fileprivate init(_ world: World) {
        self.init(
            variable: { world[$0] },
            absolute: { world.absolute($0) },
            file: { path in
                guard let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int,
                    let bytes = FileManager.default.contents(atPath: path), bytes.count <= 65_536
                else { return nil }
                return (String(decoding: bytes, as: UTF8.self), mode)
            }
        )
    }
}
