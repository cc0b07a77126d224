package import Domain

extension ToolKind {
    /// What a tool does, by the name its agent logs.
    ///
    /// Knows the built-in tools of the agents Suffice reads; for MCP tools (`mcp__SERVER__TOOL`) the verb in the
    /// tool's own name decides, and what stays unclear is ``other``.
    package init(toolNamed name: String) {
        if let known = ToolKind.builtIn[name] {
            self = known
        } else if name.hasPrefix("mcp__") || name.contains("__") || name.contains(".") {
            self = ToolKind.mcp(name)
        } else {
            self = ToolKind.builtIn[name.lowercased()] ?? .other
        }
    }

    private static func mcp(_ name: String) -> ToolKind {
        let verb = name.split(whereSeparator: { $0 == "_" || $0 == "-" || $0 == "." || $0 == "/" })
        for word in verb.reversed() {
            switch word.lowercased() {
            case "read", "get", "list", "fetch", "view", "show", "describe": return .read
            case "search", "find", "query", "grep", "lookup", "resolve": return .search
            case "write", "edit", "create", "update", "delete", "replace", "insert", "patch": return .edit
            case "run", "exec", "execute", "shell", "bash": return .execute
            case "navigate", "browse", "click", "screenshot": return .web
            default: continue
            }
        }
        return .other
    }

    private static let builtIn: [String: ToolKind] = {
        var kinds: [String: ToolKind] = [:]
        func add(_ kind: ToolKind, _ names: String...) {
            for name in names { kinds[name] = kind }
        }
        add(.read, "Read", "NotebookRead", "LS", "BashOutput", "TaskOutput", "view", "read", "ls", "list", "cat")
        add(.read, "read_file", "read_many_files", "list_directory", "view_image", "ReadFile", "read_bash")
        add(.read, "ListMcpResourcesTool", "ReadMcpResourceTool", "list_mcp_resources", "read_mcp_resource")
        add(.search, "Grep", "Glob", "ToolSearch", "grep", "glob", "find", "search", "rg", "codebase_search_agent")
        add(.search, "search_file_content", "grep_search", "finder", "list_dir", "lsp")
        add(.edit, "Edit", "MultiEdit", "Write", "NotebookEdit", "edit", "write", "create", "multiedit", "patch")
        add(.edit, "apply_patch", "write_file", "replace", "edit_file", "create_file", "str_replace", "insert")
        add(.edit, "str_replace_editor", "undo_edit", "format_file")
        add(.execute, "Bash", "PowerShell", "KillShell", "KillBash", "Monitor", "bash", "powershell", "shell", "exec")
        add(.execute, "exec_command", "write_stdin", "local_shell", "local_shell_call", "container.exec")
        add(
            .execute,
            "run_shell_command",
            "shell_command",
            "unified_exec",
            "write_bash",
            "stop_bash",
            "repl",
            "js_repl"
        )
        add(.web, "WebFetch", "WebSearch", "web_fetch", "webfetch", "web_search", "websearch", "google_web_search")
        add(.web, "web_search_call", "read_web_page", "fetch")
        add(.subagent, "Task", "Agent", "SendMessage", "Workflow", "task", "oracle", "spawn_agent", "wait_agent")
        add(.subagent, "send_input", "resume_agent", "close_agent", "wait", "subagent", "delegate")
        add(.plan, "TodoWrite", "TodoRead", "TaskCreate", "TaskUpdate", "TaskList", "TaskGet", "EnterPlanMode")
        add(.plan, "ExitPlanMode", "exit_plan_mode", "update_plan", "todowrite", "todoread", "todo_write")
        add(.plan, "report_intent", "update_todo", "save_memory", "Skill", "activate_skill", "skill", "think")
        add(.question, "AskUserQuestion", "ask_user", "ask_user_question", "request_user_input", "question")
        return kinds
    }()
}
