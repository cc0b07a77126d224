import Foundation
import TestSupport
import Testing

/// What a router learns from its user's own history, and what becomes of its promise.
@Suite struct RouterHistoryTests {
    /// A decision of the gateway, and where a stronger model was asked a minute later.
    private func exchange(
        _ number: Int,
        reason: String,
        detail: String,
        models: (asked: String, chosen: String),
        at time: Int64,
        isTakenBack: Bool
    ) -> String {
        func line(_ reply: String, _ chosen: String, _ reason: String, _ detail: String, _ time: Int64) -> String {
            #"{"v":1,"type":"outcome","id":"x-\#(reply)","time":\#(time),"agent":"claude-code","session":"s\#(number)""#
                + #","billing":"api","format":"messages","requested":"\#(models.asked)","chosen":"\#(chosen)""#
                + #","applied":true,"reason":"\#(reason)","detail":"\#(detail)","upstream":"main""#
                + #","upstreamFormat":"messages","requestBytes":9,"ending":"finished","ended":\#(time + 1)"#
                + #","answeredBy":"main","status":200,"replyID":"msg_\#(reply)","model":"\#(chosen)""#
                + #","usage":{"input":10,"output":100,"cacheRead":1000,"cacheWrite5m":500},"attempts":1}"# + "\n"
        }
        let first = line("\(number)", models.chosen, reason, detail, time)
        guard isTakenBack else { return first }
        return first + line("\(number)b", models.asked, "escalation", "complaint", time + 60_000)
    }

    /// Sessions through the gateway; those that ask for a proof were taken back.
    private func user(sessions: Int) throws -> User {
        let user = try User()
        var journal = ""
        for number in 0..<sessions {
            let isHard = number % 5 < 2
            let text = isHard ? "prove that every case of \(number) holds" : "list file \(number)"
            let session = "s\(number)"
            try user.log(
                [ClaudeLine.prompt(text, session: session), ClaudeLine.reply("\(number)", session: session)],
                as: session
            )
            journal += exchange(
                number,
                reason: "pattern",
                detail: "git",
                models: ("claude-opus-4-8", "claude-haiku-4-5"),
                at: 1_785_751_200_000,
                isTakenBack: isHard
            )
        }
        try user.folder.write(journal, to: "data/gateway/2026-08-03.jsonl")
        return user
    }

    @Test func `a router is trained on decisions that were kept and taken back`() async throws {
        let user = try user(sessions: 150)
        let trained = try await user.suffice("router", "train", environment: ["COLUMNS": "200"])
        #expect(trained.status == 0, "\(trained.trouble)")
        #expect(trained.output.hasPrefix("Installed"), "\(trained.output)")
        #expect(trained.output.contains("Learned from 150 prompts of your own history"))
        #expect(trained.output.contains("Learning curve"))
        let shown = try await user.suffice("router", "show")
        #expect(shown.output.contains("claude-haiku-4-5"))
    }

    @Test(arguments: [(0, "rates no model yet"), (20, "20 rated prompts teach less than they know")])
    func `a short history keeps the patterns`(sessions: Int, said: String) async throws {
        let answer = try await user(sessions: sessions).suffice("router", "train", environment: ["COLUMNS": "200"])
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.hasPrefix("Patterns kept"))
        #expect(answer.output.contains(said), "\(answer.output)")
    }

    @Test func `a certificate that is broken is withdrawn, and said to be`() async throws {
        let user = try User()
        let rows = (0..<400).map { index in
            let asksForProof = index % 5 < 2
            return """
                {"id":"\(index)","prompt":"\(asksForProof ? "prove that every case of" : "list file") \(index)",\
                "results":[{"model":"small","score":\(asksForProof ? 0 : 1)},{"model":"large","score":1}]}

                """
        }
        try user.folder.write(rows.joined(), to: "a.jsonl")
        let certified = try await user.suffice("router", "calibrate", user.folder.path + "/a.jsonl", "--alpha", "0.05")
        #expect(certified.output.contains("Certified"))
        let fresh = try await user.suffice("router", "show", environment: ["COLUMNS": "200"])
        #expect(fresh.output.contains("no week's results yet"), "\(fresh.output)")
        // As if three weeks had gone by.
        let place = user.data + "/router/watch.json"
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        let start = now - 22 * 86_400_000
        let kept = try String(contentsOfFile: place, encoding: .utf8)
        let line = try #require(kept.split(separator: "\n").first { $0.contains("countedUntil") })
        try user.folder.write(
            kept.replacingOccurrences(of: line, with: "  \"countedUntil\" : \(start),"),
            to: "data/router/watch.json"
        )
        let journal = (0..<200).map { number in
            exchange(
                number,
                reason: "learned",
                detail: "certificate; gap 0.1 <= 0.2",
                models: ("large", "small"),
                at: start + Int64(number) * 8_000_000,
                isTakenBack: number % 4 == 0
            )
        }
        try user.folder.write(journal.joined(), to: "data/gateway/2026-08-03.jsonl")
        // Reads the journal.
        _ = try await user.suffice("ingest")
        let shown = try await user.suffice("router", "show", environment: ["COLUMNS": "200"])
        #expect(shown.output.contains("The certificate is withdrawn"), "\(shown.output)")
        let doctor = try await user.suffice("doctor", "--format", "json")
        #expect(doctor.output.contains("The certificate is withdrawn"))
    }
}
