internal import Actions
internal import Domain
internal import JSONText

/// The names of tools with what they do; a log names few tools many times.
struct ToolNames {
    private var known: [UInt64: (name: String, kind: ToolKind)] = [:]

    mutating func tool(_ name: RawText) -> (name: String, kind: ToolKind) {
        let hash = name.hash()
        if let tool = known[hash] { return tool }
        let spelled = name.string
        let tool = (name: spelled, kind: ToolKind(toolNamed: spelled))
        known[hash] = tool
        return tool
    }
}
