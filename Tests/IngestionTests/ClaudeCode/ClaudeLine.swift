/// Lines of a Claude Code log, as small as they may be.
enum ClaudeLine {
    /// 80 tokens in and 20 out.
    static let usage =
        #"{"input_tokens":10,"output_tokens":20,"cache_read_input_tokens":30,"cache_creation_input_tokens":40,"cache_creation":{"ephemeral_5m_input_tokens":15,"ephemeral_1h_input_tokens":25}}"#

    /// A line of a model's response; `more` are further members of the line, each with a comma before it.
    static func reply(
        _ id: String = "msg_1",
        request: String? = "req_1",
        session: String = "s1",
        at second: Int = 0,
        model: String = "claude-opus-4-8",
        usage: String = usage,
        stop: String? = "end_turn",
        content: String = #"[{"type":"text","text":"ok"}]"#,
        more: String = ""
    ) -> String {
        #"{"type":"assistant","sessionId":"\#(session)","timestamp":"\#(time(second))","cwd":"/code/app""#
            + (request.map { #","requestId":"\#($0)""# } ?? "")
            + #","message":{"id":"\#(id)","model":"\#(model)","role":"assistant","stop_reason":"#
            + (stop.map { "\"\($0)\"" } ?? "null")
            + #","content":\#(content),"usage":\#(usage)}\#(more)}"# + "\n"
    }

    /// A usage with nothing in it but its output.
    static func output(_ tokens: Int, _ more: String = "") -> String {
        #"{"input_tokens":1,"output_tokens":\#(tokens)\#(more)}"#
    }

    /// A user's line; `content` is spelled as JSON.
    static func user(
        _ content: String = "\"hi\"",
        session: String = "s1",
        at second: Int = 0,
        more: String = ""
    ) -> String {
        #"{"type":"user","sessionId":"\#(session)","timestamp":"\#(time(second))","cwd":"/code/app""#
            + #","message":{"role":"user","content":\#(content)}\#(more)}"# + "\n"
    }

    static func attachment(_ attachment: String, session: String = "s1", at second: Int = 0) -> String {
        #"{"type":"attachment","sessionId":"\#(session)","timestamp":"\#(time(second))","attachment":\#(attachment)}"#
            + "\n"
    }

    /// A subagent's response as versions up to 2.1.8x echoed it.
    static func progress(
        _ id: String = "msg_1",
        agent: String = "a1",
        session: String = "s1",
        at second: Int = 0,
        usage: String = usage
    ) -> String {
        #"{"type":"progress","sessionId":"\#(session)","timestamp":"\#(time(second + 1))","cwd":"/code/app","isSidechain":false"#
            + #","data":{"type":"agent_progress","agentId":"\#(agent)","message":{"type":"assistant","requestId":"req_1""#
            + #","timestamp":"\#(time(second))","message":{"id":"\#(id)","model":"claude-haiku-4-5","stop_reason":null"#
            + #","content":[{"type":"text","text":"ok"}],"usage":\#(usage)}}}}"# + "\n"
    }

    /// A moment in the hour after 2026-06-03T10:00:00Z.
    static func time(_ second: Int) -> String {
        func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return "2026-06-03T10:\(padded(second / 60)):\(padded(second % 60)).000Z"
    }
}
