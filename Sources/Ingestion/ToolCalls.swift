internal import Actions
internal import Domain
internal import JSONText

/// Makes tool calls of what a log says of them, the same for every agent.
///
/// Remembers names and buffers: a log holds few tools many times.
struct ToolCalls {
    /// A tool as its agent names it.
    struct Tool {
        var name: String
        var nameHash: UInt64
        var kind: ToolKind
        var action: ActionKind
        /// How a shell's command lines are to be read; nil for other tools.
        var dialect: ShellDialect?
    }

    private var known: [UInt64: Tool] = [:]
    private var glances = CommandGlances()
    private var folder: [UInt8] = []
    private var folderName = ""
    /// The folder as its log spells it.
    private var spelledFolder: [UInt8] = []
    private var text: [UInt8] = []

    mutating func tool(_ name: RawText) -> Tool {
        let hash = name.hash()
        if let tool = known[hash] { return tool }
        let tool = ToolCalls.tool(named: name.string, hash: hash)
        known[hash] = tool
        return tool
    }

    /// A tool whose name is put together, such as one of a namespace.
    static func tool(named name: String, hash: UInt64) -> Tool {
        let (isPowerShell, meaning) = (name == "PowerShell" || name == "powershell", ToolMeaning(toolNamed: name))
        return Tool(
            name: name,
            nameHash: hash,
            kind: meaning.kind,
            action: meaning.action,
            dialect: meaning.kind != .execute ? nil : isPowerShell ? .powerShell : .posix
        )
    }

    /// Notes the session's folder, in which its commands run.
    mutating func enter(_ name: String) {
        guard name != folderName else { return }
        folderName = name
        folder = Array(name.utf8)
    }

    mutating func enter(_ name: RawText) {
        if spelledFolder.withUnsafeBytes({ bytesAreEqual($0, name.bytes) }) { return }
        spelledFolder = Array(name.bytes)
        folder = name.unescaped
    }

    /// A call whose input is logged as a JSON object.
    mutating func call(
        _ key: UInt64,
        of call: CallKey,
        to tool: Tool,
        with input: UnsafeRawBufferPointer
    ) -> ToolCall {
        var arguments = JSONScanner(input, layout: .document)
        guard tool.dialect == nil else {
            return self.call(key, of: call, to: tool, with: input, target: nil, command: arguments.shellCommand())
        }
        return self.call(key, of: call, to: tool, with: input, target: arguments.targetPath()?.textHash)
    }

    /// A call whose input has been looked at.
    mutating func call(
        _ key: UInt64,
        of call: CallKey,
        to tool: Tool,
        with input: UnsafeRawBufferPointer,
        target: UInt64?,
        command: ShellCommand? = nil
    ) -> ToolCall {
        var made = ToolCall(
            key: key,
            call: call,
            name: tool.name,
            kind: tool.kind,
            action: tool.action,
            inputBytes: input.count,
            actionHash: 0,
            targetHash: target
        )
        if let command, let dialect = tool.dialect {
            let glance = glance(at: command, dialect)
            (made.action, made.command, made.actionHash) = (glance.kind, glance.command, glance.hash)
        } else {
            made.actionHash = stableHash(input, seed: tool.nameHash)
        }
        return made
    }

    private mutating func glance(at command: ShellCommand, _ dialect: ShellDialect) -> CommandGlance {
        let place = command.folder.map { $0.hasEscapes ? $0.unescaped : Array($0.bytes) } ?? []
        guard let line = command.line else {
            let line = command.joined
            return line.withUnsafeBytes { glance(at: $0, from: place, dialect) }
        }
        guard line.hasEscapes else { return glance(at: line.bytes, from: place, dialect) }
        let count = line.unescape(into: &text)
        // Out of the struct while it is read, so that nothing is copied when the struct changes.
        var unescaped: [UInt8] = []
        swap(&unescaped, &text)
        defer { swap(&unescaped, &text) }
        return unescaped.withUnsafeBytes { bytes in
            glance(at: UnsafeRawBufferPointer(rebasing: bytes[..<count]), from: place, dialect)
        }
    }

    private mutating func glance(
        at line: UnsafeRawBufferPointer,
        from place: [UInt8],
        _ dialect: ShellDialect
    ) -> CommandGlance {
        folder.withUnsafeBytes { folder in
            place.withUnsafeBytes { glances.glance(at: line, in: folder, from: $0, dialect: dialect) }
        }
    }
}
