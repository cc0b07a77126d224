import Foundation
import Testing

/// `suffice validate` before a provider with a script, over real sockets.
@Suite struct StudyTests {
    private static let original = StudiedUser.original
    private static let cheap = "claude-haiku-4-5"

    @Test func `a dry run says what it would cost and connects to nobody`() async throws {
        let studied = try await StudiedUser(sessions: 3, steps: 4, [Self.cheap: 1])
        let answer = try await studied.validate("--dry-run", "--target", Self.cheap)
        let log = try studied.log
        try await studied.stop()
        #expect(answer.status == 0)
        #expect(answer.output.hasPrefix("12 steps of 3 sessions would be asked again, for about $"))
        #expect(log.isEmpty)
    }

    @Test func `without consent nothing is sent`() async throws {
        let studied = try await StudiedUser(sessions: 1, steps: 2, [Self.cheap: 1])
        let answer = try await studied.validate("--target", Self.cheap)
        let log = try studied.log
        try await studied.stop()
        #expect(answer.status == 3)
        #expect(answer.trouble.contains("say --yes"))
        #expect(log.isEmpty)
    }

    @Test func `the recorded model as its own candidate is supported, at the cost that was said`() async throws {
        let studied = try await StudiedUser(sessions: 14, steps: 10, [Self.original: 0.95])
        let plan = try await studied.plan("--target", Self.original, "--samples", "140")
        let study = try await studied.study("--target", Self.original, "--samples", "140")
        let replies = try studied.replies
        try await studied.stop()
        #expect(study.outcome == "supported")
        #expect(study.fidelity == ["exact": study.steps])
        #expect(replies.count == study.steps * 2)
        #expect(replies.allSatisfy { $0.key == "sk-scripted" })
        // It may stop before its sample ends: what was said of so many requests.
        let said = plan.estimatedUSD * Double(replies.count) / Double(plan.requests)
        #expect(abs(study.spentUSD / said - 1) < 0.1)
    }

    @Test func `a candidate that answers at random is contradicted, and what was found is not told any more`()
        async throws
    {
        let target = "claude-opus-5-5"
        let studied = try await StudiedUser(sessions: 14, steps: 10, [Self.original: 0.95, target: 0])
        let before = try await studied.suffice("optimize", "--since", "all", "--format", "json")
        let after = try await studied.suffice("optimize", "--since", "all", "--validate", "--yes", "--format", "json")
        try await studied.stop()
        #expect(before.output.contains(#""kind": "same-tier-cheaper", "status": "found""#))
        #expect(!after.output.contains(#""kind": "same-tier-cheaper", "status": "found""#))
        #expect(after.output.contains(#""outcome": "contradicted""#))
    }

    @Test func `what is supported is told as validated`() async throws {
        let target = "claude-opus-5-5"
        let studied = try await StudiedUser(sessions: 14, steps: 10, [Self.original: 1, target: 1])
        let answer = try await studied.suffice(
            "optimize",
            "--since",
            "all",
            "--validate",
            "--yes",
            "--samples",
            "140",
            "--format",
            "json"
        )
        try await studied.stop()
        #expect(answer.output.contains(#""confidence": "replayValidated""#))
        #expect(answer.output.contains("not whether whole tasks come out right"))
    }

    @Test func `what a replay showed of each step is learned from`() async throws {
        let studied = try await StudiedUser(sessions: 4, steps: 5, [Self.original: 1, Self.cheap: 0])
        _ = try await studied.study("--target", Self.cheap, "--samples", "20")
        let trained = try await studied.suffice("router", "train")
        try await studied.stop()
        #expect(trained.status == 0, "\(trained.trouble)")
        // Of four sessions, each with a prompt of its own.
        #expect(trained.output.contains("4 rated prompts teach less"), "\(trained.output)")
    }

    @Test func `killed, it goes on where it was and pays no reply twice`() async throws {
        let studied = try await StudiedUser(sessions: 6, steps: 5, heldAfter: 12, [Self.original: 1, Self.cheap: 1])
        let first = try studied.startValidating("--target", Self.cheap, "--yes")
        try await studied.replied(12)
        first.send(SIGKILL)
        _ = try await first.end()
        try studied.letGo()
        let study = try await studied.study("--target", Self.cheap)
        let replies = try studied.replies
        try await studied.stop()
        let asked = replies.map { "\($0.model ?? "") \($0.session ?? "") \($0.step ?? -1)" }
        // At most the one that was under way when it was killed was asked twice.
        #expect(asked.count - Set(asked).count <= 1)
        #expect(Set(asked).count == 60)
        #expect(study.steps == 30)
        #expect(study.spentNowUSD < study.spentUSD)
        // What was out when it was killed.
        #expect(study.lostUSD > 0)
    }

    @Test func `a study that runs is not paid for beside itself`() async throws {
        let studied = try await StudiedUser(sessions: 6, steps: 5, heldAfter: 1, [Self.original: 1, Self.cheap: 1])
        let first = try studied.startValidating("--target", Self.cheap, "--yes")
        try await studied.replied(1)
        let second = try await studied.validate("--target", Self.cheap, "--yes")
        try studied.letGo()
        let ended = try await first.end()
        let replies = try studied.replies
        try await studied.stop()
        #expect(second.status == 1)
        #expect(second.trouble.contains("another suffice runs this study"))
        #expect(ended.status == 0)
        #expect(replies.count == 60)
    }

    @Test func `a decided finding is asked again only for other evidence`() async throws {
        let target = "claude-opus-5-5"
        let studied = try await StudiedUser(sessions: 14, steps: 10, [Self.original: 0.95, target: 0])
        let arguments = ["--since", "all", "--validate", "--yes", "--format", "json"]
        _ = try await studied.suffice(["optimize"] + arguments)
        let asked = try studied.replies.count
        let again = try await studied.suffice(["optimize"] + arguments)
        let askedAgain = try studied.replies.count
        let other = try await studied.suffice(["optimize"] + arguments + ["--samples", "48"])
        let askedOther = try studied.replies.count
        try await studied.stop()
        #expect(asked > 0)
        #expect(askedAgain == asked)
        #expect(again.trouble.contains("contradicted by the same steps already"))
        #expect(other.status == 0)
        #expect(askedOther >= asked)
    }

    @Test func `a finding that was contradicted can be asked about again`() async throws {
        let target = "claude-opus-5-5"
        let studied = try await StudiedUser(sessions: 14, steps: 10, [Self.original: 0.95, target: 0])
        _ = try await studied.suffice(["optimize", "--since", "all", "--validate", "--yes"])
        let answer = try await studied.suffice(["validate", "same-tier-cheaper:", "--since", "all", "--dry-run"])
        try await studied.stop()
        #expect(answer.status == 0)
        #expect(answer.output.contains("would be asked again"))
    }

    @Test func `a finding of long ago is found without being told when`() async throws {
        let studied = try await StudiedUser(sessions: 14, steps: 10, [Self.original: 1])
        let answer = try await studied.suffice(["validate", "same-tier-cheaper:", "--dry-run"])
        let recent = try await studied.suffice(["validate", "same-tier-cheaper:", "--dry-run", "--since", "30d"])
        try await studied.stop()
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(recent.status == 2)
        #expect(recent.trouble.contains("in the time looked at"))
    }

    @Test func `Codex's steps are asked again, and what comes of it is an indication`() async throws {
        let studied = try await StudiedUser(sessions: 3, steps: 4, ofCodex: true, ["gpt-5.5": 1, "gpt-5-mini": 1])
        let plan = try await studied.plan("--target", "gpt-5-mini")
        let study = try await studied.study("--target", "gpt-5-mini")
        let shown = try await studied.validate("--target", "gpt-5-mini", "--yes", "--show")
        let replies = try studied.replies
        try await studied.stop()
        #expect(plan.fidelity == ["inferred": 12])
        #expect(study.steps == 12)
        #expect(study.outcome == "indicative")
        // Each at the step that it was recorded at.
        #expect(replies.count == 24)
        #expect(Set(replies.map { "\($0.session ?? "") \($0.step ?? -1)" }).count == 12)
        #expect(shown.output.contains("exec_command"))
        #expect(shown.output.contains("100%"))
    }

    @Test func `the prompt a log lacks is taken from the agent, on request, far from the user's own settings`()
        async throws
    {
        let studied = try await StudiedUser(sessions: 2, steps: 3, recordsRequests: false, [Self.cheap: 1])
        let guessed = try await studied.plan("--target", Self.cheap)
        let (plan, trouble, start) = try await studied.planRecapturing("--target", Self.cheap)
        try await studied.stop()
        #expect(guessed.fidelity == ["inferred": 6])
        #expect(plan.fidelity == ["recaptured": 6])
        #expect(trouble.isEmpty)
        #expect(start.arguments.contains(#"{"disableAllHooks":true}"#))
        #expect(start.arguments.contains("--strict-mcp-config"))
        #expect(start.key == "sk-ant-none")
        #expect(start.home != studied.user.home)
        // Its log went with its home.
        #expect(!FileManager.default.fileExists(atPath: start.home))
    }

    @Test func `never spends more than its budget`() async throws {
        let studied = try await StudiedUser(sessions: 6, steps: 8, [Self.original: 1, Self.cheap: 1])
        let study = try await studied.study("--target", Self.cheap, "--budget", "0.4")
        try await studied.stop()
        #expect(study.ending == "budget")
        #expect(study.spentUSD <= 0.4)
        #expect(study.outcome == "inconclusive")
    }

    @Test func `pairs are shown here and on a page`() async throws {
        let studied = try await StudiedUser(sessions: 2, steps: 3, [Self.original: 1, Self.cheap: 0])
        let answer = try await studied.validate("--target", Self.cheap, "--yes", "--show")
        try await studied.stop()
        #expect(answer.output.contains("make step-0-0"))
        let pages = try FileManager.default.contentsOfDirectory(atPath: studied.user.data + "/replays")
            .filter { $0.hasSuffix(".html") }
        let page = try String(contentsOfFile: studied.user.data + "/replays/" + #require(pages.first), encoding: .utf8)
        #expect(page.contains("&quot;make step-0-0&quot;"))
    }

    @Test func `the tools that Codex does not log are taken from an installed one of the same version`() async throws {
        let studied = try await StudiedUser(sessions: 2, steps: 3, ofCodex: true, ["gpt-5.5": 1])
        let (plan, trouble, start) = try await studied.planRecapturing(as: "codex", "--target", "gpt-5-mini")
        try await studied.stop()
        #expect(plan.fidelity == ["recaptured": 6])
        #expect(trouble.isEmpty)
        #expect(start.key == "sk-none")
        #expect(start.home != studied.user.home)
        #expect(!FileManager.default.fileExists(atPath: start.home))
    }

    @Test(arguments: [
        (["validate", "no-such-session"], "no session's id begins with"),
        (["validate", "model-downgrade:000"], "no finding's id begins with"),
        (["validate"], "name findings or sessions"),
        (["validate", "x", "--samples", "0"], "--samples is a number"),
        (["validate", "x", "--budget", "-1"], "--budget"),
    ])
    func `what cannot be studied is said`(arguments: [String], text: String) async throws {
        let answer = try await User().run(arguments)
        #expect(answer.status == 2)
        #expect(answer.trouble.contains(text))
    }
}
