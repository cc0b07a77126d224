import JSONText
import Testing

@testable import Actions

@Suite struct EquivalenceTests {
    private func call(_ tool: String, _ input: String, in folder: String = "/app") -> ComparedCall {
        ComparedCall(tool: tool, input: JSONTree(input) ?? .string(input), place: ActionPlace(folder: folder))
    }

    private func shell(_ line: String) -> ComparedCall { call("Bash", JSONTree.object(command: line)) }

    private func common(_ a: ComparedCall, _ b: ComparedCall, _ files: KnownFiles = KnownFiles()) -> Equivalence {
        Equivalence(of: a, and: b, knowing: files)
    }

    @Test func `what is spelled alike is identical, what means the same is canonically equal`() {
        let recorded = call("Bash", #"{"command":"go test ./...","description":"a"}"#)
        #expect(common(recorded, recorded) == Equivalence(level: .identical, reason: .sameInput))
        let raw = call("Bash", #"{"command":"cd /app && go test ./... 2>&1 | tail -5","timeout":"5000"}"#)
        #expect(common(recorded, raw) == Equivalence(level: .canonical, reason: .sameAction))
        #expect(common(recorded, shell("cd /else && go test ./...")).level == .intent)
    }

    // Changes, by what they come to.

    private let before = KnownFiles(before: ["/app/a.go": .text("one\ntwo\nthree\n")])

    private func edit(_ old: String, _ new: String) -> ComparedCall {
        call("Edit", JSONTree.object(path: "/app/a.go", old: old, new: new))
    }

    @Test(arguments: [
        ("two", "2", EquivalenceLevel.identical, Equivalence.Reason.sameInput),
        ("one\ntwo", "one\n2", .effect, .sameResult), ("two\n", "2  \n", .effect, .sameResult),
        ("two", "  2", .effectButForSpace, .sameResultButForSpace), ("two", "zwei", .intent, .sameSpan),
        ("three", "3", .intent, .samePath), ("four", "2", .intent, .doesNotApply), ("e", "2", .intent, .doesNotApply),
    ])
    func `edits are applied to the file as it was`(
        old: String,
        new: String,
        level: EquivalenceLevel,
        reason: Equivalence.Reason
    ) {
        let found = common(edit("two", "2"), edit(old, new), before)
        #expect(found == Equivalence(level: level, reason: reason))
    }

    @Test func `an edit, a whole file, a patch and several edits that leave the same text have the same effect`() {
        let recorded = edit("two", "2")
        let write = call("Write", #"{"file_path":"a.go","content":"one\n2\nthree\n"}"#)
        #expect(common(recorded, write, before).level == .effect)
        let patch = call("apply_patch", "*** Begin Patch\n*** Update File: a.go\n@@\n one\n-two\n+2\n*** End Patch")
        #expect(common(recorded, patch, before).level == .effect)
        let several = call(
            "MultiEdit",
            #"{"file_path":"a.go","edits":[{"old_string":"two","new_string":"x"},{"old_string":"x","new_string":"2"}]}"#
        )
        #expect(common(recorded, several, before).level == .effect)
        #expect(common(recorded, write).level == .intent, "nothing is known of the file")
    }

    // Looks.

    private func read(_ range: String) -> ComparedCall { call("Read", #"{"file_path":"/app/a.go"\#(range)}"#) }

    @Test(arguments: [
        ("", #","offset":1,"limit":50"#, EquivalenceLevel.effect, Equivalence.Reason.sameLines),
        (#","offset":10,"limit":5"#, "", .intent, .coversLines),
        ("", #","offset":10,"limit":5"#, .intent, .coveredLines),
        (#","offset":10,"limit":5"#, #","offset":12,"limit":9"#, .intent, .samePath),
        (#","offset":"10","limit":5"#, #","offset":10,"limit":"5""#, .canonical, .sameAction),
    ])
    func `lines that are read are clipped to the length of the file`(
        one: String,
        other: String,
        level: EquivalenceLevel,
        reason: Equivalence.Reason
    ) {
        let files = KnownFiles(lineCounts: ["/app/a.go": 40])
        #expect(common(read(one), read(other), files) == Equivalence(level: level, reason: reason))
    }

    @Test func `searches that find the same in what both look at have the same effect`() {
        let recorded = call("Grep", #"{"pattern":"needle","path":"/app/src"}"#)
        let wide = shell("rg needle")
        #expect(common(recorded, wide, KnownFiles(found: ["/app/src/a.go"])).level == .effect)
        #expect(common(wide, recorded, KnownFiles(found: ["/app/doc/a.md"])).reason == .samePattern)
        #expect(common(recorded, wide).level == .intent)
        #expect(common(recorded, shell("rg thread src")).level == .intent)
        #expect(common(recorded, shell("rg thread doc")).reason == .sameKind)
    }

    @Test(arguments: [
        ("git commit -m a", "git add x.go && git commit -m b", EquivalenceLevel.intent),
        ("go test ./a", "go test -v -run X ./a | tail", .intent), ("go test ./a", "go test ./b", .kind),
        ("npm run lint", "npm run test", .none), ("git status", "git commit -m a", .none), ("ls a", "ls b", .kind),
        ("cat a.go", "git status", .none),
    ])
    func `command lines are about their last change or run`(one: String, other: String, level: EquivalenceLevel) {
        #expect(common(shell(one), shell(other)).level == level)
    }

    @Test func `other tools are compared by host, agent and name`() {
        func fetch(_ url: String) -> ComparedCall { call("WebFetch", #"{"url":"\#(url)","prompt":"a"}"#) }
        #expect(common(fetch("https://a.org/x"), fetch("https://a.org/y")).reason == .sameHost)
        #expect(common(fetch("https://a.org/x"), fetch("https://b.org/x")).reason == .sameTool)
        #expect(common(call("mcp__db__run", #"{"q":1}"#), call("mcp__db__run", #"{"q":2}"#)).reason == .sameTool)
        #expect(common(call("mcp__a__frob", "{}"), call("mcp__b__frob", "{}")).level == .none)
        let explore = call("Task", #"{"subagent_type":"explore","model":"haiku","prompt":"a"}"#)
        #expect(common(explore, call("Agent", #"{"subagent_type":"explore","prompt":"b"}"#)).reason == .sameAgent)
    }

    @Test func `texts that only look alike are not the same`() {
        let one = call("Write", #"{"file_path":"a.txt","content":"caf\u00e9"}"#)
        let other = call("Write", #"{"file_path":"a.txt","content":"cafe\u0301"}"#)
        #expect(common(one, other).level == .intent)
    }

    @Test func `what a schema says of types and defaults makes calls equal`() throws {
        let schema = ToolSchema(
            try #require(
                JSONTree(
                    #"{"type":"object","properties":{"n":{"type":"integer"},"all":{"type":"boolean","default":false}}}"#
                )
            )
        )
        func call(_ input: String) throws -> ComparedCall {
            let input = try #require(JSONTree(input))
            return ComparedCall(tool: "mcp__a__frob", input: input, place: ActionPlace(folder: "/"), schema: schema)
        }
        #expect(common(try call(#"{"n":"5","all":"false"}"#), try call(#"{"n":5.0}"#)).level == .canonical)
        #expect(common(try call(#"{"n":"5","all":true}"#), try call(#"{"n":5}"#)).level == .intent)
    }
}

extension JSONTree {
    fileprivate static func object(command: String) -> String {
        "{\"command\":" + JSONTree.string(command).canonicalText + "}"
    }

    fileprivate static func object(path: String, old: String, new: String) -> String {
        let texts = [path, old, new].map { JSONTree.string($0).canonicalText }
        return "{\"file_path\":\(texts[0]),\"old_string\":\(texts[1]),\"new_string\":\(texts[2])}"
    }
}
