import Domain
import JSONText
import Testing

@testable import Ingestion

@Suite struct ClaudeArrivalTests {
    private func arrivals(_ lines: String...) -> [Arrival] {
        ExtractorRun(lines: lines.joined(), of: ClaudeCodeLogs()).arrivals
    }

    @Test(arguments: [
        ("hi", "", Arrival.Kind.prompt), ("hi", #","origin":{"kind":"human"}"#, .prompt),
        ("hi", #","isSidechain":true,"agentId":"a1""#, .delegation),
        (#"<command-message>review</command-message>\n<command-name>/review</command-name>"#, "", .prompt),
        ("hi", #","isMeta":true"#, .context), ("hi", #","isCompactSummary":true"#, .compactSummary),
        ("hi", #","origin":{"kind":"task-notification"}"#, .context),
        ("<task-notification>\\n<task-id>b1</task-id>", "", .context),
        ("<local-command-stdout>See ya!</local-command-stdout>", "", .context),
        ("<local-command-caveat>Caveat: …</local-command-caveat>", #","isMeta":true"#, .context),
        (#"<command-name>/clear</command-name>\n<command-message>clear</command-message>"#, "", .context),
        ("<bash-input>ls</bash-input>", "", .context), ("<bash-stdout>a</bash-stdout>", "", .context),
        ("[Request interrupted by user]", "", .context), ("[Request interrupted by user for tool use]", "", .context),
        ("<system-reminder>\\nThe file changed", "", .context),
    ])
    func `only what a person typed is a prompt`(text: String, more: String, kind: Arrival.Kind) {
        #expect(arrivals(ClaudeLine.user("\"\(text)\"", more: more)).map(\.kind) == [kind])
        let block = #"[{"type":"text","text":"\#(text)"}]"#
        #expect(arrivals(ClaudeLine.user(block, more: more)).map(\.kind) == [kind], "as a block too")
    }

    @Test func `a prompt is known by its size, its content and its sketch`() throws {
        let arrival = try #require(arrivals(ClaudeLine.user("\"mend the test\"", at: 5)).first)
        #expect(arrival.bytes == 13)
        #expect(arrival.contentHash == stableHash("mend the test"))
        #expect(arrival.sketch.count == PromptSketch.size)
        #expect(arrival.time.description == "2026-06-03T10:00:05Z")
    }

    @Test func `images that come with a prompt are counted once`() {
        let image = #"{"type":"image","source":{"type":"base64","data":"AAAA"}}"#
        let found = arrivals(
            ClaudeLine.user(#"[\#(image),{"type":"text","text":"a"},{"type":"text","text":"b"},\#(image)]"#)
        )
        #expect(found.map(\.attachments) == [2, 0])
        #expect(found.map(\.bytes) == [1, 1])
    }

    @Test func `an image alone is a prompt`() {
        let found = arrivals(ClaudeLine.user(#"[{"type":"image","source":{"type":"base64","data":"AAAA"}}]"#))
        #expect(found.map(\.kind) == [.prompt])
        #expect(found.map(\.attachments) == [1])
    }

    @Test(arguments: [
        (#""commandMode":"prompt","origin":{"kind":"human"}"#, Arrival.Kind.prompt),
        (#""commandMode":"prompt","origin":null"#, .prompt), (#""commandMode":"prompt""#, .prompt),
        (#""commandMode":"task-notification","origin":null"#, .context),
        (#""commandMode":"prompt","origin":{"kind":"task-notification"}"#, .context),
    ])
    func `a prompt that waited in the queue is a prompt`(members: String, kind: Arrival.Kind) {
        let line = ClaudeLine.attachment(#"{"type":"queued_command","prompt":"go on",\#(members)}"#)
        #expect(arrivals(line).map(\.kind) == [kind])
    }

    @Test func `a queued prompt is as long as its text and as like others as when it is typed`() {
        let queued = ClaudeLine.attachment(
            #"{"type":"queued_command","prompt":"mend the test","commandMode":"prompt"}"#
        )
        let found = arrivals(queued, ClaudeLine.user("\"mend the test\""))
        #expect(found.map(\.bytes) == [13, 13])
        #expect(Set(found.map(\.sketch)).count == 1)
    }

    @Test func `what the agent attaches is context`() {
        let line = ClaudeLine.attachment(#"{"type":"nested_memory","content":"rules","prompt":"no"}"#)
        #expect(arrivals(line).map(\.kind) == [.context])
    }

    @Test func `a tool's answer names the tool call it answers`() throws {
        let content = #"[{"type":"tool_result","tool_use_id":"t1","is_error":true,"content":"no such file"}]"#
        let arrival = try #require(arrivals(ClaudeLine.user(content)).first)
        #expect(arrival.kind == .toolResult)
        #expect(arrival.tool == stableHash("t1"))
        #expect(arrival.isError)
        #expect(arrival.bytes == #""no such file""#.utf8.count)
    }

    @Test func `an image in a tool's answer is counted, and its bytes are not`() throws {
        let data = String(repeating: "A", count: 5000)
        let image = #"{"source":{"data":"\#(data)"},"type":"image"}"#
        let content =
            #"[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"seen"},\#(image),\#(image)]}]"#
        let arrival = try #require(arrivals(ClaudeLine.user(content)).first)
        #expect(arrival.attachments == 2)
        #expect((20...60).contains(arrival.bytes))
    }

    @Test(arguments: ["null", "[]", "[null]", "7", #"[{"type":"tool_result"}]"#, #"[{"type":"text","text":null}]"#])
    func `odd content is no trouble`(content: String) {
        let run = ExtractorRun(lines: ClaudeLine.user(content) + ClaudeLine.reply(), of: ClaudeCodeLogs())
        #expect(run.reasons.isEmpty)
        #expect(run.calls.count == 1)
    }
}
