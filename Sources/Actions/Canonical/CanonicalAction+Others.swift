internal import Domain
internal import JSONText

extension CanonicalAction {
    /// Everything that is no file, search or command: by what it asks for, not by how it is worded.
    init(other input: ToolInput, by tool: String, _ kind: ActionKind) {
        switch kind {
        case .fetch where input.field("url")?.text != nil:
            let address = normalizedAddress(input.field("url")?.text ?? "")
            self.init(.fetch, [address], "fetch \(address)")
        case .lookUp where input.field("query")?.text != nil:
            let query = (input.field("query")?.text ?? "").lowercased().split(whereSeparator: \.isWhitespace)
            self.init(.lookUp, [], "look up " + query.joined(separator: " "))
        case .delegate:
            let agent = input.field("subagent_type", "agent_type", "agent", "agent_name")?.text ?? ""
            let model = input.field("model")?.text ?? ""
            self.init(.delegate, [agent], "delegate \(agent) \(model)")
        case .plan:
            let steps = input.field("todos", "plan", "tasks", "items")?.elements ?? []
            let states = steps.compactMap { $0["status"]?.text ?? $0["state"]?.text }
            let name = input.field("skill", "name", "command")?.text ?? ""
            self.init(.plan, name.isEmpty ? [] : [name], (["plan", name] + states).joined(separator: " "))
        case .ask: self.init(.ask, [], "ask")
        default:
            self.init(kind, [tool], "call \(tool) " + input.value.withoutProse.canonicalText)
        }
    }
}

extension JSONTree {
    /// Without the fields in which models say why.
    fileprivate var withoutProse: JSONTree {
        guard case .object(let members) = self else { return self }
        let prose: Set<String> = ["description", "title", "reason", "justification", "explanation"]
        return .object(members.filter { !prose.contains($0.name) && $0.value != .null })
    }
}

/// An address without what does not change where it leads: letters of its host, its usual port, a fragment.
private func normalizedAddress(_ address: String) -> String {
    var address = String(address.split(separator: "#", omittingEmptySubsequences: false).first ?? "")
    guard let start = address.firstRange(of: "://")?.upperBound else { return address }
    let end = address[start...].firstIndex { $0 == "/" || $0 == "?" } ?? address.endIndex
    let scheme = address[..<start].lowercased()
    var host = address[start..<end].lowercased()
    for usual in [("https://", ":443"), ("http://", ":80")] where scheme == usual.0 && host.hasSuffix(usual.1) {
        host.removeLast(usual.1.count)
    }
    let rest = String(address[end...])
    address = scheme + host + (rest.isEmpty ? "/" : rest)
    return address
}
