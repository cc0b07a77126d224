import Domain
import Ingestion
import JSONText
import Testing

@Suite struct StandingPromptTests {
    private func caught(in name: String) -> [UInt8] {
        Array(
            #"""
            {"system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=1;"},
            {"type":"text","text":"You work in /tmp/\#(name)/project.","cache_control":{"type":"ephemeral"}}],
            "tools":[{"name":"Bash","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}}],"messages":[]}
            """#.utf8
        )
    }

    private func caughtPrompt(in name: String) -> StandingPrompt? {
        StandingPrompt(request: caught(in: name), version: "2.0.76", folder: "/tmp/\(name)/project", name: name)
    }

    private let log = [
        #"{"type":"user","uuid":"u","parentUuid":null,"cwd":"/code/app","message":{"role":"user","content":"mend it"}}"#,
        #"{"type":"assistant","uuid":"a","parentUuid":"u","cwd":"/code/app","version":"2.0.76","#
            + #""message":{"id":"m1","model":"claude-opus-4-5","content":[{"type":"text","text":"ok"}]}}"#,
    ].joined(separator: "\n")

    @Test func `a step that was recorded with the same version is asked with it, where the session worked`() throws {
        let transcript = ClaudeCodeTranscript(log: Array(log.utf8))
        let prompt = try #require(caughtPrompt(in: "x-1"))
        #expect(transcript.fidelity(of: "m1", with: prompt) == .recaptured)
        let request = try #require(transcript.rebuiltRequest(of: "m1", with: prompt) { _ in "" })
        #expect(request.fidelity == .recaptured)
        let body = try #require(JSONTree(bytes: request.body))
        #expect(body["system"] == JSONTree(#"[{"type":"text","text":"You work in /code/app."}]"#))
        #expect(body["tools"] == JSONTree(#"[{"name":"Bash","input_schema":{"type":"object"}}]"#))
    }

    @Test func `another version's prompt is another prompt`() throws {
        let transcript = ClaudeCodeTranscript(log: Array(log.replacing("2.0.76", with: "2.0.77").utf8))
        let prompt = try #require(caughtPrompt(in: "x-1"))
        #expect(transcript.fidelity(of: "m1", with: prompt) == .inferred)
        #expect(transcript.rebuiltRequest(of: "m1", with: prompt) { _ in "" }?.fidelity == .inferred)
    }

    @Test func `what is caught twice is the same, and can be kept`() throws {
        let bytes = try #require(caughtPrompt(in: "x-1")?.bytes)
        #expect(bytes == caughtPrompt(in: "x-2")?.bytes)
        #expect(StandingPrompt(kept: bytes)?.bytes == bytes)
        #expect(StandingPrompt(kept: Array("{}".utf8)) == nil)
    }

    @Test func `a request without tools is none`() {
        let title = Array(#"{"system":"Name this session.","messages":[]}"#.utf8)
        #expect(StandingPrompt(request: title, version: "1", folder: "/", name: "x") == nil)
    }
}
