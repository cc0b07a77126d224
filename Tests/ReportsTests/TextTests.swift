import Domain
import Reports
import Testing

@Suite struct TextTests {
    @Test(arguments: [
        ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("Ａ", 2), ("한글", 4), ("🗼", 2), ("👩‍👩‍👧‍👦", 2), ("🇧🇪", 2),
        ("❤️", 2), ("☎", 1), ("…", 1), ("→", 1), ("", 0),
    ])
    func `text is as wide as a terminal shows it`(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test(arguments: [
        ("/home/dev/projects/harbour", 14, "/hom…s/harbour"),
        ("燈台燈台燈台", 7, "燈…燈台"),
        ("short", 9, "short"),
        ("abc", 1, "a"),
    ])
    func `a path loses its middle first`(text: String, width: Int, shortened: String) {
        #expect(text.shortenedInMiddle(to: width) == shortened)
        #expect(text.shortenedInMiddle(to: width).displayWidth <= width)
    }

    @Test(arguments: [
        ("plain", "plain"),
        ("\u{1B}[31mred", "\\u{1b}[31mred"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\u{202E}evil", "\\u{202e}evil"),
        ("\u{9B}2J", "\\u{9b}2J"),
        ("日本", "日本"),
    ])
    func `what would steer a terminal is shown instead`(text: String, visible: String) {
        #expect(text.visible == visible)
    }

    @Test(arguments: [
        (0, "0", "$0.00"), (1, "0.000000001", "<$0.01"), (5_000_000, "0.005", "$0.01"),
        (1_250_000_000, "1.25", "$1.25"), (-1_250_000_000, "-1.25", "-$1.25"), (-1, "-0.000000001", ">-$0.01"),
        (1_234_567_895_000_000, "1234567.895", "$1,234,567.90"), (.max, "9223372036.854775807", "$9,223,372,036.85"),
        (.min, "-9223372036.854775808", "-$9,223,372,036.85"),
    ])
    func `money is exact for programs and whole cents for people`(nano: Int64, decimal: String, dollars: String) {
        #expect(Money(nanoUSD: nano).decimal == decimal)
        #expect(Money(nanoUSD: nano).dollars == dollars)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1.00k"), (9_994, "9.99k"), (9_995, "10.0k"), (999_949, "999.9k"),
        (999_950, "1.00M"), (873_637_662, "873.6M"), (1_500_000_000, "1.50B"), (-1500, "-1.50k"), (.max, "9223372.0T"),
    ])
    func `tokens are shortened so that no unit reaches a thousand`(count: Int, text: String) {
        #expect(count.compact == text)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
    func `counts have a comma every three digits`(count: Int, text: String) {
        #expect(count.grouped == text)
    }
}
