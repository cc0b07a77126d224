import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite struct RulesTests {
    private let rule = Rule(
        id: "r-1",
        finding: "model-downgrade:1",
        kind: "model-downgrade",
        action: .model,
        agent: .claudeCode,
        project: "/p",
        model: ModelID("claude-opus-4-8"),
        target: ModelID("claude-haiku-4-5"),
        text: "t",
        applied: Timestamp(milliseconds: 1_000),
        forecast: .init(sessions: 3, saving: Money(nanoUSD: 5))
    )

    @Test func `a rule is kept as it stands, with what happened to it`() throws {
        let store = try Store.inMemory()
        try store.keep(rule)
        var applied = rule
        applied.status = .applied
        let event = RuleEvent(rule: "r-1", time: Timestamp(milliseconds: 2_000), kind: .applied, text: "by hand")
        try store.keep(applied, after: event)
        #expect(try store.rules() == [applied])
        #expect(try store.ruleEvents() == [event])
        #expect(try store.ruleEvents(of: "r-2").isEmpty)
        try store.forgetRule("r-1")
        #expect(try store.rules().isEmpty)
    }

    @Test func `yesterday's database takes rules`() throws {
        let folder = try TemporaryFolder()
        do {
            let database = try DatabaseQueue(path: folder.path + "/suffice.sqlite")
            try Migrations.all.migrate(database, upTo: "3 exchanges of the gateway")
        }
        let store = try Store(folder: folder.path)
        try store.keep(rule)
        #expect(try Store(folder: folder.path).rules() == [rule])
    }
}
