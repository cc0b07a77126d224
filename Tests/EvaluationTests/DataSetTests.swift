import Domain
import Routing
import Testing

@testable import Evaluation

@Suite struct DataSetTests {
    /// The same two prompts in every form, whatever else the form carries.
    private static let forms = [
        """
        {"id":"1","prompt":"p","results":[{"model":"a","score":1,"costUSD":0.5,"response":"r"},{"model":"b","score":0}]}
        {"id":"2","prompt":"q","results":[{"model":"a","score":0.5,"costUSD":0.5},{"model":"b","score":1}]}
        """,
        "prompt,model,score,cost\np,a,1,0.5\nq,a,0.5,0.5\np,b,0,\nq,b,True,\n",
        "Unnamed: 0,prompt,a,b,a_response,b_response\n0,p,True,False,r,\n1,q,0.5,True,,\n",
        """
        sample_id,prompt,eval_name,a,b,a|model_response,b|model_response,a|total_cost,b|total_cost,oracle_model_to_route_to
        x.1,p,e,1.0,0.0,r,,0.5,,a
        x.2,q,e,0.5,1.0,,,0.5,,b
        """,
        """
        {"prompt":"p","difficulty":"hard","arms":{"a":{"reward":1,"cost":0.5},"b":{"reward":0}},"best_reward":1}
        {"prompt":"q","arms":{"b":{"reward":1},"a":{"reward":0.5,"cost":0.5}}}
        """,
        """
        [
          {"question":"p","scores":{"a":1.0,"b":0},"costs":{"a":0.5},"cluster_id":7},
          {"question":"q","scores":{"a":0.5,"b":true}}
        ]
        """,
        """
        {"query":"p","model_name":"a","performance":1,"cost":0.5}
        {"query":"p","model_name":"b","performance":0}
        {"query":"q","model_name":"a","performance":0.5}
        {"query":"q","model_name":"b","performance":1}
        """,
    ]

    @Test(arguments: forms) func `every form gives the same rows`(text: String) {
        let data = DataSet(text)
        #expect(data.skipped.isEmpty)
        #expect(data.unused.isEmpty)
        #expect(data.rows.map(\.prompt) == ["p", "q"])
        #expect(data.rows.map { $0.results.map(\.model) } == [["a", "b"], ["a", "b"]])
        #expect(data.rows.map { $0.results.map(\.score) } == [[1, 0], [0.5, 1]])
    }

    @Test(arguments: [0, 1, 3, 4, 5]) func `costs are read where a form has them`(form: Int) {
        let row = DataSet(Self.forms[form]).rows[0]
        #expect(row.results.map(\.cost) == [Money(approximatingUSD: 0.5), nil])
    }

    @Test(arguments: [0, 2, 3]) func `responses are read where a form has them`(form: Int) {
        #expect(DataSet(Self.forms[form]).rows[0].results.map(\.response) == ["r", nil])
    }

    @Test func `a table of verdicts takes no other numbers for models`() {
        let data = DataSet("prompt,weak,strong,difficulty\np,True,False,3\nq,True,True,4\n")
        #expect(data.rows[0].results.map(\.model) == ["strong", "weak"])
        #expect(data.scale == .unit)
    }

    @Test func `judgements of turns become one row a question, on a scale of ten`() {
        let first = #"[Instruction]\nBe fair.\n\n[Question]\nWhy?\nSay it.\n\n[The Start of Assistant's Answer]\nSo."#
        let second = #"<|The Start of Reference Answer|>\n\n### User:\nWhy?\nSay it.\n\n### Reference answer:\nSo."#
        let data = DataSet(
            """
            {"question_id":81,"model":"a","user_prompt":"\(first)","score":10,"turn":1}
            {"question_id":81,"model":"a","user_prompt":"\(second)","score":6,"turn":2}
            {"question_id":81,"model":"b","user_prompt":"\(second)","score":5,"turn":2}
            """
        )
        #expect(data.rows.map(\.prompt) == ["Why?\nSay it."])
        #expect(data.rows.map { $0.results.map(\.score) } == [[0.8, 0.5]])
        #expect(data.scale == .ten)
    }

    @Test(arguments: [(1, ScoreScale.unit), (1.01, .five), (5, .five), (5.5, .ten), (10, .ten), (11, .percent)])
    func `scores are divided by the smallest scale that holds them all`(highest: Double, scale: ScoreScale) {
        let data = DataSet("prompt,model,score\np,a,\(highest)\np,b,0\n")
        #expect(data.scale == scale)
        #expect(data.rows[0].results[0].score == highest / scale.rawValue)
    }

    @Test(arguments: [-0.5, 101]) func `a score on no scale is named and left out`(score: Double) {
        let data = DataSet("prompt,model,score\np,a,\(score)\np,b,1\n")
        #expect(data.rows.map { $0.results.map(\.model) } == [["b"]])
        #expect(data.skipped.count == 1)
        #expect(data.skipped[0].reason.contains("\(score)"))
    }

    @Test(arguments: [
        ("prompt,model,score\np,a,good\np,b,1\n", 2), ("prompt,model,score\n,a,1\np,b,1\n", 2),
        ("prompt,model,score\np,b,1\np,a\n", 3), ("prompt,model,score\np,b,1\n\"p,a,1\n", 3),
        ("{\"prompt\":\"p\",\"scores\":{\"b\":1}}\n\n{\"prompt\":", 3),
        ("{\"prompt\":\"p\",\"scores\":{\"b\":1}}\n[1]\n", 2),
        ("{\"prompt\":\"p\",\"scores\":{\"b\":1}}\n{\"scores\":{}}\n", 2),
        ("{\"prompt\":\"p\",\"scores\":{\"b\":1}}\n{\"prompt\":\"q\"}\n", 2),
        ("[{\"prompt\":\"p\",\"scores\":{\"b\":1}},\n{\"prompt\":\"q\"}]", 2),
        ("[{\"prompt\":\"p\",\"scores\":{\"b\":1}},\n{\"prompt\":\"q", 2),
    ])
    func `a bad row is named by file and line, and the rest is kept`(text: String, line: Int) {
        let data = DataSet(text)
        #expect(data.skipped.map(\.line) == [line])
        #expect(data.skipped.map(\.file) == ["file"])
        #expect(data.rows.map { $0.results.map(\.model) } == [["b"]])
    }

    @Test(arguments: [
        "", "nothing", "a,b\n1,2\n", "{\"question\":\"q\",\"answer\":\"a\"}\n", "[]", "[1,2]", "{", "\u{FEFF}",
    ])
    func `a file without rated prompts is named, and no row of it`(text: String) {
        let data = DataSet(text)
        #expect(data.rows.isEmpty)
        #expect(data.skipped.isEmpty)
        #expect(data.unused.map(\.name) == ["file"])
    }

    @Test func `contaminated prompts are counted, and left out where that is asked for`() {
        let rows = "prompt,model,score\nA  prompt,a,1\nother,a,1\n"
        let list = #"{"train_prompt":"x","eval_prompt":"a prompt"}"#
        #expect(DataSet(rows, list).rows.count == 2)
        #expect(DataSet(rows, list).contaminatedRows == 1)
        #expect(DataSet(rows, list, droppingContaminated: true).rows.map(\.prompt) == ["other"])
    }

    @Test func `a prompt of messages is read as what they say`() {
        let data = DataSet(#"{"prompt":["a",{"role":"user","content":"b"}],"scores":{"m":1}}"#)
        #expect(data.rows.map(\.prompt) == ["a\n\nb"])
    }

    @Test func `the published sets are read whole`() throws {
        guard let arithmetic = sharedData("routellm/routellm/evals/gsm8k/gsm8k_responses.csv"),
            let judgements = sharedData("routellm/routellm/evals/mt_bench/judgements.jsonl"),
            let bandit = sharedData("paretobandit/val.jsonl")
        else { return }
        for (file, count) in [(arithmetic, 1319), (judgements, 80), (bandit, 1785)] {
            let data = DataSet(reading: [file])
            #expect(data.rows.count == count)
            #expect(data.skipped.isEmpty)
        }
    }
}
