import Domain

@testable import Ingestion

/// Ids of threads and turns whose times stand in the order of the names.
enum CodexThreadIDs {
    static let parent = "019ed500-0000-7000-8000-000000000001"
    static let child = "019ed600-0000-7000-8000-000000000002"
}

enum CodexTurnIDs {
    static let first = "019ed501-0000-7000-8000-000000000003"
    static let second = "019ed502-0000-7000-8000-000000000004"
    static let child = "019ed601-0000-7000-8000-000000000005"
}

func rollout(_ lines: CodexLine...) -> ExtractorRun { rollout(lines) }

func rollout(_ lines: [CodexLine]) -> ExtractorRun {
    ExtractorRun(lines: lines.map(\.text).joined(), of: CodexLogs())
}

/// A line of a rollout.
struct CodexLine: Sendable {
    typealias Counts = (input: Int, cached: Int, output: Int, reasoning: Int)

    var text: String

    static let spawned =
        #","source":{"subagent":{"thread_spawn":{"parent_thread_id":"\#(CodexThreadIDs.parent)","depth":1,"agent_role":"explorer"}}}"#

    /// A line written some seconds after noon.
    static func line(_ type: String, _ payload: String, at second: Int = 0) -> CodexLine {
        let time = Timestamp(milliseconds: 1_781_697_600_000 + Int64(second) * 1000)
        return CodexLine(text: #"{"timestamp":"\#(time)","type":"\#(type)","payload":{\#(payload)}}"# + "\n")
    }

    static func meta(_ thread: String = CodexThreadIDs.parent, more: String = "", at second: Int = 0) -> CodexLine {
        line("session_meta", #""id":"\#(thread)","cwd":"/code/app","model_provider":"openai"\#(more)"#, at: second)
    }

    static func context(turn: String = CodexTurnIDs.first) -> CodexLine {
        line("turn_context", #""turn_id":"\#(turn)","model":"gpt-5.5","effort":"high""#)
    }

    static func item(_ payload: String) -> CodexLine { line("response_item", payload) }

    static func event(_ type: String, _ payload: String, at second: Int = 0) -> CodexLine {
        line("event_msg", #""type":"\#(type)",\#(payload)"#, at: second)
    }

    static func prompt(_ text: String) -> CodexLine { event("user_message", #""message":"\#(text)","images":[]"#) }

    static func limits(plan: String) -> CodexLine {
        event("token_count", #""info":null,"rate_limits":{"plan_type":"\#(plan)"}"#)
    }

    static func count(total: Counts, last: Counts?, at second: Int = 0) -> CodexLine {
        func usage(_ counts: Counts) -> String {
            """
            {"input_tokens":\(counts.input),"cached_input_tokens":\(counts.cached),"output_tokens":\(counts.output),\
            "reasoning_output_tokens":\(counts.reasoning),"total_tokens":\(counts.input &+ counts.output)}
            """
        }
        let last = last.map { #","last_token_usage":\#(usage($0))"# } ?? ""
        return event("token_count", #""info":{"total_token_usage":\#(usage(total))\#(last)}"#, at: second)
    }
}
