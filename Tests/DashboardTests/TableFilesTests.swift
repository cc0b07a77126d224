import Domain
import Foundation
import Reports
import Store
import Testing

@testable import Dashboard

/// Every table of every page, as files.
@Suite struct TableFilesTests {
    private static let texts = ["abc", "=a,b", "<script>alert(1)</script>\"'&\u{202E}"]
    /// Every page with how many tables it has where each holds something.
    private static let pages: [(path: String, tables: Int)] = [
        ("/", 3), ("/findings", 3), ("/finding", 2), ("/sessions", 1), ("/session", 4), ("/proof", 1), ("/study", 4),
        ("/rules", 2), ("/routing", 9), ("/gateway", 3), ("/prices", 1),
    ]

    /// What people read of a study's measures, and what programs do.
    private static let measures = [
        "equivalent action": "agreement", "same tools": "sameTools", "canonically equal": "strict",
        "valid calls": "schemaValid", "stops elsewhere": "stopMismatches",
    ]

    /// A table as a page shows it.
    private struct Seen {
        var firstCells: [String]
        var links: [(address: String, label: String, text: String)]

        /// Of the markup from one table to the next.
        init(_ markup: Substring) throws {
            let body = markup.firstMatch(of: /<tbody>(.*?)<\/tbody>/.dotMatchesNewlines())?.1 ?? ""
            firstCells = body.matches(of: /<tr[^>]*><t([hd])[^>]*>(.*?)<\/t\1>/.dotMatchesNewlines()).map {
                String($0.2.replacing(/<[^>]*>/, with: "")).plain
            }
            let files = try #require(markup.firstMatch(of: /<p class="files">(.*?)<\/p>/)?.1)
            links = files.matches(of: /<a href="([^"]*)" aria-label="([^"]*)">(.*?)<\/a>/).map {
                (String($0.1).plain, String($0.2).plain, String($0.3))
            }
        }

        static func all(in markup: String) throws -> [Seen] {
            try markup.split(separator: "<table", omittingEmptySubsequences: false).dropFirst().map(Seen.init)
        }
    }

    /// A file of JSON.
    private struct Written: Decodable {
        enum Value: Decodable, Equatable {
            case text(String)
            case number(Double)
            case none

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if container.decodeNil() {
                    self = .none
                } else if let number = try? container.decode(Double.self) {
                    self = .number(number)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }
        }

        var schema: Int
        var table: String
        var rows: [[String: Value]]
    }

    private func file(
        _ path: String,
        _ query: String,
        _ source: ReportSource
    ) async throws -> (name: String, format: ReportFormat, text: String) {
        try #require(try await Pages(source: source).table(at: path, Query(query)))
    }

    @Test(arguments: pages, texts)
    func `every table of every page can be had as CSV and JSON with the rows it shows`(
        page: (path: String, tables: Int),
        text: String
    ) async throws {
        let source = try ReportSource.full(saying: text)
        let id = Link("/", ("agent", "pi"), ("id", text), ("since", "")).text.dropFirst(2)
        let html = try #require(try await Pages(source: source).page(at: page.path, Query(String(id))))
        let seen = try Seen.all(in: html.markup)
        #expect(seen.count == page.tables)
        let labels = seen.flatMap(\.links).map(\.label)
        #expect(Set(labels).count == labels.count, "two links of one name: \(labels)")
        for table in seen {
            try #require(table.links.map(\.text) == ["CSV", "JSON"])
            #expect(!table.firstCells.isEmpty)
            let addresses = table.links.map { String($0.address.drop { $0 != "?" }.dropFirst()) }
            let csv = try await file(page.path, addresses[0], source)
            #expect(csv.name.hasPrefix("suffice-") && csv.name.hasSuffix(".csv"))
            #expect(
                csv.name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x2D...0x39).contains($0) },
                "\(csv.name)"
            )
            let lines = csv.text.fieldsOfCSV
            let keys = try #require(lines.first)
            #expect(Set(keys).count == keys.count, "two columns of one key: \(keys)")
            try #require(lines.count - 1 == table.firstCells.count, "\(csv.name)")
            for (line, cell) in zip(lines.dropFirst(), table.firstCells) {
                let shown = Self.measures[cell] ?? cell
                #expect(shown.isShort(for: line[0]), "\(csv.name): \(cell) is not \(line[0])")
            }
            let json = try await file(page.path, addresses[1], source)
            let written = try JSONDecoder().decode(Written.self, from: Data(json.text.utf8))
            #expect(written.schema == 1 && json.name == "suffice-\(written.table).json")
            #expect(written.rows.count == table.firstCells.count)
            for row in written.rows { #expect(Set(row.keys) == Set(keys)) }
        }
    }

    @Test func `a file holds what its page was filtered by, and a link to it keeps that`() async throws {
        var source = try ReportSource.full(saying: "abc")
        let sessions = source.sessions
        source.sessions = { filter in
            var report = try await sessions(filter)
            report.rows = report.rows.filter { $0.project == filter.project }
            return report
        }
        let html = try #require(
            try await Pages(source: source).page(at: "/sessions", Query("project=abc&q=&sort=cost"))
        )
        let link = try #require(try Seen.all(in: html.markup).first?.links.first)
        #expect(link.address == "?project=abc&sort=cost&table=sessions&format=csv")
        #expect(link.label == "Sessions as CSV")
        #expect(try await file("/sessions", String(link.address.dropFirst()), source).text.fieldsOfCSV.count == 2)
    }

    @Test func `where a page shows only some of the rows its files hold all`() async throws {
        var source = try ReportSource.full(saying: "abc")
        source.sessions = { _ in
            var tally = SessionsTally { _ in Money(nanoUSD: 10) }
            for number in 0..<250 {
                var entry = LedgerEntry.sample
                entry.session.name = "s\(number)"
                tally.add(entry)
            }
            return SessionsReport(tally, period: .sample)
        }
        let html = try #require(try await Pages(source: source).page(at: "/sessions", Query("page=2")))
        #expect(try Seen.all(in: html.markup).first?.firstCells.count == 100)
        let all = try await file("/sessions", "page=2&table=sessions&format=csv", source)
        #expect(all.text.fieldsOfCSV.count == 251)
        let calls = try await file("/session", "agent=pi&id=abc&table=calls&format=csv", source)
        #expect(calls.text.fieldsOfCSV.count == 106)
    }

    @Test(
        arguments: [
            ("table=nothing&format=csv", "no table 'nothing' in this view; of tables there are: upstreams, budgets"),
            ("format=csv", "No table is named; of tables there are: upstreams, budgets, errors."),
            ("table=budgets", "as csv and json, not as ''"), ("table=budgets&format=markdown", "not as 'markdown'"),
        ]
    )
    func `an unknown table or format is told as missing, with those there are`(query: String, text: String) async throws
    {
        let source = try ReportSource.full(saying: "abc")
        let error = await #expect(throws: Missing.self) { try await file("/gateway", query, source) }
        #expect(error?.text.contains(text) == true, "\(error?.text ?? "")")
    }

    @Test func `a table that is still worked out on its page is waited for as a file`() async throws {
        var source = try ReportSource.full(saying: "abc")
        source.knownOptimize = { _ in nil }
        #expect(try await file("/", "table=kinds&format=json", source).text.contains("\"kind\": \"abc\""))
    }

    @Test(arguments: [RuleForm.preview, .apply, .undo])
    func `what answers a form has no table`(form: RuleForm) async throws {
        let html = try await Pages(source: .full(saying: "abc")).answer(to: form, Query("id=abc"))
        #expect(!html.markup.contains("<table"))
    }

    @Test func `figures are numbers, and shares parts of one`() async throws {
        let source = try ReportSource.full(saying: "abc")
        let text = try await file("/gateway", "table=budgets&format=json", source).text
        let row = try #require(try JSONDecoder().decode(Written.self, from: Data(text.utf8)).rows.first)
        #expect(row["spentUSD"] == .number(0.000000001) && row["share"] == .number(0.5))
        #expect(row["scope"] == .text("abc"))
    }
}

extension String {
    /// Markup's text as it is read.
    fileprivate var plain: String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(self) { $0.replacing($1.0, with: $1.1) }
    }

    /// Whether a page may show it for that exact text: shortened in its middle, or a time in words.
    fileprivate func isShort(for exact: String) -> Bool {
        let shown = filter { !$0.isWhitespace }
        let exact = String((exact.hasPrefix("'=") ? exact.dropFirst() : exact[...]).filter { !$0.isWhitespace })
        if let gap = shown.firstIndex(of: "…") {
            return exact.hasPrefix(shown[..<gap]) && exact.hasSuffix(shown[shown.index(after: gap)...])
        }
        return shown == exact || shown == "–" && exact.isEmpty
            || shown.contains(":") && exact.replacing("T", with: "").hasPrefix(shown)

    }

    /// Lines of fields by RFC 4180.
    fileprivate var fieldsOfCSV: [[String]] {
        var (lines, field, isQuoted): ([[String]], String, Bool) = ([[]], "", false)
        var rest = unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"" where isQuoted && rest.first == "\"":
                field.unicodeScalars.append("\"")
                rest.removeFirst()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                lines[lines.count - 1].append(field)
                field = ""
            case "\n" where !isQuoted:
                lines[lines.count - 1].append(field.replacing("\r", with: ""))
                lines.append([])
                field = ""
            default: field.unicodeScalars.append(scalar)
            }
        }
        return Array(lines.dropLast())
    }
}
