import Settings
import Testing

@Suite struct WordedFilesTests {
    private func edited(_ text: String, _ edit: SettingsEdit, _ form: SettingsForm) throws -> String {
        let edited = try SettingsText(Array(text.utf8), form: form).edited(by: [edit])
        return String(decoding: edited.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("---\nname: a\n---\nDo.\n", "---\nname: a\nmodel: haiku\n---\nDo.\n"),
        ("---\nname: a\nmodel: opus # big\ntools: Read\n---\n", "---\nname: a\nmodel: haiku # big\ntools: Read\n---\n"),
        ("---\r\nmodel: \"opus\"\r\n---\r\nmodel: no\r\n", "---\r\nmodel: haiku\r\n---\r\nmodel: no\r\n"),
        ("---\nmodel:\n---\n", "---\nmodel: haiku\n---\n"),
        ("---\ndescription: |\n  model: no\n---\n", "---\ndescription: |\n  model: no\nmodel: haiku\n---\n"),
    ])
    func `only the model's line of a subagent changes`(before: String, after: String) throws {
        #expect(try edited(before, .set(path: ["model"], value: "haiku"), .frontMatter) == after)
    }

    @Test(arguments: [
        "no front matter\n", "---\nname: a\n", "---\nmodel: a\nmodel: b\n---\n", "---\nmodel: |\n  a\n---\n",
        "---\nmodel:\n  - a\n---\n",
    ])
    func `front matter that is not plain is refused`(text: String) {
        #expect(throws: EditRefusal.self) { try edited(text, .set(path: ["model"], value: "haiku"), .frontMatter) }
    }

    @Test func `a name that YAML would read otherwise stands in quotes`() throws {
        let text = try edited("---\nname: a\n---\n", .set(path: ["model"], value: "haiku[1m]: x"), .frontMatter)
        #expect(text == "---\nname: a\nmodel: \"haiku[1m]: x\"\n---\n")
    }

    @Test(arguments: [
        ("", "<!-- suffice:begin a -->\nBe brief.\n<!-- suffice:end a -->\n"),
        ("Mine.\n", "Mine.\n\n<!-- suffice:begin a -->\nBe brief.\n<!-- suffice:end a -->\n"),
        ("Mine.", "Mine.\n\n<!-- suffice:begin a -->\nBe brief.\n<!-- suffice:end a -->"),
        (
            "A\r\n<!-- suffice:begin a -->\r\nold\r\n<!-- suffice:end a -->\r\nB\r\n",
            "A\r\n<!-- suffice:begin a -->\r\nBe brief.\r\n<!-- suffice:end a -->\r\nB\r\n"
        ),
    ])
    func `a block of instructions is kept between marks`(before: String, after: String) throws {
        #expect(try edited(before, .block(name: "a", text: "Be brief."), .instructions) == after)
    }

    @Test func `a block is taken away with the blank line over it`() throws {
        let text = "Mine.\n\n<!-- suffice:begin a -->\nBe brief.\n<!-- suffice:end a -->\nMore.\n"
        #expect(try edited(text, .remove(path: ["a"]), .instructions) == "Mine.\nMore.\n")
    }

    @Test(arguments: [
        "<!-- suffice:begin a -->\n", "<!-- suffice:end a -->\n",
        "<!-- suffice:begin a -->\n<!-- suffice:begin b -->\n<!-- suffice:end b -->\n<!-- suffice:end a -->\n",
    ])
    func `marks that do not pair are refused`(text: String) {
        #expect(throws: EditRefusal.self) { try SettingsText(Array(text.utf8), form: .instructions) }
    }
}
