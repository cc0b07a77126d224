import Domain
import Foundation
import Statistics
import Testing

@testable import Routing

@Suite struct PatternTests {
    private func name(_ text: String, at moment: Routed.Moment) -> String? {
        Pattern.first(for: .sample(text) { $0.toolNames = ["Read", "Grep", "Glob"] }, at: moment)?.name
    }

    @Test(arguments: [Routed.Moment.first, .subagentStart, .cacheExpired, .compacted])
    func `at least 98 of 100 requests that patterns call simple are`(moment: Routed.Moment) {
        let right = LabelledPrompts.simple.filter { name($0, at: moment) != nil }
        let wrong = LabelledPrompts.hard.filter { name($0, at: moment) != nil }
        let precision = Double(right.count) / Double(max(1, right.count + wrong.count))
        #expect(precision >= 0.98, "called simple: \(wrong)")
        // The patterns are of no use if they never fire.
        #expect(Double(right.count) >= 0.8 * Double(LabelledPrompts.simple.count))
    }

    @Test func `orders to subagents are simple where they only look something up`() {
        #expect(LabelledPrompts.hardOrders.filter { name($0, at: .subagentStart) != nil } == [])
        let known = LabelledPrompts.simpleOrders.filter { name($0, at: .subagentStart) != nil }
        #expect(known.count >= 9)
        // A subagent that may write is sent for more than looking up.
        let order = RequestFacts.sample(LabelledPrompts.simpleOrders.first ?? "") { $0.toolNames = ["Read", "Edit"] }
        #expect(Pattern.first(for: order, at: .subagentStart) == nil)
    }

    @Test func `the labelled prompts are many and differ`() {
        #expect(LabelledPrompts.simple.count >= 200 && LabelledPrompts.hard.count >= 200)
        #expect(
            Set(LabelledPrompts.simple + LabelledPrompts.hard).count == LabelledPrompts.simple.count
                + LabelledPrompts.hard.count
        )
    }

    @Test func `patterns on a file of requests, where one is given`() throws {
        guard let path = ProcessInfo.processInfo.environment["SUFFICE_PATTERN_REQUESTS"] else { return }
        struct Row: Decodable {
            var text: String
            var moment: String
            var system: String?
            var tools: [String]?
        }
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let row = try JSONDecoder().decode(Row.self, from: Data(line.utf8))
            let facts = RequestFacts.sample(row.text) { facts in
                facts.systemText = row.system ?? ""
                facts.toolNames = row.tools ?? facts.toolNames
            }
            let moment = Routed.Moment(rawValue: row.moment) ?? .first
            print("PATTERN", Pattern.first(for: facts, at: moment)?.name ?? "-")
        }
    }
}
