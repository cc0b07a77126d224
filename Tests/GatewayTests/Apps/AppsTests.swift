import Domain
import Statistics
import Testing

@testable import Gateway

@Suite struct AppsTests {
    @Test func `a key is 32 random bytes behind its prefix, and no two are alike`() {
        var random = SeededGenerator(seed: 1)
        let keys = (0..<100).map { _ in LocalKey.minted(by: &random).value }
        #expect(Set(keys).count == 100)
        for key in keys {
            #expect(key.hasPrefix("sk-suffice-") && key.utf8.count == 11 + 64)
            #expect(key.dropFirst(11).utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) })
        }
    }

    @Test func `a key's hash is its SHA-256`() {
        let hash = LocalKey.hash(of: Secret("abc"))
        #expect(hash == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `only the whole key opens`() {
        var random = SeededGenerator(seed: 2)
        let key = LocalKey.minted(by: &random)
        let other = LocalKey.minted(by: &random)
        let apps = Apps([
            App(name: "cd", keyHash: LocalKey.hash(of: other), created: .unknown),
            App(name: "ci", keyHash: LocalKey.hash(of: key), created: .unknown),
            App(name: "broken", keyHash: "", created: .unknown),
        ])
        #expect(apps.app(forKey: key)?.name == "ci")
        #expect(apps.app(forKey: other)?.name == "cd")
        #expect(apps.app(forKey: Secret(String(key.value.dropLast()))) == nil)
        #expect(apps.app(forKey: Secret("")) == nil)
        #expect(Apps().app(forKey: key) == nil)
    }

    @Test func `a list that was cut or is of a newer suffice is refused`() {
        #expect(throws: UnreadableApps(description: "is no list of apps, or was cut")) {
            try Apps(json: Array(#"{"schema":1,"apps":[{"name":"a""#.utf8))
        }
        #expect(throws: UnreadableApps(description: "was written by a newer suffice (schema 2)")) {
            try Apps(json: Array(#"{"schema":2,"apps":[]}"#.utf8))
        }
    }

    @Test func `a list is read, and what is unknown in it stepped over`() throws {
        let text = #"""
            {"schema":1,"apps":[{"name":"ci","sha256":"ab","created":5,"models":["claude-*"],"new":{"a":[1]},
            "budgetNanoUSD":5000000000,"budgetWindow":"week"},{"name":"","sha256":"cd"},7]}
            """#
        let apps = try Apps(json: Array(text.utf8))
        let budget = App.Budget(amount: Money(nanoUSD: 5_000_000_000), window: "week")
        let ci = App(
            name: "ci",
            keyHash: "ab",
            created: Timestamp(milliseconds: 5),
            models: ["claude-*"],
            budget: budget
        )
        #expect(apps.apps == [ci])
    }
}
