import Domain
import Reports
import Testing

@testable import Dashboard

@Suite struct PagesTests {
    private static let hostile = "</td></title><script>alert(1)</script><img src=x onerror=\"alert(2)\">\u{202E}"

    private func markup(_ path: String, _ query: String = "", _ source: ReportSource = .sample()) async throws -> String
    {
        try #require(try await Pages(source: source).page(at: path, Query(query))).markup
    }

    @Test(arguments: Pages.paths.subtracting(["/finding", "/session", "/study", "/prices"]).sorted())
    func `a page of an empty store says why it is empty`(path: String) async throws {
        #expect(try await markup(path).contains("class=\"empty\""))
    }

    @Test(arguments: ["/finding", "/findings", "/session", "/proof", "/study"])
    func `nothing of a log becomes markup, wherever it stands`(path: String) async throws {
        let source = ReportSource.sample(
            optimize: .sample(.sample(saying: Self.hostile)),
            session: .sample(saying: Self.hostile),
            proof: .sample(saying: Self.hostile)
        )
        let id = Link("/", ("id", Self.hostile)).text.dropFirst(2)
        let markup = try await markup(path, "agent=pi&\(id)", source)
        #expect(markup.contains("&lt;script&gt;alert(1)"))
        #expect(!markup.contains("<script>") && !markup.contains("<img") && !markup.contains("\u{202E}"))
        #expect(!markup.contains("onerror=\""))
    }

    @Test func `what a filter is given comes back as text`() async throws {
        let query = "since=%22%3E%3Cscript%3E&project=%22%3E%3Cscript%3E"
        let markup = try await markup("/findings", query)
        #expect(!markup.contains("\"><script>") && markup.contains("&quot;&gt;&lt;script&gt;"))
    }

    @Test func `what is not there is told as missing`() async {
        await #expect(throws: Missing.self) { try await markup("/session", "agent=pi&id=none") }
        await #expect(throws: Missing.self) { try await markup("/finding", "id=none") }
        await #expect(throws: Missing.self) { try await markup("/study", "id=none") }
    }

    @Test func `a link to another page keeps which calls it is about`() async throws {
        let markup = try await markup("/findings", "project=a%20b&agent=codex")
        #expect(markup.contains("href=\"/sessions?project=a%20b&amp;agent=codex\""))
        #expect(markup.contains("href=\"/prices\""))
    }

    @Test func `while findings are looked for the overview says so`() async throws {
        var source = ReportSource.sample()
        source.spend = { _, grouping in
            var tally = SpendTally(by: grouping, zone: .utc) { _ in Money(nanoUSD: 1) }
            tally.add(.sample)
            return SpendReport(tally, period: .sample)
        }
        #expect(try await markup("/", "", source).contains("data-pending"))
        source.knownOptimize = { _ in .sample() }
        #expect(try await !markup("/", "", source).contains("data-pending"))
    }

    @Test func `a verdict is a row that leads to its study, and a bar beside its floor`() async throws {
        let markup = try await markup("/proof", "", .sample(proof: .sample(saying: "abc")))
        #expect(markup.contains("<a href=\"/study?id=abc\">abc</a>"))
        #expect(markup.contains("aria-label=\"abc → cheap: 50% beside 90%, with 95% from 30% to 70%, 14 steps\""))
        #expect(markup.contains("?table=proof&amp;format=csv"))
        #expect(!markup.contains("class=\"empty\""))
    }

    @Test func `a study whose logs are gone still says what it showed`() async throws {
        let markup = try await markup("/study", "id=abc", .sample(proof: .sample(saying: "abc")))
        #expect(markup.contains("<p class=\"strong\">contradicted</p><p>abc</p>"))
        #expect(markup.contains("suffice validate abc --dry-run"))
    }

    @Test func `a file is what the command line writes`() async throws {
        let pages = Pages(source: .sample(proof: .sample(saying: "=a,b")))
        let file = try await pages.file(Query("report=proof&format=csv"))
        #expect(file?.text.contains("\r\n\"'=a,b\",contradicted,\"'=a,b\",cheap,14,0.5,0.9,-0.4,-0.6,-0.2,2") == true)
        #expect(try await pages.file(Query("report=proof&format=markdown")) == nil)
        #expect(try await pages.file(Query("report=nothing&format=csv")) == nil)
        await #expect(throws: BadQuestion.self) { try await pages.file(Query("report=spend&format=csv&by=mood")) }
    }

    @Test func `everything the pages need comes to less than 300 kB`() {
        #expect(Asset.all.reduce(0) { $0 + $1.bytes.count } < 300_000)
    }
}
