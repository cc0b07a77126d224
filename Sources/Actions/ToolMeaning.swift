package import Domain

/// What a tool that is no shell is for, and what it does, by the name its agent logs.
///
/// Knows the built-in tools of the agents Suffice reads. For MCP tools (`mcp__SERVER__TOOL`) the verbs in the tool's
/// own name decide; a call that may change something is never taken for a look, and what stays unclear is other.
package struct ToolMeaning {
    package var action: ActionKind
    package var kind: ToolKind

    /// An action, with the kind of tool that takes it.
    private init(_ action: ActionKind, kind: ToolKind? = nil) {
        self.action = action
        self.kind = kind ?? ToolMeaning.kind(of: action)
    }

    private static func kind(of action: ActionKind) -> ToolKind {
        switch action {
        case .readFile, .list, .readGit, .inspect: .read
        case .search: .search
        case .edit, .format, .arrangeFiles, .writeGit: .edit
        case .run: .execute
        case .fetch, .lookUp: .web
        case .delegate: .subagent
        case .plan: .plan
        case .ask: .question
        case .other, .lint, .test, .build, .package: .other
        }
    }

    package init(toolNamed name: String) {
        if let known = ToolMeaning.builtIn[name] {
            self = known
        } else if name.hasPrefix("mcp__") || name.contains("__") || name.contains(".") || name.hasPrefix("_") {
            self = ToolMeaning.ofServer(name)
        } else {
            self = ToolMeaning.builtIn[name.lowercased()] ?? ToolMeaning(.other)
        }
    }

    // Tools of MCP servers.

    private static func ofServer(_ name: String) -> ToolMeaning {
        let (server, own) = parts(of: name)
        let (ownWords, serverWords) = (words(of: own), words(of: server))
        let meaning = meaning(of: ownWords, server: serverWords)
        guard (ownWords + serverWords).contains(where: { repositoryWords.contains($0) }) else {
            return meaning ?? ToolMeaning(.other)
        }
        // On a repository's host a request is opened, not looked into.
        guard let meaning = meaning ?? (ownWords.first == "open" ? ToolMeaning(.edit) : nil) else {
            return ToolMeaning(.other)
        }
        return ToolMeaning(meaning.action.isObservation ? .readGit : .writeGit, kind: meaning.kind)
    }

    /// The server's name and the tool's own.
    private static func parts(of name: String) -> (server: Substring, own: Substring) {
        let (bytes, underscore) = (name.utf8, UInt8(ascii: "_"))
        var last = bytes.endIndex
        while let own = bytes[..<last].lastIndex(of: underscore), own > bytes.startIndex {
            let server = bytes.index(before: own)
            if bytes[server] == underscore { return (name[..<server], name[bytes.index(after: own)...]) }
            last = own
        }
        guard let dot = bytes.firstIndex(of: UInt8(ascii: ".")) else { return ("", name[...]) }
        return (name[..<dot], name[bytes.index(after: dot)...])
    }

    private static func words(of name: Substring) -> [String] {
        name.utf8.split { byte in
            switch byte {
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"): true
            default: false
            }
        }.map { Substring($0).lowercased() }
    }

    private static func meaning(of words: [String], server: [String]) -> ToolMeaning? {
        // `browser_click`, `notion-search`: what stands first may only say whose tool it is.
        let first = words.first { !scopes.contains($0) && !server.contains($0) } ?? words.first ?? ""
        if first == "resolve", words.contains("library") { return ToolMeaning(.lookUp, kind: .search) }
        if let change = words.lazy.compactMap({ changes[$0] }).first { return change }
        if let start = firstChanges[first] { return start }
        if let run = words.lazy.compactMap({ runs[$0] }).first {
            if words.contains("test") || words.contains("tests") { return ToolMeaning(.test) }
            return words.contains("build") ? ToolMeaning(.build) : run
        }
        return firstLooks[first] ?? words.lazy.compactMap { looks[$0] }.first
    }

    private static let repositoryWords: Set<String> = [
        "git", "github", "gitlab", "pr", "pull", "commit", "branch", "issue", "issues",
    ]

    private static let scopes: Set<String> = ["api", "browser", "page", "web", "take"]

    private static func table(_ rows: (ToolMeaning, String)...) -> [String: ToolMeaning] {
        var table: [String: ToolMeaning] = [:]
        for (meaning, words) in rows {
            for word in words.split(separator: " ") { table[String(word)] = meaning }
        }
        return table
    }

    /// Verbs that change something wherever in a name they stand.
    private static let changes = table(
        (ToolMeaning(.edit), "write edit create update delete replace insert patch add merge remove rename upload"),
        (ToolMeaning(.edit), "modify append upsert save send submit publish approve reject cancel assign unassign"),
        (ToolMeaning(.edit), "enable disable install uninstall deploy destroy purge restore revert reopen duplicate")
    )

    /// Verbs that run something wherever they stand.
    private static let runs = table(
        (ToolMeaning(.run), "run exec execute shell bash"),
        (ToolMeaning(.run, kind: .web), "click press fill javascript evaluate")
    )

    /// Words that change or run something where a name begins with them, and are nouns elsewhere.
    private static let firstChanges = table(
        (ToolMeaning(.edit), "set put move post push close copy import commit comment archive clear reset drop"),
        (ToolMeaning(.edit), "review label lock fork star sync transition"),
        (ToolMeaning(.run, kind: .web), "type"),
        (ToolMeaning(.test), "test tests"),
        (ToolMeaning(.build), "build compile")
    )

    /// Verbs that look wherever they stand, if nothing says otherwise.
    private static let looks = table(
        (ToolMeaning(.readFile), "read"),
        (ToolMeaning(.fetch, kind: .read), "get fetch describe"),
        (ToolMeaning(.fetch), "navigate browse download"),
        (ToolMeaning(.lookUp, kind: .search), "find grep lookup")
    )

    /// Words that look where a name begins with them, and are nouns elsewhere (`pin_list`).
    private static let firstLooks = table(
        (ToolMeaning(.list), "list ls tree"),
        (ToolMeaning(.fetch, kind: .read), "view show"),
        (ToolMeaning(.lookUp, kind: .search), "search query docs ask"),
        (ToolMeaning(.inspect), "logs status diagnostics"),
        (ToolMeaning(.inspect, kind: .web), "screenshot snapshot console")
    )

    private static let builtIn: [String: ToolMeaning] = {
        var tools: [String: ToolMeaning] = [:]
        func add(_ action: ActionKind, _ names: String..., kind: ToolKind? = nil) {
            for name in names { tools[name] = ToolMeaning(action, kind: kind) }
        }
        add(.readFile, "Read", "NotebookRead", "view", "read", "cat", "read_file", "read_many_files", "view_image")
        add(.readFile, "ReadFile", "ReadMcpResourceTool", "read_mcp_resource", "readfile", "open_file")
        add(.list, "LS", "ls", "list", "list_directory", "list_dir", "ListMcpResourcesTool", "list_mcp_resources")
        add(.search, "Grep", "Glob", "grep", "glob", "find", "search", "rg", "search_file_content", "grep_search")
        add(.search, "codebase_search_agent", "finder", "lsp", "LSP", "grep_files", "codesearch")
        add(.edit, "Edit", "MultiEdit", "Write", "NotebookEdit", "edit", "write", "create", "multiedit", "patch")
        add(.edit, "apply_patch", "write_file", "replace", "edit_file", "create_file", "str_replace", "insert")
        add(.edit, "str_replace_editor", "undo_edit", "smart_edit")
        add(.format, "format_file")
        add(.inspect, "BashOutput", "TaskOutput", "AgentOutputTool", "read_bash", "get_diagnostics", "list_bash")
        add(.run, "Bash", "PowerShell", "KillShell", "KillBash", "Monitor", "bash", "powershell", "shell", "exec")
        add(.run, "exec_command", "write_stdin", "local_shell", "local_shell_call", "container.exec", "unified_exec")
        add(.run, "run_shell_command", "shell_command", "write_bash", "stop_bash", "repl", "js_repl", "TaskStop")
        add(.fetch, "WebFetch", "web_fetch", "webfetch", "read_web_page", "fetch", "image_generation_call")
        add(.lookUp, "WebSearch", "web_search", "websearch", "google_web_search", "web_search_call")
        add(.lookUp, "fetch_copilot_cli_documentation", "librarian")
        add(.lookUp, "ToolSearch", "tool_search", "tool_search_call", kind: .search)
        add(.delegate, "Task", "Agent", "SendMessage", "Workflow", "task", "oracle", "spawn_agent", "wait_agent")
        add(.delegate, "send_input", "resume_agent", "close_agent", "wait", "subagent", "delegate", "delegate_to_agent")
        add(.plan, "TodoWrite", "TodoRead", "TaskCreate", "TaskUpdate", "TaskList", "TaskGet", "EnterPlanMode")
        add(
            .plan,
            "ExitPlanMode",
            "exit_plan_mode",
            "update_plan",
            "todowrite",
            "todoread",
            "todo_write",
            "write_todos"
        )
        add(.plan, "report_intent", "update_todo", "save_memory", "Skill", "activate_skill", "skill", "think")
        add(.plan, "todo_read", "sequentialthinking")
        add(.ask, "AskUserQuestion", "ask_user", "ask_user_question", "request_user_input", "question")
        return tools
    }()
}

extension ActionKind {
    /// What a call of a tool is for; of a shell tool only its command tells: see ``CommandGlances``.
    package init(toolNamed name: String) { self = ToolMeaning(toolNamed: name).action }
}

extension ToolKind {
    /// What a tool does.
    package init(toolNamed name: String) { self = ToolMeaning(toolNamed: name).kind }
}
