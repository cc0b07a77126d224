package import Domain

extension ActionKind {
    /// What a call of a tool that is no shell is for, by the name its agent logs.
    ///
    /// For MCP tools (`mcp__SERVER__TOOL`) the verb in the tool's own name decides; what stays unclear is ``other``.
    /// Of a shell tool only its command tells: see ``CommandGlances``.
    package init(toolNamed name: String) {
        if let known = ActionKind.builtIn[name] {
            self = known
        } else if name.hasPrefix("mcp__") || name.contains("__") || name.contains(".") || name.hasPrefix("_") {
            self = ActionKind.mcp(name)
        } else {
            self = ActionKind.builtIn[name.lowercased()] ?? .other
        }
    }

    private static func mcp(_ name: String) -> ActionKind {
        let words = name.split(whereSeparator: { $0 == "_" || $0 == "-" || $0 == "." || $0 == "/" || $0 == ":" })
            .map { $0.lowercased() }
        let isRepository = words.contains { repositoryWords.contains($0) }
        for word in words.reversed() {
            guard let kind = verbs[word] else { continue }
            guard isRepository else { return kind }
            return kind == .edit || kind == .run ? .writeGit : .readGit
        }
        return .other
    }

    private static let repositoryWords: Set<String> = [
        "git", "github", "gitlab", "pr", "pull", "commit", "branch", "issue", "issues",
    ]

    private static let verbs: [String: ActionKind] = {
        var verbs: [String: ActionKind] = [:]
        func add(_ kind: ActionKind, _ words: String...) { for word in words { verbs[word] = kind } }
        add(.readFile, "read", "open")
        add(.list, "list", "ls", "tree")
        add(.fetch, "get", "fetch", "view", "show", "describe", "navigate", "browse", "download")
        add(.lookUp, "search", "find", "query", "grep", "lookup", "resolve", "docs", "ask")
        add(
            .edit,
            "write",
            "edit",
            "create",
            "update",
            "delete",
            "replace",
            "insert",
            "patch",
            "add",
            "merge",
            "remove"
        )
        add(.run, "run", "exec", "execute", "shell", "bash", "click", "type", "press", "javascript", "evaluate", "fill")
        add(.inspect, "screenshot", "snapshot", "console", "logs", "status", "diagnostics")
        add(.test, "test", "tests")
        add(.build, "build", "compile")
        return verbs
    }()

    private static let builtIn: [String: ActionKind] = {
        var kinds: [String: ActionKind] = [:]
        func add(_ kind: ActionKind, _ names: String...) { for name in names { kinds[name] = kind } }
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
        add(.lookUp, "WebSearch", "web_search", "websearch", "google_web_search", "web_search_call", "ToolSearch")
        add(.lookUp, "tool_search_call", "fetch_copilot_cli_documentation", "librarian", "tool_search")
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
        return kinds
    }()
}
