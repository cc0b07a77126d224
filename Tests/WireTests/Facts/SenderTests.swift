import Domain
import Testing
import Wire

@Suite struct SenderTests {
    private func sender(_ headers: [String: String], endUser: String? = nil) -> RequestFacts.Sender {
        RequestFacts.Sender(path: "/v1/messages", endUser: endUser) { headers[$0] }
    }

    @Test func `pitfall 5: Claude Code's session and subagent come from its headers`() {
        let sender = sender([
            "user-agent": "claude-cli/2.1.329 (external, cli)", "x-claude-code-session-id": "s",
            "x-claude-code-agent-id": "a",
        ])
        #expect(sender.agent == .claudeCode)
        #expect(sender.session == "s")
        #expect(sender.subagent == "a")
    }

    @Test(arguments: [
        "user_1f_account_a-b_session_c-d", #"{"device_id":"x","account_uuid":"","session_id":"c-d"}"#,
    ])
    func `an older Claude Code names its session in the end user`(endUser: String) {
        #expect(sender([:], endUser: endUser).session == "c-d")
    }

    @Test(arguments: ["alice", "{broken", "user_x", #"{"session_id":""}"#])
    func `other end users are no session`(endUser: String) {
        #expect(sender([:], endUser: endUser).session == nil)
    }

    @Test func `a Codex subagent is a thread within the session`() {
        let main = sender(["originator": "codex_cli_rs", "session-id": "s", "thread-id": "s"])
        #expect(main.agent == .codex)
        #expect(main.session == "s")
        #expect(main.subagent == nil)
        let child = sender([
            "user-agent": "codex_exec/1", "session_id": "s", "thread-id": "t", "x-openai-subagent": "review",
        ])
        #expect(child.session == "s")
        #expect(child.subagent == "t")
    }

    @Test func `Suffice's own headers name project, phase and ticket`() {
        let sender = sender([
            "x-suffice-project": "p", "x-suffice-phase": "refinement", "x-suffice-ticket": "T-1",
            "x-suffice-session": "s", "x-claude-code-session-id": "other",
        ])
        #expect(sender.project == "p")
        #expect(sender.phase == Phase(rawValue: "refinement"))
        #expect(sender.ticket == "T-1")
        #expect(sender.session == "s")
    }

    private static let credentials: [([String: String], ProviderCredential.Kind?, Provider?)] = [
        (["x-api-key": "sk-ant-api03-x"], .apiKey, .anthropic),
        (["authorization": "Bearer sk-ant-api03-x"], .apiKey, .anthropic),
        (["authorization": "bearer  sk-ant-oat01-x"], .subscription, .anthropic),
        (["x-api-key": "sk-ant-oat01-x"], .subscription, .anthropic),
        (["x-api-key": "sk-ant-api03-x", "authorization": "Bearer sk-ant-oat01-x"], .subscription, .anthropic),
        (["authorization": "Bearer sk-proj-x"], .apiKey, .openAI),
        (["authorization": "Bearer eyJhbGci.eyJzdWIi.c2ln"], .subscription, .openAI),
        (["authorization": "Bearer whatever"], .apiKey, nil),
        (["authorization": "Basic x"], nil, nil),
        (["authorization": "Bearer "], nil, nil),
        ([:], nil, nil),
    ]

    @Test(arguments: credentials)
    func `pitfall 1: a credential is told by what it is, in either header`(
        headers: [String: String],
        kind: ProviderCredential.Kind?,
        provider: Provider?
    ) {
        let credentials = ClientCredentials { headers[$0] }
        #expect(credentials.provider?.kind == kind)
        #expect(credentials.provider?.provider == provider)
        #expect(credentials.localKey == nil)
    }

    @Test func `pitfall 2: a local key never stands among what goes to a provider`() {
        let headers = ["x-api-key": "sk-suffice-1", "authorization": "Bearer sk-ant-oat01-x"]
        let credentials = ClientCredentials { headers[$0] }
        #expect(credentials.localKey == Secret("sk-suffice-1"))
        #expect(credentials.provider?.secret == Secret("sk-ant-oat01-x"))
        let alone = ClientCredentials { ["authorization": "Bearer sk-suffice-1"][$0] }
        #expect(alone.localKey == Secret("sk-suffice-1"))
        #expect(alone.provider == nil)
        #expect("\(alone)".contains("sk-suffice-1") == false)
    }

    @Test(arguments: [
        ("claude-cli/2.1 (external)", Agent.claudeCode), ("codex_vscode/0.1", .codex), ("opencode/1.0", .openCode),
        ("GeminiCLI/0.9", .geminiCLI), ("QwenCode/0.1", .qwenCode),
    ])
    func `agents are known by what they call themselves`(userAgent: String, agent: Agent) {
        #expect(Agent(userAgent: userAgent, originator: "") == agent)
        #expect(Agent(userAgent: "Anthropic/Python 2.11.0", originator: "") == nil)
    }
}
