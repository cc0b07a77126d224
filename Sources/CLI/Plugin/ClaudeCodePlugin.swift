import Reports

/// The plugin for Claude Code, file by file; `Plugins/claude-code` in the repository holds the same.
///
/// What may stand where: code.claude.com/docs/en/plugins-reference.
struct ClaudeCodePlugin {
    static let name = "suffice"

    /// How the agent finds suffice: its name, or its path where no shell would find it.
    var command = "suffice"
    /// Whether it speaks up by itself: a line as a session starts, and a hint as a subagent does.
    var hasHooks = true

    /// Paths within the plugin's folder, and what stands there.
    var files: [(path: String, text: String)] {
        let always = [
            (".claude-plugin/plugin.json", manifest.text + "\n"), (".mcp.json", servers.text + "\n"),
            ("commands/savings.md", savings), ("commands/spend.md", spend), ("commands/model.md", model),
            ("README.md", readme),
        ]
        return hasHooks ? always + [("hooks/hooks.json", hooks.text + "\n")] : always
    }

    private var manifest: JSON {
        [
            "name": .string(Self.name), "version": .string(Suffice.version),
            "description": "Says which model suffices, what was spent, and what of it is recoverable.",
            "author": ["name": "Suffice"], "license": "MIT",
            // Nothing of it reaches beyond this machine.
            "network": ["hosts": []],
        ]
    }

    private var servers: JSON { ["mcpServers": ["suffice": ["command": .string(command), "args": ["mcp"]]]] }

    /// They answer within seconds, and are given up after ten: no session waits for them.
    private var hooks: JSON {
        let call: JSON = ["type": "command", "command": .string(shellCommand + " hook claude-code"), "timeout": 10]
        return [
            "description": "A line about the project's spend as a session starts; a hint as a subagent does.",
            "hooks": [
                "SessionStart": [["matcher": "startup", "hooks": [call]]],
                // Claude Code has called the tool both.
                "PreToolUse": [["matcher": "Agent|Task", "hooks": [call]]],
            ],
        ]
    }

    /// As a word of a shell.
    var shellCommand: String { command.quotedForShell }

    private var readme: String {
        """
        # Suffice for Claude Code

        Says which model suffices for a task, what this project's calls of models cost, and what of that is recoverable,
        from the logs on this machine; nothing leaves it.

        - `/suffice:savings`, `/suffice:spend`: the reports, and what stands out in them.
        - `/suffice:model TASK`: whether a cheaper model would do.
        - The MCP server `suffice mcp`, which Claude asks by itself before small tasks and subagents.
        - With `hooks/hooks.json`: a line about the spend as a session starts, and a hint where a cheaper model would do for
          a subagent. They never block anything.

        It needs `suffice` on this machine. `suffice onboard --claude-code` installs it, with `--hooks` its hooks, too;
        `suffice offboard` takes it away again.

        """
    }

    private var savings: String {
        """
        ---
        description: What of this project's spend is recoverable, and what to do about it
        allowed-tools: Bash(\(shellCommand) optimize:*)
        ---

        !`\(shellCommand) optimize --project . --format markdown`

        Say in a few sentences what of this is worth doing first, and what it would save. Savings are estimates: say so.
        Change nothing unasked.

        """
    }

    private var spend: String {
        """
        ---
        description: What this project's calls of models cost, day by day
        allowed-tools: Bash(\(shellCommand) spend:*)
        ---

        !`\(shellCommand) spend --by day --since 14d --project . --format markdown`

        Say what stands out. Money that ran on a subscription is API value, no bill.

        """
    }

    private var model: String {
        """
        ---
        description: Whether a cheaper model would do for a task
        argument-hint: the task
        ---

        Ask the tool should_downgrade_for_task about this task, and say what it answers and why, in two sentences:

        $ARGUMENTS

        """
    }
}
