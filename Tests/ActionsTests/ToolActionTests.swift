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
        ("_fetch_pr", .readGit), ("server.list.things", .list), ("mcp__context7__resolve-library-id", .lookUp),
        ("mcp__github__pull_request_read", .readGit), ("mcp__ide__run_tests", .test),
        ("mcp__notion__notion-search", .lookUp),
        ("mcp__playwright__browser_take_screenshot", .inspect), ("mcp__deploy__get_status", .fetch),
    ])
    func `an MCP tool goes by the verbs in its name, a repository's host by whether it changes it`(
        name: String,
        action: ActionKind
    ) {
        #expect(ActionKind(toolNamed: name) == action)
    }

    @Test(arguments: [
        ("mcp__x__update_status", ActionKind.edit), ("mcp__x__delete_logs", .edit), ("mcp__x__create_list", .edit),
        ("mcp__x__create_snapshot", .edit), ("mcp__x__write_docs", .edit), ("mcp__db__run_query", .run),
        ("mcp__linear__update_issue_status", .writeGit), ("mcp__github__open_pull_request", .writeGit),
        ("mcp__x__search_and_replace", .edit), ("mcp__x__get_or_create_view", .edit), ("mcp__x__set_status", .edit),
        ("mcp__x__restore_snapshot", .edit), ("mcp__x__pin_list", .other), ("mcp__x__resolve_thread", .other),
        ("mcp__x__open_valve", .other), ("mcp__x__flush_logs", .other), ("mcp__x__execute_search", .run),
    ])
    func `a call that may change something is never a look, whatever nouns its tool's name holds`(
        name: String,
        action: ActionKind
    ) {
        #expect(ActionKind(toolNamed: name) == action)
        #expect(!ActionKind(toolNamed: name).isObservation)
    }

    @Test(arguments: ["", "mcp__x__frobnicate", "Frobnicate", "__", "."])
    func `what is unclear is other`(name: String) {
        #expect(ActionKind(toolNamed: name) == .other)
    }
}
