import Testing

@testable import Dashboard

@Suite struct HTMLTests {
    private func written(_ body: (inout HTML) -> Void) -> String {
        var html = HTML()
        body(&html)
        return html.markup
    }

    @Test(
        arguments: [
            ("plain", "plain"),
            ("<script>", "&lt;script&gt;"),
            ("a & b", "a &amp; b"),
            ("\"><img src=x onerror='x'>", "&quot;&gt;&lt;img src=x onerror=&#39;x&#39;&gt;"),
            ("&lt;", "&amp;lt;"),
            ("a\u{202E}b\u{1B}[31m", "a\\u{202e}b\\u{1b}[31m"),
            ("line\nbreak", "line\\nbreak"),
            ("שלום 漢字 🙂", "שלום 漢字 🙂"),
        ]
    )
    func `text is never markup`(text: String, shown: String) {
        #expect(written { $0.element("p", text: text) } == "<p>\(shown)</p>")
        #expect(written { $0.element("p", .label(text)) { _ in } } == "<p aria-label=\"\(shown)\"></p>")
    }

    @Test func `a text of a megabyte loses its middle`() {
        let markup = written { $0.element("td", text: "start" + String(repeating: "<", count: 1 << 20) + "end") }
        #expect(markup.utf8.count < 5 * HTML.longestText)
        #expect(markup.hasPrefix("<td>start&lt;") && markup.hasSuffix("end</td>"))
    }

    @Test func `a single character made of a million marks is cut, too`() {
        let markup = written { $0.text("a" + String(repeating: "\u{301}", count: 1_000_000), upTo: 100) }
        #expect(markup.utf8.count < 400)
    }

    @Test func `an address carries every byte and nothing that ends it`() {
        let link = Link("/session", ("id", "a&b=c#d/\"<ü"), ("none", nil))
        #expect(link.text == "/session?id=a%26b%3Dc%23d%2F%22%3C%C3%BC")
    }

    @Test(arguments: [(1.0, "1"), (0.005, "0.01"), (-3.14159, "-3.14"), (Double.nan, "0"), (1e300, "0")])
    func `coordinates have no exponent`(value: Double, text: String) { #expect(value.coordinate == text) }
}

@Suite struct QueryTests {
    @Test(
        arguments: [
            ("since=7d", "since", "7d"), ("a=1&since=%2B+x", "since", "+ x"), ("since=", "since", nil),
            ("since", "since", nil), ("since=%zz%4", "since", "%zz%4"), ("q=%C3%BC", "q", "ü"),
            ("since=1&since=2", "since", "2"), ("q=%+f", "q", "% f"),
        ] as [(String, String, String?)]
    )
    func `values are read as forms write them`(text: String, name: String, value: String?) {
        #expect(Query(text)[name] == value)
    }

    @Test func `what a link writes a page reads`() {
        let text = "/home/ü & <b>+%2F=#?"
        let link = Link("/", ("project", text)).text
        #expect(Query(String(link.dropFirst(2)))["project"] == text)
    }
}
