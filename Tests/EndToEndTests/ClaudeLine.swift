import Foundation

/// Lines of a Claude Code log, as small as they may be.
enum ClaudeLine {
    /// The time of a log line written so many seconds ago.
    static func time(ago seconds: Double = 0) -> String {
        Date(timeIntervalSinceNow: -seconds).formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true)
        )
    }

    static func prompt(
        _ text: String = "hi",
        session: String = "s1",
        at time: String = "2026-08-03T10:00:00.000Z",
        project: String = "/code/app"
    ) -> String {
        #"{"type":"user","sessionId":"\#(session)","timestamp":"\#(time)","cwd":"\#(project)","version":"2.1.219""#
            + #","message":{"role":"user","content":"\#(text)"}}"# + "\n"
    }

    /// 10 tokens in, 100 out, 1,000 read from the cache and 500 written to it for five minutes.
    static func reply(
        _ id: String,
        session: String = "s1",
        at time: String = "2026-08-03T10:00:01.000Z",
        model: String = "claude-opus-4-8",
        project: String = "/code/app",
        content: String = #"{"type":"text","text":"ok"}"#
    ) -> String {
        #"{"type":"assistant","sessionId":"\#(session)","timestamp":"\#(time)","cwd":"\#(project)""#
            + #","version":"2.1.219","requestId":"req_\#(id)","message":{"id":"msg_\#(id)","model":"\#(model)""#
            + #","role":"assistant","stop_reason":"end_turn","content":[\#(content)],"usage":{"input_tokens":10"#
            + #","output_tokens":100,"cache_read_input_tokens":1000,"cache_creation_input_tokens":500"#
            + #","cache_creation":{"ephemeral_5m_input_tokens":500,"ephemeral_1h_input_tokens":0}}}}"# + "\n"
    }

    /// The content of a reply that runs a command.
    static func bash(_ command: String, id: String) -> String {
        #"{"type":"tool_use","id":"toolu_\#(id)","name":"Bash","input":{"command":"\#(command)","description":"d"}}"#
    }

    static func result(of id: String, isError: Bool = false, at time: String = "2026-08-03T10:00:02.000Z") -> String {
        #"{"type":"user","sessionId":"s1","timestamp":"\#(time)","cwd":"/code/app","version":"2.1.219""#
            + #","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_\#(id)""#
            + #","is_error":\#(isError),"content":"done"}]}}"# + "\n"
    }
}

extension User {
    /// Many sessions of many calls: enough that reading them takes more than one transaction.
    func logMuch(sessions: Int = 60, calls: Int = 1000) throws {
        for session in 0..<sessions {
            var text = ""
            for call in 0..<calls { text += ClaudeLine.reply("\(session)_\(call)", session: "s\(session)") }
            try log([text], as: "s\(session)")
        }
    }
}
