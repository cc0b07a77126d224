import Foundation
import Testing

/// `suffice validate` before a provider that takes batches, over real sockets.
@Suite struct BatchStudyTests {
    private static let original = StudiedUser.original
    private static let cheap = "claude-haiku-4-5"
    private static let vendors = ["claude-haiku-4-5", "gpt-5-mini"]

    /// Two steps a session: too few for caches to pay.
    private static func studied(
        _ batches: String...,
        sessions: Int = 16,
        target: String = cheap
    ) async throws -> StudiedUser {
        try await StudiedUser(sessions: sessions, steps: 2, batches: batches, [original: 1, target: 1])
    }

    @Test func `few steps a session go out as batches, and cost half the price`() async throws {
        let studied = try await Self.studied()
        let plan = try await studied.plan("--target", Self.cheap)
        let study = try await studied.study("--target", Self.cheap)
        let replies = try studied.replies
        try await studied.stop()
        #expect(plan.delivery == "batches")
        #expect(study.delivery == "batches")
        #expect(study.steps == 32)
        #expect(replies.count == 64)
        #expect(replies.allSatisfy { $0.batched == true && $0.caches == false && $0.key == "sk-scripted" })
        // 4100 and 4200 tokens in and 60 out, at half of $5 and $25 a million, and of $1 and $5.
        let full = (Double(16 * (4100 + 4200)) * (5 + 1) + Double(32 * 60) * (25 + 5)) / 1e6
        #expect(abs(study.spentUSD - full / 2) < 1e-9)
        #expect(abs(study.spentUSD / plan.estimatedUSD - 1) < 0.1)
    }

    @Test func `many steps a session go one by one, unless batches are asked for`() async throws {
        let studied = try await StudiedUser(sessions: 2, steps: 8, batches: [], [Self.original: 1, Self.cheap: 1])
        let plan = try await studied.plan("--target", Self.cheap)
        let other = try await studied.plan("--target", Self.cheap, "--batch")
        let study = try await studied.study("--target", Self.cheap, "--batch")
        let replies = try studied.replies
        try await studied.stop()
        #expect(plan.delivery == "one-by-one")
        #expect(other.delivery == "batches")
        #expect(other.estimatedUSD > plan.estimatedUSD)
        #expect(study.steps == 16)
        #expect(replies.allSatisfy { $0.batched == true })
    }

    @Test(arguments: vendors)
    func `killed while it waits, it goes on waiting and sends nothing again`(target: String) async throws {
        let studied = try await Self.studied("--polls", "4", target: target)
        let first = try studied.startValidating("--target", target, "--yes")
        while try studied.log.filter({ $0.poll != nil }).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        first.send(SIGKILL)
        _ = try await first.end()
        let sent = try studied.created
        let study = try await studied.study("--target", target)
        let (replies, created) = (try studied.replies, try studied.created)
        let deleted = try studied.log.compactMap(\.deleted)
        let again = try await studied.study("--target", target)
        let createdAgain = try studied.created
        try await studied.stop()
        #expect(sent.count == 2)
        #expect(created == sent)
        #expect(createdAgain == sent)
        // What was uploaded, and what came of it, stays nowhere but here.
        #expect(Set(deleted) == (target.hasPrefix("gpt") ? ["file-1", "out-\(sent[0])"] : []))
        #expect(replies.count == 64)
        #expect(study.steps == 32)
        #expect(study.spentUSD > 0)
        #expect(again.spentNowUSD == 0)
        #expect(again.spentUSD == study.spentUSD)
    }

    @Test(arguments: vendors)
    func `killed before it knew the batch's id, it finds the batch and sends nothing again`(target: String) async throws
    {
        let studied = try await Self.studied("--hold", "2", target: target)
        let first = try studied.startValidating("--target", target, "--yes")
        while try studied.created.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        first.send(SIGKILL)
        _ = try await first.end()
        let study = try await studied.study("--target", target)
        let (replies, created) = (try studied.replies, try studied.created)
        try await studied.stop()
        // The candidate's, which was found, and the recorded model's.
        #expect(created.count == 2)
        #expect(replies.count == 64)
        #expect(study.steps == 32)
    }

    @Test(arguments: vendors)
    func `a batch whose id was never told is found, not sent again`(target: String) async throws {
        let studied = try await Self.studied("--swallow", target: target)
        let study = try await studied.study("--target", target)
        let created = try studied.created
        try await studied.stop()
        #expect(created.count == 2)
        #expect(study.steps == 32)
    }

    @Test(
        arguments: vendors.flatMap { target in
            [("errored", "400 it is not liked"), ("expired", "the batch's day was over")].map { (target, $0.0, $0.1) }
        }
    )
    func `what failed in a batch is named, costs nothing and is asked by the next run`(
        target: String,
        trouble: String,
        text: String
    ) async throws {
        let studied = try await Self.studied("--trouble", trouble, target: target)
        let first = try await studied.validate("--target", target, "--yes")
        let asked = try studied.replies.count
        let second = try await studied.study("--target", target)
        let replies = try studied.replies.count
        try await studied.stop()
        #expect(first.status == 0)
        #expect(first.output.contains("6 failed (\(text)"), "\(first.output)")
        #expect(asked == 58)
        #expect(replies == 64)
        #expect(second.steps == 32)
    }

    @Test func `a provider without batches is asked one by one, and that is said`() async throws {
        let studied = try await StudiedUser(sessions: 4, steps: 2, [Self.original: 1, Self.cheap: 1])
        let answer = try await studied.validate("--target", Self.cheap, "--yes", "--format", "json")
        let replies = try studied.replies
        try await studied.stop()
        #expect(answer.status == 0)
        #expect(answer.trouble.contains("takes no batches (404): replies are asked one by one"))
        #expect(answer.output.contains(#""delivery": "one-by-one""#))
        #expect(replies.count == 16)
    }

    @Test func `Ctrl-C says what becomes of the batch, and --cancel ends it`() async throws {
        let studied = try await Self.studied("--polls", "1000")
        let first = try studied.startValidating("--target", Self.cheap, "--yes")
        while try studied.log.filter({ $0.poll != nil }).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        try await Task.sleep(for: .milliseconds(200))
        first.send(SIGINT)
        let interrupted = try await first.end()
        let cancelled = try await studied.validate("--target", Self.cheap, "--cancel")
        let log = try studied.log
        let after = try await studied.validate("--target", Self.cheap, "--yes", "--no-batch")
        try await studied.stop()
        #expect(interrupted.status == 128 + SIGINT)
        #expect(interrupted.trouble.contains("The batch goes on at its provider"))
        #expect(log.filter { $0.cancelled != nil }.count == 2)
        #expect(cancelled.trouble.contains("is being cancelled"))
        #expect(after.status == 0)
    }

    @Test func `no batch goes out that could cost more than is left`() async throws {
        let studied = try await Self.studied()
        // The longest replies of both models come to more than 12 cents a step.
        let study = try await studied.study("--target", Self.cheap, "--budget", "1.5")
        let (replies, created) = (try studied.replies, try studied.created)
        try await studied.stop()
        #expect(study.spentUSD <= 1.5)
        #expect(replies.count == 64)
        #expect(created.count > 2)
    }
}
