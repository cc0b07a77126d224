package import Domain
import JSONText

extension RequestFacts.Sender {
    /// Who sends a request and for what, as its headers say.
    ///
    /// - Parameters:
    ///   - path: without the query.
    ///   - endUser: ``Envelope/endUser``: Claude Code names its session there too.
    ///   - header: the value of a header field, asked for in lower case.
    package init(path: String, endUser: String?, header: (_ name: String) -> String?) {
        self.init()
        self.path = path
        agent = Agent(userAgent: header("user-agent") ?? "", originator: header("originator") ?? "")
        session = header("x-suffice-session") ?? header("x-claude-code-session-id")
        subagent = header("x-claude-code-agent-id")
        project = header("x-suffice-project")
        ticket = header("x-suffice-ticket")
        phase = header("x-suffice-phase").map { Phase(rawValue: $0) }
        if session == nil { session = endUser.flatMap { ClaudeUser($0).session } }
        if session == nil { session = header("session-id") ?? header("session_id") ?? header("conversation_id") }
        if session == nil { session = header("x-opencode-session") ?? header("x-session-id") }
        // Codex gives a subagent a thread of its own within the session.
        if subagent == nil, header("x-openai-subagent") != nil || header("x-codex-parent-thread-id") != nil {
            subagent = header("thread-id") ?? header("x-openai-subagent")
        }
    }
}

extension Agent {
    /// The agent behind `user-agent` or Codex's `originator`; nil for any other client.
    package init?(userAgent: String, originator: String) {
        let name = userAgent.lowercased()
        if name.hasPrefix("claude-cli/") || name.hasPrefix("claude-code/") {
            self = .claudeCode
        } else if name.hasPrefix("codex") || originator.lowercased().hasPrefix("codex") {
            self = .codex
        } else if name.hasPrefix("opencode/") || name.contains(" opencode/") {
            self = .openCode
        } else if name.hasPrefix("qwencode/") || name.hasPrefix("qwen-code/") {
            self = .qwenCode
        } else if name.hasPrefix("geminicli/") {
            self = .geminiCLI
        } else if name.hasPrefix("copilot/") || name.hasPrefix("copilot-cli/") || name.hasPrefix("githubcopilotcli/") {
            self = .copilotCLI
        } else if name.hasPrefix("amp/") || name.hasPrefix("ampcode/") {
            self = .amp
        } else if name.hasPrefix("pi/") || name.hasPrefix("pi-coding-agent/") {
            self = .pi
        } else {
            return nil
        }
    }
}

/// What Claude Code writes into `metadata.user_id`.
struct ClaudeUser {
    /// The session's id, where the name holds one.
    var session: String?

    /// Both spellings in use: `user_…_account_…_session_ID`, and an object with `session_id`.
    init(_ name: String) {
        if name.hasPrefix("{") {
            var name = name
            session = name.withUTF8 { bytes in
                var scanner = JSONScanner(UnsafeRawBufferPointer(bytes), layout: .document)
                guard scanner.enterObject() else { return nil }
                var session: String?
                while let key = scanner.nextKey() {
                    if key.is("session_id") { session = scanner.text()?.string } else { scanner.skipValue() }
                }
                return session
            }
        } else if name.hasPrefix("user_") {
            let marker = Array("_session_".utf8)
            let bytes = Array(name.utf8)
            let start = bytes.indices.last { bytes[$0...].starts(with: marker) }
            session = start.map { String(decoding: bytes[($0 + marker.count)...], as: UTF8.self) }
        }
        if session?.isEmpty == true { session = nil }
    }
}
