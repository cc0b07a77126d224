import Settings
import Testing

@Suite struct TOMLEditingTests {
    private func edited(_ text: String, _ edit: SettingsEdit) throws -> String {
        let edited = try SettingsText(Array(text.utf8), form: .toml).edited(by: [edit])
        return String(decoding: edited.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("", "model = \"m\"\n"),
        ("a = 1", "a = 1\nmodel = \"m\""),
        ("a = 1 # one\n\n[t]\nb = 2\n", "a = 1 # one\nmodel = \"m\"\n\n[t]\nb = 2\n"),
        ("# top\n\n# of t\n[t]\nb = 2\n", "# top\n\nmodel = \"m\"\n\n# of t\n[t]\nb = 2\n"),
        ("model = 'old' # why\r\n", "model = \"m\" # why\r\n"),
        ("\u{FEFF}model = \"\"\"old\nx\"\"\"\n", "\u{FEFF}model = \"m\"\n"),
        ("# only words\n", "# only words\nmodel = \"m\"\n"),
        ("a = [\n  1, # x\n]\r\n", "a = [\n  1, # x\n]\nmodel = \"m\"\r\n"),
    ])
    func `a key of the outermost table is set and all else stays`(before: String, after: String) throws {
        #expect(try edited(before, .set(path: ["model"], value: "m")) == after)
    }

    @Test(arguments: [
        ("[p.x]\na = 1\n\n[q]\n", "[p.x]\na = 1\nm = \"v\"\n\n[q]\n"),
        ("[p.x]\n", "[p.x]\nm = \"v\"\n"),
        ("[ p . \"x\" ] # here\n", "[ p . \"x\" ] # here\nm = \"v\"\n"),
        ("p = { x = { a = 1 } }\n", "p = { x = { a = 1, m = \"v\" } }\n"),
        ("p.x = {}\n", "p.x = { m = \"v\" }\n"),
        ("p.x.a = 1\n", "p.x.a = 1\np.x.m = \"v\"\n"),
        ("[p]\nx.a = 1\n", "[p]\nx.a = 1\nx.m = \"v\"\n"),
        ("[p]\na = 1\n", "[p]\na = 1\n\n[p.x]\nm = \"v\"\n"),
        ("a = 1", "a = 1\n\n[p.x]\nm = \"v\""),
        ("[p.x.y]\nz = 1\n", "[p.x.y]\nz = 1\n\n[p.x]\nm = \"v\"\n"),
        ("[p]\nx = { m = 1 }\n", "[p]\nx = { m = \"v\" }\n"),
        ("  [p.x]\n  a = 1\n", "  [p.x]\n  a = 1\n  m = \"v\"\n"),
    ])
    func `a key of a table is set where the table stands`(before: String, after: String) throws {
        #expect(try edited(before, .set(path: ["p", "x", "m"], value: "v")) == after)
    }

    @Test func `a table of an array is added behind the rest`() throws {
        let rule: SettingValue = ["when": ["phase": "classify"], "use": "haiku"]
        #expect(
            try edited("[[route]]\nuse = \"a\"\n", .append(path: ["route"], value: rule))
                == "[[route]]\nuse = \"a\"\n\n[[route]]\nwhen = { phase = \"classify\" }\nuse = \"haiku\"\n"
        )
    }

    @Test func `a list of tables written inline takes one more`() throws {
        #expect(
            try edited("route = [ { use = \"a\" } ]\n", .append(path: ["route"], value: ["use": "b"]))
                == "route = [ { use = \"a\" }, { use = \"b\" } ]\n"
        )
    }

    @Test(arguments: [
        ("model = 1\nb = 2\n", "b = 2\n"), ("a = 1\nmodel = 1", "a = 1"), ("model = 1 # why\n", "# why\n"),
        ("a = 1\n[model]\nx = 1\n\n[c]\n", "a = 1\n\n[c]\n"), ("a = 1\n", "a = 1\n"),
    ])
    func `a key is taken away with its line, comments stay`(before: String, after: String) throws {
        #expect(try edited(before, .remove(path: ["model"])) == after)
    }

    @Test(arguments: [
        ("a = ", 1, 5), ("a = 1\na = 2\n", 2, 1), ("[t]\n[t]\n", 2, 1), ("a = 1\n[a]\n", 2, 1),
        ("a.b = 1\n[a]\n", 2, 1),
        ("a = \"x\n\"", 1, 7), ("a = tru\n", 1, 5), ("a = 1 b = 2", 1, 7), ("[t\n", 1, 3), ("a = { b = 1, }", 1, 14),
        ("a = [1 2]", 1, 8), ("= 1", 1, 1), ("a = 01", 1, 5), ("a = \"\\x\"", 1, 6), ("a = {}\n[a.b]\n", 2, 1),
        ("[[a]]\n[a]\n", 2, 1), ("a = 1_\n", 1, 5), ("a = 2020-1-1", 1, 5), ("a = \"\"\"x", 1, 5),
    ])
    func `what cannot be parsed is refused with its place`(text: String, line: Int, column: Int) {
        let error = #expect(throws: EditRefusal.self) { try edited(text, .set(path: ["model"], value: "m")) }
        #expect(error?.place?.line == line)
        #expect(error?.place?.column == column)
    }

    @Test(arguments: ["model = 1\n", "model = [1]\n", "[[model]]\n", "[model.x]\n"])
    func `a key inside what is no such table is refused, or leaves the rest`(text: String) throws {
        let bytes = Array(text.utf8)
        let edit = SettingsEdit.set(path: ["model", "y"], value: "m")
        if text == "[model.x]\n" {
            #expect(try SettingsText(bytes, form: .toml).edited(by: [edit]).value[["model", "y"]] == "m")
        } else {
            #expect(throws: EditRefusal.self) { try SettingsText(bytes, form: .toml).edited(by: [edit]) }
        }
    }
}
