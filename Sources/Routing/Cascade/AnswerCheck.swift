import Domain
package import JSONText

/// Says whether a cheaper model's answer will do, and if not, why.
///
/// What is wrong for certain is asked first and needs no learning: cut off, refused, a tool call that its schema does not
/// allow, a failed check of the user's. The rest is the judge's, where there is one.
package struct AnswerCheck: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        case accepted
        case rejected(Fault)
    }

    package enum Fault: Hashable, Sendable {
        case empty
        case cutOff
        case refused
        case toolCall(name: String, ToolSchema.Fault)
        /// The user's own check ended with this exit code.
        case ownCheck(exitCode: Int32)
        /// The judge expects the stronger model to gain so much.
        case expectedGain(Double)
    }

    /// The tools that the request offers, by name; nil where they were not looked at.
    package var tools: [String: ToolSchema]?
    package var judge: AnswerJudge?

    package init(tools: [String: ToolSchema]? = nil, judge: AnswerJudge? = nil) {
        self.tools = tools
        self.judge = judge
    }

    /// `promptFeatures` are those the judge was fitted with; `exitCode` is that of the user's own check, where one ran:
    /// what passes it is accepted without asking the judge.
    package func verdict(
        on answer: Answer,
        to prompt: String,
        promptFeatures: [Double] = [],
        after earlier: Answer? = nil,
        acceptedGain: Double,
        exitCode: Int32? = nil
    ) -> Verdict {
        if let fault = certainFault(of: answer) { return .rejected(fault) }
        if let exitCode { return exitCode == 0 ? .accepted : .rejected(.ownCheck(exitCode: exitCode)) }
        guard let judge else { return .accepted }
        let features = AnswerFeatures(of: answer, to: prompt, after: earlier)
        let gain = judge.expectedGain(over: features, prompt: promptFeatures)
        // What is no number accepts nothing.
        return gain <= acceptedGain ? .accepted : .rejected(.expectedGain(gain))
    }

    private func certainFault(of answer: Answer) -> Fault? {
        if let tools {
            for call in answer.toolCalls {
                guard let schema = tools[call.name] else { return .toolCall(name: call.name, .unknownTool) }
                if let fault = schema.fault(inCall: call.input) { return .toolCall(name: call.name, fault) }
            }
        }
        if Truncation(answer.text, stopReason: answer.stopReason) == .certain { return .cutOff }
        if answer.stopReason == .refusal { return .refused }
        let text = [UInt8](lowercasing: answer.text)
        if answer.toolCalls.isEmpty {
            if text.allSatisfy(\.isSpace) { return .empty }
            if Hedging(text).refuses { return .refused }
        }
        return nil
    }
}

extension AnswerCheck.Fault: CustomStringConvertible {
    /// In a few words, with nothing of the answer itself.
    package var description: String {
        switch self {
        case .empty: "empty"
        case .cutOff: "cut off"
        case .refused: "refused"
        case .toolCall: "tool call"
        case .ownCheck(let exitCode): "check \(exitCode)"
        case .expectedGain: "expected gain"
        }
    }
}
