import Settings
import Testing

@Suite struct TOMLPlacesTests {
    private static let text = """
        # mine
        top = 1
        [routing]
          mode = "observe"
        classifier = { model = "x", "timeout_ms" = 800 }
        text = '''
        mode = 2
        '''

        [[route]]
        when = { phase = "a", header = { "x-team" = "b" } }
        [[route]]
        use = "c"
        [phase.review] # [not.this]
        max . tokens = 3
        """

    @Test(arguments: [
        ("top", 2, 1), ("routing", 3, 1), ("routing.mode", 4, 3), ("routing.classifier.timeout_ms", 5, 29),
        ("route[1].when.header.x-team", 11, 34), ("route[2].use", 13, 1), ("phase.review.max.tokens", 15, 1),
        ("routing.classifier.nothing", 5, 1), ("route[2].when", 12, 1), ("nothing", 1, 1), ("not.this", 1, 1),
    ])
    func `a key stands where it is written, else where what it is in is`(path: String, line: Int, column: Int) {
        #expect(TOMLPlaces(Self.text).place(of: path) == TOMLPlaces.Place(line: line, column: column))
    }

    @Test(arguments: [
        ("routing.mode", true), ("routing.classifier.nothing", true), ("routing.nothing", false), ("nothing", false),
        ("route[1].use", true), ("route[3].use", false),
    ])
    func `a text has what it shows, or what that is in`(path: String, isThere: Bool) {
        #expect(TOMLPlaces(Self.text).has(path) == isThere)
    }

    @Test func `a text that is no TOML shows no places`() {
        #expect(TOMLPlaces("a = 1\nb =").placeShown(of: "a") == nil)
    }
}
