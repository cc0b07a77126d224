import Foundation
import TestSupport
import Testing

@Suite struct RouterCalibrateTests {
    /// The cheaper model fails where the prompt asks for a proof, two times in five.
    private func rows(_ count: Int, costs: Bool = true) -> String {
        (0..<count).map { index in
            let asksForProof = index % 5 < 2
            let cost = { (usd: Double) in costs ? ",\"costUSD\":\(usd)" : "" }
            let task = asksForProof ? "prove that every case of \(index) holds" : "list file \(index)"
            return """
                {"id":"\(index)","prompt":"\(task)","results":[{"model":"small","score":\(asksForProof ? 0 : 1)\(cost(0.01))},\
                {"model":"large","score":1\(cost(0.1))}]}

                """
        }.joined()
    }

    private func user(_ count: Int, costs: Bool = true) throws -> User {
        let user = try User()
        try user.folder.write(rows(count, costs: costs), to: "a.jsonl")
        return user
    }

    private func kept(_ name: String, of user: User) -> Bool {
        let names = FileManager.default.enumerator(atPath: user.folder.path)?.compactMap { $0 as? String } ?? []
        return names.contains { $0.hasSuffix("router/" + name) }
    }

    @Test func `a certificate says what it promises, and is kept with its router`() async throws {
        let user = try user(400)
        let file = user.folder.path + "/a.jsonl"
        let answer = try await user.suffice("router", "calibrate", file, "--alpha", "0.05", "--format", "json")
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.contains("\"kind\": \"certified\""))
        #expect(answer.output.contains("at most 5% go to small, come out worse there"))
        #expect(kept("certificate.json", of: user))
        #expect(kept("certificate.router", of: user))
    }

    @Test(arguments: [["--dial", "0.3"], ["--quality", "0.95"], ["--budget", "60"], []])
    func `a dial is set and shown with what it gives`(options: [String]) async throws {
        let user = try user(200)
        let words = ["router", "calibrate", user.folder.path + "/a.jsonl"] + options
        let answer = try await Started(Binary.path, words, user: user, environment: [:], input: "").end()
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.contains("A thousand requests cost"))
        #expect(kept("dial.json", of: user))
    }

    @Test func `what the rows cannot carry is said and changes nothing`() async throws {
        let user = try user(110)
        let file = user.folder.path + "/a.jsonl"
        let answer = try await user.suffice("router", "calibrate", file, "--alpha", "0.001")
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.contains("Not certified"))
        #expect(answer.output.contains("are needed"))
    }

    @Test func `usage errors end with 2 and say what to do`() async throws {
        let user = try user(200, costs: false)
        let file = user.folder.path + "/a.jsonl"
        let both = try await user.suffice("router", "calibrate", file, "--dial", "0.5", "--alpha", "0.1")
        #expect(both.status == 2)
        #expect(both.trouble.contains("choose one of"))
        let same = try await user.suffice("router", "calibrate", file, "--alpha", "0.1", "--weak", "a", "--strong", "a")
        #expect(same.status == 2)
        let budget = try await user.suffice("router", "calibrate", file, "--budget", "5")
        #expect(budget.status == 2)
        #expect(budget.trouble.contains("add costUSD"))
        let other = try await user.suffice(
            "router",
            "calibrate",
            file,
            "--alpha",
            "0.1",
            "--weak",
            "tiny",
            "--strong",
            "large"
        )
        #expect(other.status == 2)
        #expect(other.trouble.contains("no row has a result of 'tiny'"))
        try user.folder.write(rows(20), to: "few.jsonl")
        let few = try await user.suffice("router", "calibrate", user.folder.path + "/few.jsonl")
        #expect(few.status == 2)
        #expect(few.trouble.contains("too few to calibrate on"))
    }
}
