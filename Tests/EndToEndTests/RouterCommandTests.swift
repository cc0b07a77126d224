import Foundation
import TestSupport
import Testing

@Suite struct RouterEvalTests {
    @Test func `the JSON has the keys that programs read`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<60), to: "a.jsonl")
        try user.folder.write(RatedRows.plain(50..<120), to: "b.jsonl")
        let answer = try await user.suffice(
            "router",
            "eval",
            "--train",
            user.folder.path + "/a.jsonl",
            "--test",
            user.folder.path + "/b.jsonl",
            "--weak",
            "small",
            "--strong",
            "large",
            "--format",
            "json"
        )
        #expect(answer.status == 0, "\(answer.trouble)")
        let report = try answer.evaluation
        #expect(report.schema == 1)
        #expect(report.models == ["small", "large"])
        #expect(report.default == "blend")
        #expect(report.overlappingRows == 10)
        #expect(report.trainingRows == 50)
        #expect(report.testRows == 70)
        let blend = try #require(report.scorers.first { $0.name == "blend" })
        let figures = [blend.apgr, blend.cpt50, blend.cpt80, blend.aiq]
        #expect(figures.allSatisfy { $0 != nil })
        #expect(try #require(blend.apgr) > 0.7)
        let interval = try #require(blend.interval["apgr"])
        #expect(interval.low <= interval.high)
        #expect(report.baselines.map(\.name) == ["random", "promptLength", "zeroRouter", "bestSingle", "oracle"])
        #expect(report.baselines[0].apgr == 0.5)
    }

    @Test func `more than two models are told by AIQ`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<100, models: ["small", "middle", "large"]), to: "a.jsonl")
        let report = try await user.eval("a.jsonl", "--folds", "3").evaluation
        #expect(report.models == ["large", "middle", "small"])
        #expect(report.scorers.allSatisfy { $0.apgr == nil && $0.aiq != nil })
    }

    @Test func `costs that are nowhere known are said`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<60, models: ["a", "b", "c"], costs: false), to: "a.jsonl")
        let answer = try await user.eval("a.jsonl", format: "table")
        #expect(answer.output.contains("no costs"))
        let drawn = try await user.eval("a.jsonl", "--svg", user.folder.path + "/curve.svg")
        #expect(drawn.status == 2)
        #expect(drawn.trouble.contains("--svg"))
    }

    @Test(arguments: ["table", "json", "csv", "markdown"]) func `every format answers`(format: String) async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<40), to: "a.jsonl")
        let answer = try await user.eval("a.jsonl", "--labels", "20", "--seeds", "2", format: format)
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.contains("promptLength"))
        #expect(!answer.output.unicodeScalars.contains { $0.value < 32 && $0 != "\n" && $0 != "\r" })
    }

    @Test func `a missing embedding table is said in one line`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<40), to: "a.jsonl")
        let answer = try await user.eval("a.jsonl", format: "table")
        #expect(answer.output.split(separator: "\n").count { $0.contains("make embeddings") } == 1)
    }

    @Test func `a folder is read with all that is in it, and what is no data set is named`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<30), to: "set/one/a.jsonl")
        try user.folder.write(RatedRows.table(30..<60), to: "set/b.csv")
        try user.folder.write("Read me.\n", to: "set/README")
        let answer = try await user.eval("set")
        #expect(try answer.evaluation.testRows == 60)
        #expect(try answer.evaluation.unusedFiles.map(\.file).contains { $0.hasSuffix("README") })
    }

    @Test func `a pipe is read to its end`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<40), to: "a.jsonl")
        let answer = try await user.shell("cat '\(user.folder.path)/a.jsonl' | suffice router eval - --format json")
        #expect(try answer.evaluation.testRows == 40)
    }

    @Test func `bad lines are named with file and line, and cost nothing else`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<20) + "nonsense\n" + RatedRows.plain(20..<40), to: "a.jsonl")
        let answer = try await user.eval("a.jsonl")
        let report = try answer.evaluation
        #expect(report.testRows == 40)
        #expect(report.skipped.map(\.line) == [21])
        #expect(report.skipped.allSatisfy { $0.file.hasSuffix("a.jsonl") })
    }

    @Test func `equal scores everywhere are an answer, without a gap to recover`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<40, score: { _, _ in 1 }), to: "a.jsonl")
        let report = try await user.eval("a.jsonl").evaluation
        #expect(report.scorers.allSatisfy { $0.apgr == nil })
        #expect(report.baselines[0].aiq == 1)
    }

    @Test func `the picture is a picture`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<40), to: "a.jsonl")
        let path = user.folder.path + "/curve.svg"
        #expect(try await user.eval("a.jsonl", "--svg", path).status == 0)
        let svg = try String(contentsOfFile: path, encoding: .utf8)
        #expect(svg.hasPrefix("<svg"))
        #expect(svg.contains("promptLength"))
    }

    @Test(arguments: [
        ("", "empty"), ("nothing that is known\n", "no rated prompts"), (RatedRows.plain(0..<1), "too few"),
        (RatedRows.plain(0..<40, models: ["small"]), "small"),
    ])
    func `what cannot be judged says why`(text: String, word: String) async throws {
        let user = try User()
        try user.folder.write(text, to: "a.jsonl")
        let answer = try await user.eval("a.jsonl")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains(word))
        #expect(answer.output.isEmpty)
    }

    @Test(arguments: [
        ([], "--train"), (["nowhere.jsonl"], "nowhere.jsonl"), (["a", "--train", "b", "--test", "c"], "not both"),
        (["--train", "b"], "--test"), (["a", "--weak", "x"], "--strong"), (["a", "--labels", "0"], "--labels"),
        (["a", "--folds", "1"], "--folds"), (["a", "--labels", "9", "--folds", "3"], "--folds"),
        (["a", "--seeds", "0"], "--seeds"), (["a", "--format", "xml"], "xml"),
    ])
    func `what was mistyped is named`(arguments: [String], word: String) async throws {
        let answer = try await User().run(["router", "eval"] + arguments)
        #expect(answer.status == 2)
        #expect(answer.trouble.contains(word))
        #expect(answer.output.isEmpty)
    }

    @Test func `a model that is not there is named beside those that are`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<40), to: "a.jsonl")
        let answer = try await user.eval("a.jsonl", "--weak", "tiny", "--strong", "large")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains("tiny") && answer.trouble.contains("small"))
    }
}

@Suite struct RouterTrainTests {
    @Test func `nothing installed says what to do`() async throws {
        let user = try User()
        #expect(try await user.suffice("router", "show").output.contains("suffice router train"))
        #expect(try await user.suffice("router", "show", "--format", "json").output.contains("\"installed\": false"))
    }

    @Test func `a router is trained, kept and shown`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<200), to: "a.jsonl")
        let trained = try await user.suffice("router", "train", user.folder.path + "/a.jsonl")
        #expect(trained.status == 0, "\(trained.trouble)")
        #expect(trained.output.hasPrefix("Installed"))
        #expect(trained.output.contains("Learning curve"))
        let shown = try await user.suffice("router", "show")
        #expect(shown.output.contains("blend for"))
        let again = try await user.suffice("router", "train", user.folder.path + "/a.jsonl", "--format", "json")
        #expect(again.output.contains("\"name\": \"installed\""))
        let kept = try FileManager.default.contentsOfDirectory(atPath: user.data + "/router").filter { $0.first != "." }
        #expect(kept.count == 2)
    }

    @Test func `too few rows keep the patterns`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<49), to: "a.jsonl")
        let answer = try await user.suffice("router", "train", user.folder.path + "/a.jsonl")
        #expect(answer.status == 0)
        #expect(answer.output.hasPrefix("Patterns kept"))
        #expect(!FileManager.default.fileExists(atPath: user.data + "/router/record.json"))
    }

    @Test func `a router for other models comes only where it is asked for`() async throws {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<200), to: "a.jsonl")
        try user.folder.write(RatedRows.plain(0..<200, models: ["x", "y"]), to: "b.jsonl")
        _ = try await user.suffice("router", "train", user.folder.path + "/a.jsonl")
        let refused = try await user.suffice("router", "train", user.folder.path + "/b.jsonl")
        #expect(refused.output.contains("stays"))
        #expect(try await user.suffice("router", "show").output.contains("small"))
        let forced = try await user.suffice("router", "train", user.folder.path + "/b.jsonl", "--replace")
        #expect(forced.output.hasPrefix("Installed as asked"))
        #expect(try await user.suffice("router", "show").output.contains("blend for x, y"))
    }

    @Test(arguments: ["{", "{\"schema\":2}", ""]) func `a damaged record is named, and replaced on demand`(text: String)
        async throws
    {
        let user = try User()
        try user.folder.write(RatedRows.plain(0..<200), to: "a.jsonl")
        try user.folder.write(text, to: "data/router/record.json")
        let answer = try await user.suffice("router", "train", user.folder.path + "/a.jsonl")
        #expect(answer.status == 1)
        #expect(answer.trouble.contains("record.json"))
        #expect(try await user.suffice("router", "show").status == 1)
        let forced = try await user.suffice("router", "train", user.folder.path + "/a.jsonl", "--replace")
        #expect(forced.status == 0, "\(forced.trouble)")
        #expect(try await user.suffice("router", "show").status == 0)
    }

    @Test func `a file that is not there is bad input`() async throws {
        let answer = try await User().suffice("router", "train", "nowhere")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains("nowhere"))
    }

    @Test func `an empty file is bad input`() async throws {
        let user = try User()
        try user.folder.write("", to: "a.jsonl")
        let answer = try await user.suffice("router", "train", user.folder.path + "/a.jsonl")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains("empty"))
    }
}

extension User {
    /// `suffice router eval` on a file of the user's folder.
    fileprivate func eval(_ file: String, _ arguments: String..., format: String = "json") async throws -> Answer {
        try await run(["router", "eval", folder.path + "/" + file] + arguments + ["--format", format])
    }
}

/// Prompts of which the first model fails the proofs and does the rest.
private enum RatedRows {
    static func plain(
        _ range: Range<Int>,
        models: [String] = ["small", "large"],
        costs: Bool = true,
        score: ((Int, Int) -> Double)? = nil
    ) -> String {
        range.map { index in
            let results = models.enumerated().map { place, model in
                let value = score?(index, place) ?? standard(index, place, of: models.count)
                let cost = costs ? ",\"costUSD\":\(Double(place + 1) / 100)" : ""
                return "{\"model\":\"\(model)\",\"score\":\(value)\(cost)}"
            }
            return
                "{\"id\":\"\(index)\",\"prompt\":\"\(prompt(index))\",\"results\":[\(results.joined(separator: ","))]}\n"
        }.joined()
    }

    static func table(_ range: Range<Int>) -> String {
        "prompt,small,large\r\n"
            + range.map { "\"\(prompt($0))\",\(standard($0, 0, of: 2) > 0 ? "True" : "False"),True\r\n" }.joined()
    }

    private static func prompt(_ index: Int) -> String {
        index % 2 == 0
            ? "Prove theorem number \(index) about primes, and show every step of it."
            : "Say hello to guest number \(index), and wish them well."
    }

    private static func standard(_ index: Int, _ place: Int, of count: Int) -> Double {
        place == count - 1 || index % 2 == 1 ? 1 : 0
    }
}

/// The JSON of `suffice router eval`, as programs read it.
private struct EvaluationAnswer: Decodable {
    struct Interval: Decodable {
        var low: Double
        var high: Double
    }

    struct Standing: Decodable {
        var name: String
        var apgr: Double?
        var cpt50: Double?
        var cpt80: Double?
        var aiq: Double?
        var interval: [String: Interval]
    }

    struct Skipped: Decodable {
        var file: String
        var line: Int
    }

    struct Unused: Decodable {
        var file: String
    }

    var schema: Int
    var models: [String]
    var `default`: String?
    var trainingRows: Int
    var testRows: Int
    var overlappingRows: Int
    var scorers: [Standing]
    var baselines: [Standing]
    var skipped: [Skipped]
    var unusedFiles: [Unused]
}

extension Answer {
    fileprivate var evaluation: EvaluationAnswer {
        get throws { try JSONDecoder().decode(EvaluationAnswer.self, from: Data(output.utf8)) }
    }
}
