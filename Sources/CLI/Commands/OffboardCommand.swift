import ArgumentParser
import Domain
import Foundation
import Reports
import Settings

/// Leaves the machine as it was before `onboard` and `rules apply`.
struct OffboardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offboard",
        abstract: "Takes every trace of Suffice out of your agents' settings.",
        discussion: """
            Files that nobody edited since are again as they were, to the byte; in others only what Suffice wrote goes. \
            What Suffice knows of your spend stays, until you remove its folder.
            """
    )

    func run() throws {
        let world = World.current()
        var lines: [String] = []
        var isWhole = true
        for id in world.changeIDs {
            do {
                for undone in try world.changes.undo(id) { lines.append(undone.text) }
            } catch {
                isWhole = false
                Output.trouble("\(error)")
            }
        }
        if let folder = world.claudeCodeFolder {
            let path = folder + "/skills/" + ClaudeCodePlugin.name
            let (removed, kept) = PluginFolder(path: path, dataFolder: world.dataFolder).remove(
                ClaudeCodePlugin(command: world.sufficeCommand).files
            )
            if removed { lines.append("removed  \(path)") }
            for path in kept { lines.append("kept     \(path): it was edited since; remove it by hand") }
        }
        for path in world.settingsThatNameSuffice {
            lines.append("left     \(path) names suffice: nothing of that was written by suffice; take it out by hand")
        }
        if lines.isEmpty { lines.append("Nothing of Suffice is in your agents' settings.") }
        if FileManager.default.fileExists(atPath: world.dataFolder) {
            lines.append("Its own data stays in \(world.dataFolder); remove that folder to be rid of it.")
        }
        try Output.answer(lines.map { $0.visible + "\n" }.joined())
        if !isWhole { throw CommandError.failed("not everything could be taken back: see above") }
    }
}

extension World {
    /// The changes that hold, the last one first: each is taken back from where it led.
    fileprivate var changeIDs: [String] {
        let folder = changes.folder
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let dated = names.filter { $0.hasSuffix(".json") }.map { name in
            let facts = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            return (id: String(name.dropLast(5)), time: facts?[.modificationDate] as? Date ?? .distantPast)
        }
        return dated.sorted { ($0.time, $0.id) > ($1.time, $1.id) }.map(\.id)
    }

    /// Settings that start suffice by the user's own hand, such as a guard's hook.
    fileprivate var settingsThatNameSuffice: [String] {
        let claude = ["settings.json", "settings.local.json"].compactMap { name in
            claudeCodeFolder.map { $0 + "/" + name }
        }
        let codex = codexFolder.map { [$0 + "/config.toml"] } ?? []
        return (claude + codex).filter { path in
            FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }?
                .contains(/\bsuffice\b/) ?? false
        }
    }
}

extension UndoneChange {
    fileprivate var text: String {
        switch outcome {
        case .restored: "restored \(path)"
        case .keysReverted(_, leftAsEdited: 0): "reverted \(path): only what Suffice wrote, since it was edited"
        case .keysReverted(_, let left): "reverted \(path), but for \(left) that you have changed yourself"
        case .nothingLeft:
            // A project's settings lie in a folder of its own.
            FileManager.default.fileExists(atPath: (path as NSString).deletingLastPathComponent)
                || FileManager.default.fileExists(
                    atPath: ((path as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
                )
                ? "nothing of Suffice was left in \(path)"
                : "gone     \(path): where its folder was moved, take out by hand what suffice wrote"
        }
    }
}
