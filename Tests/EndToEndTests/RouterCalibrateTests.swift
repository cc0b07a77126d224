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

    private struct Shown: Decodable {
        struct Step: Decodable {
            var dial: Double
            var quality: Double
            var costPer1000USD: Double?
            var shares: [String: Double]
            var chosen: Bool
        }
        var dial: [Step]
    }

    @Test(arguments: [true, false])
    func `all along the dial it is shown what a step costs and gives`(costs: Bool) async throws {
        let user = try user(200, costs: costs)
        let none = try await user.suffice("router", "show", "--format", "json")
        #expect(none.output.contains("\"dial\": []"))
        _ = try await user.suffice("router", "calibrate", user.folder.path + "/a.jsonl", "--dial", "0.3")
        let answer = try await user.suffice("router", "show", "--format", "json")
        let steps = try JSONDecoder().decode(Shown.self, from: Data(answer.output.utf8)).dial
        #expect(steps.map(\.dial) == (0...10).map { Double($0) / 10 })
        #expect(steps.first?.shares == ["large": 1] && steps.last?.shares == ["small": 1])
        #expect(steps.count(where: \.chosen) == 1)
        #expect(steps.allSatisfy { ($0.costPer1000USD != nil) == costs })
        let spent = steps.map { $0.costPer1000USD ?? $0.shares["large"] ?? 0 }
        #expect(zip(spent, spent.dropFirst()).allSatisfy { $0 >= $1 })
    }

    /// Sums that the smaller models get wrong where they are hard; a wrong one can be worked out again.
    private func sums(_ count: Int, responses: Bool = true) -> String {
        (0..<count).map { index in
            let (a, b) = (10 + index * 7 % 80, 10 + index * 13 % 80)
            let hardness = Double(index * 37 % 100) / 100
            let results = [("small", 0.5, 0.001), ("middle", 0.75, 0.004), ("large", 0.98, 0.02)].map { model in
                let isRight = hardness < model.1
                let response = responses ? ",\"response\":\"\(a) + \(b) = \(isRight ? a + b : a + b + 11)\"" : ""
                return "{\"model\":\"\(model.0)\",\"score\":\(isRight ? 1 : 0),\"costUSD\":\(model.2)\(response)}"
            }
            return "{\"id\":\"\(index)\",\"prompt\":\"Case \(index): what is \(a) and \(b)?\",\"results\":["
                + results.joined(separator: ",") + "]}\n"
        }.joined()
    }

    @Test func `a cascade is found for a budget, and kept for the gateway`() async throws {
        let user = try User()
        try user.folder.write(sums(400), to: "a.jsonl")
        let file = user.folder.path + "/a.jsonl"
        let answer = try await user.suffice(
            "router",
            "calibrate",
            "--cascade",
            file,
            "--budget",
            "12",
            "--format",
            "json"
        )
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.contains("\"last\": \"large\""))
        #expect(kept("cascade.json", of: user))
        let found = try JSONDecoder().decode(FoundCascade.self, from: Data(answer.output.utf8))
        #expect(found.quality.value > 0.9 && found.costPer1000USD.value < 13 && !found.try.isEmpty)
        let names = found.try.map { "\"\($0)\"" }.joined(separator: ", ")
        let prices = ["small", "middle", "large"].enumerated().map { place, model in
            "[[price]]\nmodel = \"\(model)\"\ninput = \(1 + place * 4)\noutput = \(1 + place * 4)\n"
        }
        try user.folder.write(
            "[routing]\nmode = \"route\"\ncascade = { try = [\(names)] }\n" + prices.joined(),
            to: "home/.config/suffice/suffice.toml"
        )
        let checked = try await user.suffice("serve", "--check")
        #expect(checked.status == 0, "\(checked.trouble)")
        #expect(!checked.trouble.contains("plain checks decide"))
    }

    @Test func `a cascade needs responses, enough rows and one budget`() async throws {
        let user = try User()
        try user.folder.write(sums(400, responses: false), to: "a.jsonl")
        try user.folder.write(sums(400), to: "b.jsonl")
        let none = try await user.suffice("router", "calibrate", "--cascade", user.folder.path + "/a.jsonl")
        #expect(none.status == 2 && none.trouble.contains("with a response and a score of every model"))
        let poor = ["router", "calibrate", "--cascade", user.folder.path + "/b.jsonl", "--budget", "0.1"]
        #expect(try await user.run(poor).trouble.contains("raise --budget"))
        let both = ["router", "calibrate", "--cascade", user.folder.path + "/b.jsonl", "--alpha", "0.1"]
        #expect(try await user.run(both).status == 2)
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

/// What `suffice router calibrate --cascade --format json` says.
private struct FoundCascade: Decodable {
    struct Mean: Decodable {
        var value: Double
    }

    var `try`: [String]
    var quality: Mean
    var costPer1000USD: Mean
}
