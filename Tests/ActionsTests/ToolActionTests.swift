import Actions
import Domain
import Testing

@Suite struct ToolActionTests {
    @Test(arguments: [
        ("Read", ActionKind.readFile), ("Grep", .search), ("Glob", .search), ("LS", .list), ("MultiEdit", .edit),
        ("apply_patch", .edit), ("WebFetch", .fetch), ("WebSearch", .lookUp), ("Task", .delegate), ("Agent", .delegate),
        ("TodoWrite", .plan), ("update_plan", .plan), ("AskUserQuestion", .ask), ("Bash", .run),
        ("BashOutput", .inspect),
        ("web_search_call", .lookUp), ("READ_FILE", .readFile),
    ])
    func `an agent's own tool is for what its name says`(name: String, action: ActionKind) {
        #expect(ActionKind(toolNamed: name) == action)
    }

    @Test(arguments: [
        ("mcp__docs__search-pages", ActionKind.lookUp), ("mcp__browser__navigate", .fetch),
        ("mcp__browser__screenshot", .inspect), ("mcp__db__create_table", .edit), ("mcp__ide__executeCode", .other),
        ("mcp__github__create_pull_request", .writeGit), ("mcp__github__get_file_contents", .readGit),
        ("_fetch_pr", .readGit), ("server.list.things", .list),
    ])
    func `an MCP tool goes by the last verb in its name, a repository's host by whether it changes it`(
        name: String,
        action: ActionKind
    ) {
        #expect(ActionKind(toolNamed: name) == action)
    }

    @Test(arguments: ["", "mcp__x__frobnicate", "Frobnicate", "__", "."])
    func `what is unclear is other`(name: String) {
        #expect(ActionKind(toolNamed: name) == .other)
    }
}
