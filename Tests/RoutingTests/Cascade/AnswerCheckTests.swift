import Domain
import JSONText
import Statistics
import Testing

@testable import Routing

@Suite struct AnswerCheckTests {
    private func answer(_ text: String, _ reason: StopReason = .endTurn, calls: [Answer.ToolCall] = []) -> Answer {
        Answer(model: ModelID("cheap"), text: text, stopReason: reason, toolCalls: calls)
    }

    private func verdict(_ answer: Answer, exitCode: Int32? = nil) throws -> AnswerCheck.Verdict {
        let schema = try #require(ToolSchema(#"{"type": "object", "required": ["path"]}"#))
        return AnswerCheck(tools: ["read": schema]).verdict(on: answer, to: "?", acceptedGain: 0, exitCode: exitCode)
    }

    @Test func `what is wrong for certain is named, whatever a judge would say`() throws {
        #expect(try verdict(answer("Paris.")) == .accepted)
        #expect(try verdict(answer(" ")) == .rejected(.empty))
        #expect(try verdict(answer("Par", .maxTokens)) == .rejected(.cutOff))
        #expect(try verdict(answer("No.", .refusal)) == .rejected(.refused))
        #expect(try verdict(answer("I'm sorry, I can't.")) == .rejected(.refused))
    }

    @Test func `tool calls must keep to their schema`() throws {
        let good = Answer.ToolCall(name: "read", input: #"{"path": "a"}"#)
        #expect(try verdict(answer("", .toolUse, calls: [good])) == .accepted)
        let short = Answer.ToolCall(name: "read", input: "{}")
        #expect(
            try verdict(answer("", .toolUse, calls: [good, short]))
                == .rejected(.toolCall(name: "read", .missing("path")))
        )
        let unknown = Answer.ToolCall(name: "rm", input: "{}")
        #expect(try verdict(answer("", .toolUse, calls: [unknown])) == .rejected(.toolCall(name: "rm", .unknownTool)))
        #expect(
            AnswerCheck().verdict(on: answer("", .toolUse, calls: [unknown]), to: "?", acceptedGain: 0) == .accepted
        )
    }

    @Test(
        arguments: [(0, AnswerCheck.Verdict.accepted), (3, .rejected(.ownCheck(exitCode: 3)))]
            as [(Int32, AnswerCheck.Verdict)]
    )
    func `the user's own check decides`(exitCode: Int32, expected: AnswerCheck.Verdict) throws {
        #expect(try verdict(answer("Paris."), exitCode: exitCode) == expected)
    }

    @Test func `a judge learns which answers gain from a stronger model`() throws {
        var generator = SeededGenerator(seed: 3)
        let rows = (0..<200).map { _ in
            let (a, b) = (Int(generator.nextUnit() * 90), Int(generator.nextUnit() * 90))
            let isRight = generator.nextUnit() < 0.5
            let text = "\(a) + \(b) = \(isRight ? a + b : a + b + 7)"
            return AnswerJudge.Row(
                answer: AnswerFeatures(of: answer(text), to: "\(a) and \(b)?"),
                gain: isRight ? 0 : 1
            )
        }
        let judge = try #require(AnswerJudge(fitting: rows))
        let check = AnswerCheck(judge: judge)
        #expect(check.verdict(on: answer("20 + 22 = 42"), to: "20 and 22?", acceptedGain: 0.5) == .accepted)
        let wrong = check.verdict(on: answer("20 + 22 = 49"), to: "20 and 22?", acceptedGain: 0.5)
        guard case .rejected(.expectedGain(let gain)) = wrong else {
            Issue.record("accepted")
            return
        }
        #expect(gain > 0.8)
        #expect(AnswerJudge(fitting: Array(rows.prefix(AnswerJudge.fewestRows - 1))) == nil)
    }
}
