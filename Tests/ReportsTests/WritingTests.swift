import Domain
import Reports
import Testing

@Suite struct WritingTests {
    static let hostile = Table(
        columns: [Table.Column("name", key: "name"), .figure("cost", key: "costUSD")],
        rows: [
            [Table.Cell("a,\"b\"|c\u{1B}[2J\nd"), .money(Money(nanoUSD: 1_500_000_001))],
            [Table.Cell("<script>*x*_y_"), .money(.zero)],
        ]
    )

    @Test func `CSV doubles quotes, ends lines in CR LF, and has no control characters`() {
        #expect(
            Self.hostile.csv
                == "name,costUSD\r\n\"a,\"\"b\"\"|c\\u{1b}[2J\\nd\",1.500000001\r\n<script>*x*_y_,0\r\n"
        )
    }

    @Test(
        arguments: [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3", "'-2+3"), ("\t=1", "'\\t=1"), ("=1,\"a\"", "\"'=1,\"\"a\"\"\""), ("-12.5", "-12.5"),
            ("-1e-05", "-1e-05"),
            ("-inf", "'-inf"), ("a=1", "a=1"), ("", ""),
        ]
    )
    func `a spreadsheet runs nothing of a CSV file, and numbers stay numbers`(text: String, field: String) {
        let table = Table(columns: [Table.Column("a", key: "a")], rows: [[Table.Cell(text)]])
        #expect(table.csv == "a\r\n\(field)\r\n")
    }

    @Test(
        arguments: [
            ("12", "12"), ("-0.5", "-0.5"), ("1e-05", "1e-05"), ("0", "0"), ("", "null"), ("007", "\"007\""),
            ("-", "\"-\""), ("1.", "\"1.\""), ("0x10", "\"0x10\""), ("inf", "\"inf\""), ("≥ $1", "\"≥ $1\""),
        ]
    )
    func `in JSON a figure is a number where it is one, and a name never is`(text: String, value: String) {
        let columns = [Table.Column("name", key: "name"), .figure("cost", key: "costUSD")]
        let table = Table(columns: columns, rows: [[Table.Cell("1"), Table.Cell("shown", exact: text)]])
        #expect(table.jsonRows.line == "[{\"name\": \"1\", \"costUSD\": \(value)}]")
    }

    @Test func `Markdown escapes pipes and whatever else it would act on`() {
        #expect(
            Page([.table(Self.hostile)]).markdown == #"""
                | name | cost |
                | --- | ---: |
                | a,"b"\|c\\u{1b}\[2J\\nd | $1.50 |
                | &lt;script&gt;\*x\*\_y\_ | $0.00 |

                """#
        )
    }

    @Test func `nothing from a log reaches the terminal raw`() {
        let page = Page([
            .headline("\u{1B}]0;owned\u{7}"), .table(Self.hostile), .note("\u{202E}"), .warning("a\rb"),
            .verbatim("x\u{9B}31m\ny"), .next(command: "suffice\u{8}", brings: "\u{1B}c"),
        ])
        let text = page.terminalText(TerminalStyle(width: 80))
        #expect(!text.unicodeScalars.contains { $0 != "\n" && ($0.value < 0x20 || (0x7F...0x9F).contains($0.value)) })
        #expect(!text.contains("\u{202E}"))
    }

    @Test func `colour is there only where it is asked for`() {
        let page = Page([.headline("h"), .table(Self.hostile)])
        #expect(!page.terminalText(TerminalStyle(width: 80)).contains("\u{1B}"))
        #expect(page.terminalText(TerminalStyle(width: 80, hasColor: true)).hasPrefix("\u{1B}[1mh\u{1B}[0m\n"))
    }

    @Test func `no line ends in spaces`() {
        let text = Page([.table(Self.hostile)]).terminalText(TerminalStyle(width: 80))
        #expect(text.split(separator: "\n").allSatisfy { !$0.hasSuffix(" ") })
    }

    @Test func `the least important column goes first, and shortening comes before dropping`() {
        let table = Table(
            columns: [
                Table.Column("path", key: "path", shortening: .middle(atLeast: 10)),
                .figure("calls", key: "calls", dropRank: 1), .figure("tokens", key: "tokens", dropRank: 2),
            ],
            rows: [["/home/dev/projects/harbour", "1", "2"]]
        )
        func lines(_ width: Int) -> String { Page([.table(table)]).terminalText(TerminalStyle(width: width)) }
        #expect(lines(60) == "PATH                        CALLS  TOKENS\n/home/dev/projects/harbour      1       2\n")
        #expect(lines(30) == "PATH             CALLS  TOKENS\n/hom…ts/harbour      1       2\n")
        #expect(lines(24) == "PATH               CALLS\n/home…cts/harbour      1\n")
    }

    @Test func `JSON keeps its order, escapes what steers a terminal, and writes money exactly`() {
        let json: JSON = [
            "schema": 1, "b": .money(Money(nanoUSD: 3)), "a": .string("\"\\\n\u{1B}\u{7F}日"), "none": .null,
            "rows": [["x": 1, "y": [1, 2]], ["x": 2]], "empty": [], "share": .rounded(37.96), "days": .rounded(30),
            "bad": .number(.nan),
        ]
        #expect(
            json.text == #"""
                {
                  "schema": 1,
                  "b": 0.000000003,
                  "a": "\"\\\n\u001b\u007f日",
                  "none": null,
                  "rows": [
                    {"x": 1, "y": [1, 2]},
                    {"x": 2}
                  ],
                  "empty": [],
                  "share": 38,
                  "days": 30,
                  "bad": null
                }
                """#
        )
    }

    @Test func `a sentence that is too long for its column goes on below`() {
        let columns = [
            Table.Column("kind", key: "kind"),
            Table.Column("what", key: "what", shortening: .wrapping(atLeast: 8)),
            Table.Column("n", key: "n", alignment: .right),
        ]
        let rows = [[Table.Cell("effort"), Table.Cell("none of the tasks was small"), Table.Cell("7")]]
        let table = Table(columns: columns, rows: rows, totals: [Table.Cell("total"), Table.Cell(""), Table.Cell("7")])
        let text = Page([.table(table)]).terminalText(TerminalStyle(width: 26))
        #expect(
            text == """
                KIND    WHAT             N
                effort  none of the      7
                        tasks was small
                total                    7

                """
        )
    }
}
