import Foundation
import Settings
import Statistics

/// A settings file as some user may have written it.
struct GeneratedSettings {
    var name: String
    var form: SettingsForm
    var bytes: [UInt8]
    var edits: [SettingsEdit]
    /// Something a user does to the file by hand later, in a place that is not ours; also possible without our change.
    var handEdit: (from: String, to: String)
    /// Permissions, of which one in eight lets nobody write.
    var mode: mode_t

    var isReadOnly: Bool { mode & S_IWUSR == 0 }

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        mode = [0o644, 0o600, 0o640, 0o664, 0o755, 0o644, 0o600, 0o444][Int(seed % 8)]
        let isJSON = random.nextUnit() < 0.6
        form = isJSON ? .json : .toml
        name = isJSON ? "settings.json" : "config.toml"
        let mark = "mine-\(seed)"
        handEdit = (mark, "changed by hand, é")
        let lineBreak = random.nextUnit() < 0.3 ? "\r\n" : "\n"
        var text = isJSON ? json(&random, mark) : toml(&random, mark)
        if random.nextUnit() < 0.3 { while text.hasSuffix("\n") { text.removeLast() } }
        text = text.replacing("\n", with: lineBreak)
        bytes = (random.nextUnit() < 0.2 ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
        let all: [SettingsEdit] =
            isJSON
            ? [
                .set(path: ["model"], value: "haiku"),
                .set(path: ["env", "CLAUDE_CODE_SUBAGENT_MODEL"], value: "haiku"),
                .append(path: ["hooks", "SessionStart"], value: ["command": "suffice", "timeout": 5]),
                .set(path: ["a", "b", "c"], value: true),
                .remove(path: ["effort"]),
            ]
            : [
                .set(path: ["model"], value: "gpt-5.4-mini"),
                .set(path: ["profiles", "small", "model"], value: "gpt-5.4-mini"),
                .append(path: ["route"], value: ["when": ["phase": "classify"], "use": "haiku"]),
                .set(path: ["a", "b", "c"], value: true),
                .remove(path: ["effort"]),
            ]
        let count = 1 + random.nextIndex(below: 3)
        edits = Array(all.shuffled(using: &random).prefix(count))
    }
}

private func json(_ random: inout SeededGenerator, _ mark: String) -> String {
    let step = ["  ", "    ", "\t"][random.nextIndex(below: 3)]
    let isCompact = random.nextUnit() < 0.2
    let hasComments = !isCompact && random.nextUnit() < 0.5
    let hasTrailingComma = random.nextUnit() < 0.3
    let colon = isCompact && random.nextUnit() < 0.5 ? ":" : ": "
    var members = ["\"note\"\(colon)\"\(mark)\""]
    if random.nextUnit() < 0.5 { members.append("\"model\"\(colon)\"opus\"") }
    if random.nextUnit() < 0.3 { members.append("\"effort\"\(colon)\"high\"") }
    if random.nextUnit() < 0.3 { members.append("\"list\"\(colon)[1, {\"x\": null}, \"// no comment\"]") }
    if random.nextUnit() < 0.3 { members.append("\"num\"\(colon)1.50e+3") }
    func object(_ inner: [String], _ depth: Int) -> String {
        if isCompact {
            return "{" + inner.joined(separator: colon == ":" ? "," : ", ") + (hasTrailingComma ? "," : "") + "}"
        }
        let indent = String(repeating: step, count: depth + 1)
        var text = "{\n"
        for (index, member) in inner.enumerated() {
            if hasComments, random.nextUnit() < 0.3 { text += "\(indent)// about \"this\", {\n" }
            text += indent + member
            if index + 1 < inner.count || hasTrailingComma { text += "," }
            if hasComments, random.nextUnit() < 0.3 { text += random.nextUnit() < 0.5 ? " // so" : " /* so */" }
            text += "\n"
        }
        if hasComments, random.nextUnit() < 0.2 { text += "\(indent)/* end\n\(indent)of it */\n" }
        return text + String(repeating: step, count: depth) + "}"
    }
    if random.nextUnit() < 0.4 { members.append("\"env\"\(colon)" + object(["\"FOO\"\(colon)\"1\""], 1)) }
    if random.nextUnit() < 0.3 {
        members.append("\"hooks\"\(colon)" + object(["\"SessionStart\"\(colon)[{\"command\": \"mine\"}]"], 1))
    }
    members.shuffle(using: &random)
    let before = hasComments && random.nextUnit() < 0.4 ? "// my settings\n" : ""
    return before + object(members, 0) + "\n"
}

private func toml(_ random: inout SeededGenerator, _ mark: String) -> String {
    func comment() -> String { random.nextUnit() < 0.25 ? " # so = [x]" : "" }
    var root = ["note = \"\(mark)\""]
    if random.nextUnit() < 0.5 { root.append("model = 'gpt-5'") }
    if random.nextUnit() < 0.3 { root.append("effort = \"high\"") }
    if random.nextUnit() < 0.3 { root.append("list = [\n  1, # one\n  \"two\",\n]") }
    if random.nextUnit() < 0.3 { root.append("when = 2026-08-01T12:00:00Z") }
    if random.nextUnit() < 0.3 { root.append("text = \"\"\"\nmodel = \"no\"\n[no]\n\"\"\"") }
    if random.nextUnit() < 0.2 { root.append("a.x = 1") }
    root.shuffle(using: &random)
    var tables: [String] = []
    if random.nextUnit() < 0.4 { tables.append("[profiles.small]\(comment())\nx = 1\(comment())\n") }
    if random.nextUnit() < 0.3 { tables.append("[profiles.big]\nmodel = \"gpt-5\"\n") }
    if random.nextUnit() < 0.3 {
        tables.append("# of routes\n[[route]]\nuse = \"a\"\(comment())\n\n[[route]]\nuse = \"b\"\n")
    }
    if random.nextUnit() < 0.3 { tables.append("[mcp_servers.\"a.b\"]\ncommand = \"x\"\nenv = { K = \"v\" }\n") }
    tables.shuffle(using: &random)
    let head = random.nextUnit() < 0.4 ? "# my settings\n\n" : ""
    return head + root.map { $0 + ($0.hasSuffix("\"\"\"") ? "" : comment()) + "\n" }.joined()
        + tables.map { "\n" + $0 }.joined()
}
