import Actions
import Domain
import Testing

@Suite struct ToolKindTests {
    @Test(arguments: [
        ("Read", ToolKind.read), ("Grep", .search), ("MultiEdit", .edit), ("apply_patch", .edit), ("Bash", .execute),
        ("container.exec", .execute), ("run_shell_command", .execute), ("WebSearch", .web), ("Task", .subagent),
        ("Agent", .subagent), ("TodoWrite", .plan), ("AskUserQuestion", .question),
    ])
    func `an agent's own tool is known by its name`(name: String, kind: ToolKind) {
        #expect(ToolKind(toolNamed: name) == kind)
    }

    @Test(arguments: [("BASH", ToolKind.execute), ("GREP", .search), ("Write_File", .edit)])
    func `in any case`(name: String, kind: ToolKind) {
        #expect(ToolKind(toolNamed: name) == kind)
    }

    @Test(arguments: [
        ("mcp__github__create_issue", ToolKind.edit), ("mcp__github__get_file_contents", .read),
        ("mcp__playwright__browser_click", .web), ("mcp__docs__search-pages", .search),
        ("mcp__shell__run", .execute), ("mcp__ide__run_query", .execute), ("list_dir", .read),
        ("delegate_to_agent", .subagent), ("ToolSearch", .search), ("server.list.things", .read),
    ])
    func `an MCP tool goes by the verbs in its name`(name: String, kind: ToolKind) {
        #expect(ToolKind(toolNamed: name) == kind)
    }

    @Test(arguments: ["", "mcp__x__frobnicate", "Frobnicate", "__", "."])
    func `what is unclear is other`(name: String) {
        #expect(ToolKind(toolNamed: name) == .other)
    }
}
