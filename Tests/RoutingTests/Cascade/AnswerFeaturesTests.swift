import Domain
import Testing

@testable import Routing

@Suite struct AnswerSignsTests {
    private func numbers(_ text: String) -> [Double] { NumberScan(Array(text.utf8)).found.map(\.value) }

    @Test(
        arguments: [
            ("1,250 and .5 or -3", [1250, 0.5, -3]), ("$1,000,000.25.", [1_000_000.25]), ("5-3", [5, 3]),
            ("gpt-4 x2 a_1", []),
            ("1,25", [1, 25]), ("1,2345", [1, 2345]), ("(-2)", [-2]), ("", []), ("-", []),
            ("2024-11-21", [2024, 11, 21]),
        ] as [(String, [Double])]
    )
    func `numbers are read as people write them`(text: String, expected: [Double]) {
        #expect(numbers(text) == expected)
    }

    @Test(arguments: [
        ("16 - 3 - 4 = 9", 1, 0), ("16 - 3 - 4 = 8", 1, 1), ("9 * $2 = $<<9*2=18>>18", 1, 0), ("x = 5", 0, 0),
        ("a = 5 + 3", 0, 0),
        ("2 * (3 + 4) = 14.", 1, 0), ("10/3 = 3.33", 1, 0), ("10/3 = 3", 1, 0), ("10/3 = 4", 1, 1),
        ("2 * 3 = 6 + 1 = 7", 1, 0), ("5 = 5", 0, 0), ("1/0 = 3", 0, 0), ("= 4", 0, 0), ("2 + = 4", 0, 0),
        ("3 + 4 =", 0, 0),
        ("20% of 5 + 5 = 10%", 0, 0), ("1,000 + 1 = 1,001", 1, 0),
    ])
    func `sums are worked out again`(text: String, checked: Int, wrong: Int) {
        let check = ArithmeticCheck(Array(text.utf8))
        #expect(check.checked == checked)
        #expect(check.wrong == wrong)
    }

    @Test(
        arguments: [
            ("so\n#### 18\n\n", "18", true, 18.0), ("The answer is **(B)**.", "b", true, nil),
            ("it is\nParis.", "paris", false, nil),
            ("Answer:\n42 apples\nbecause", "42 apples", true, 42), ("", "", false, nil), ("a 7\nno", "no", false, 7),
        ] as [(String, String, Bool, Double?)]
    )
    func `the final answer stands behind the last marker, else in the last line`(
        text: String,
        final: String,
        isMarked: Bool,
        number: Double?
    ) {
        let lower = [UInt8](lowercasing: text)
        let found = FinalAnswer(lower, numbers: NumberScan(lower))
        #expect(String(decoding: found.text, as: UTF8.self) == final)
        #expect(found.isMarked == isMarked)
        #expect(found.number == number)
    }

    @Test(arguments: [
        ("... so the answer is 9.", "#### $9.00", true), ("The answer is (B)", "b", true), ("Paris", "London", false),
        ("It is 9", "It is 10", false), ("", "", false),
    ])
    func `answers agree in what they come to, not in how they say it`(one: String, other: String, same: Bool) {
        #expect(Agreement(of: one, with: other).isSameAnswer == same)
        #expect(Agreement(of: other, with: one).isSameAnswer == same)
    }

    @Test(arguments: [
        ("I'm sorry, but I can't help with that.", true), ("As an AI, I cannot say.", true),
        ("Sure. " + String(repeating: "All is well. ", count: 20) + "I cannot stress this enough.", false),
        ("It cannot be 4.", false),
    ])
    func `a refusal stands at the beginning`(text: String, refuses: Bool) {
        #expect(Hedging([UInt8](lowercasing: text)).refuses == refuses)
    }

    @Test(arguments: [
        ("Done.", StopReason.endTurn, Truncation.none), ("Done.", .maxTokens, .certain),
        ("```swift\nlet a", .endTurn, .likely),
        ("first,", .unknown, .likely), ("", .endTurn, .none), ("```\na\n```", .endTurn, .none),
    ])
    func `an answer was cut off where the provider says so, and perhaps where it ends open`(
        text: String,
        reason: StopReason,
        expected: Truncation
    ) {
        #expect(Truncation(text, stopReason: reason) == expected)
    }

    @Test func `going round in circles shows`() {
        let loop = AnswerShape(Array(String(repeating: "and so on it goes\n", count: 20).utf8))
        #expect(loop.repeatedLines == 0.95)
        #expect(loop.repeatedPhrases > 0.9)
        let plain = AnswerShape(Array("One line.\n\n- another, quite different\n".utf8))
        #expect(plain.repeatedLines == 0)
        #expect(plain.lines == 2)
        #expect(plain.listedLines == 0.5)
    }

    @Test func `the share of the prompt's numbers that the answer uses`() {
        let used = NumbersUsed(prompt: NumberScan(Array("3 of 4 and 4".utf8)), answer: NumberScan(Array("3 + 9".utf8)))
        #expect(used.given == 2)
        #expect(used.used == 0.5)
        #expect(used.repeated == 0.5)
    }

    @Test(arguments: ["", " \n", "Ümläute 東京 🙂 ≈ 3", "1e999 99999999999999999999999999 -", "=====", "```", "\0\u{1}"])
    func `features are finite, named, and the same under other case and more white space`(text: String) {
        let answer = Answer(model: ModelID("a"), text: text)
        let features = AnswerFeatures(of: answer, to: "How much is 3 + 4?", after: answer)
        #expect(features.values.count == AnswerFeatures.names.count)
        #expect(features.values.allSatisfy { $0.isFinite })
        let capitals = String(text.map { $0.isASCII ? Character($0.uppercased()) : $0 })
        let shouted = Answer(model: ModelID("a"), text: "\n" + capitals + "  \n")
        #expect(AnswerFeatures(of: shouted, to: " HOW  MUCH IS 3 + 4?\n", after: answer) == features)
    }
}
