import Settings
import Testing

@Suite struct JSONCEditingTests {
    private func set(_ text: String, _ path: [String], _ value: SettingValue) throws -> String {
        try edited(text, .set(path: path, value: value))
    }

    private func edited(_ text: String, _ edit: SettingsEdit, form: SettingsForm = .json) throws -> String {
        let edited = try SettingsText(Array(text.utf8), form: form).edited(by: [edit])
        return String(decoding: edited.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (#"{"model": "opus"}"#, #"{"model": "haiku"}"#),
        (#"{"a":1}"#, #"{"a":1,"model":"haiku"}"#),
        (#"{"a": 1}"#, #"{"a": 1, "model": "haiku"}"#),
        (#"{"a": 1, "b": 2,}"#, #"{"a": 1, "b": 2, "model": "haiku",}"#),
        ("", "{\n  \"model\": \"haiku\"\n}\n"),
        ("{}", "{\n  \"model\": \"haiku\"\n}"),
        ("{}\n", "{\n  \"model\": \"haiku\"\n}\n"),
        ("{\n\t\"a\": 1\n}\n", "{\n\t\"a\": 1,\n\t\"model\": \"haiku\"\n}\n"),
        ("{\r\n    \"a\": 1\r\n}", "{\r\n    \"a\": 1,\r\n    \"model\": \"haiku\"\r\n}"),
        ("{\n  \"a\": 1, // last\n}\n", "{\n  \"a\": 1, // last\n  \"model\": \"haiku\",\n}\n"),
        ("{\n  \"a\": 1 // last\n}\n", "{\n  \"a\": 1, // last\n  \"model\": \"haiku\"\n}\n"),
        ("{\n  \"a\": 1 /* b */\n  // end\n}\n", "{\n  \"a\": 1, /* b */\n  \"model\": \"haiku\"\n  // end\n}\n"),
        ("{\n  // nothing yet\n}\n", "{\n  // nothing yet\n  \"model\": \"haiku\"\n}\n"),
        ("\u{FEFF}{\"model\": \"opus\"}", "\u{FEFF}{\"model\": \"haiku\"}"),
        (#"{"model": 1, "model": 2}"#, #"{"model": 1, "model": "haiku"}"#),
        ("// why\n{\"a\": 1}", "// why\n{\"a\": 1, \"model\": \"haiku\"}"),
    ])
    func `a key is set and all else stays`(before: String, after: String) throws {
        #expect(try set(before, ["model"], "haiku") == after)
    }

    @Test func `tables on the way are made in the layout of the rest`() throws {
        let text = "{\n    \"a\": 1\n}\n"
        let after = "{\n    \"a\": 1,\n    \"env\": {\n        \"X\": \"1\"\n    }\n}\n"
        #expect(try set(text, ["env", "X"], "1") == after)
    }

    @Test(arguments: [
        (#"{"model": "x"}"#, "{}"),
        (#"{"a": 1, "model": "x"}"#, #"{"a": 1}"#),
        (#"{"model": "x", "a": 1}"#, #"{"a": 1}"#),
        ("{\n  \"model\": \"x\"\n}", "{}"),
        ("{\n  \"a\": 1,\n  \"model\": \"x\"\n}\n", "{\n  \"a\": 1\n}\n"),
        ("{\n  \"a\": 1,\n  \"model\": \"x\",\n}\n", "{\n  \"a\": 1,\n}\n"),
        ("{\n  \"model\": \"x\", // mine\n  \"a\": 1\n}\n", "{\n  // mine\n  \"a\": 1\n}\n"),
        ("{\n  \"a\": 1, // one\n  \"model\": \"x\"\n}\n", "{\n  \"a\": 1 // one\n}\n"),
        (#"{"a": 1, "model": 1, "b": 2, "model": 2}"#, #"{"a": 1, "b": 2}"#),
        (#"{"b": 1}"#, #"{"b": 1}"#),
    ])
    func `a key is taken away with its comma, comments stay`(before: String, after: String) throws {
        #expect(try edited(before, .remove(path: ["model"])) == after)
    }

    @Test(arguments: [
        (#"{"h": [1]}"#, #"{"h": [1, "x"]}"#),
        (#"{"h": []}"#, #"{"h": ["x"]}"#),
        ("{\n  \"h\": [\n    1\n  ]\n}", "{\n  \"h\": [\n    1,\n    \"x\"\n  ]\n}"),
        ("{}", "{\n  \"h\": [\n    \"x\"\n  ]\n}"),
    ])
    func `a list takes one more element`(before: String, after: String) throws {
        #expect(try edited(before, .append(path: ["h"], value: "x")) == after)
    }

    @Test(arguments: [
        ("{\"a\": 1", 1, 8), ("{\n  \"a\" 1\n}", 2, 7), ("{\"a\": 01}", 1, 7), ("{} x", 1, 4), ("{\"a\": tru}", 1, 7),
        ("{\"a\": \"b\nc\"}", 1, 9), ("[1]", 1, 1), ("{\"a\": 1 /* }", 1, 9), ("{\"ä\": x}", 1, 7), ("{,}", 1, 2),
        ("{\"a\": \"\\x\"}", 1, 7), ("{\"a\": \"\\u00g0\"}", 1, 7),
    ])
    func `what cannot be parsed is refused with its place`(text: String, line: Int, column: Int) {
        let error = #expect(throws: EditRefusal.self) { try set(text, ["model"], "haiku") }
        #expect(error?.place?.line == line)
        #expect(error?.place?.column == column)
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        #expect(throws: EditRefusal.self) { try SettingsText([0x7B, 0xFF, 0x7D], form: .json) }
    }

    @Test func `a key inside what is no object is refused`() {
        #expect(throws: EditRefusal.self) { try set(#"{"env": "x"}"#, ["env", "X"], "1") }
    }

    @Test func `a text with quotes and line breaks is written so that it is read back`() throws {
        let text = "a \"b\" \\ \n\t\u{1}é\u{7F}"
        let edited = try SettingsText(Array("{}".utf8), form: .json).edited(by: [
            .set(path: ["k"], value: .string(text))
        ])
        #expect(edited.value[["k"]] == .string(text))
    }

    @Test func `nesting without end is refused`() {
        let deep = String(repeating: "{\"a\":", count: 100_000)
        #expect(throws: EditRefusal.self) { try SettingsText(Array(deep.utf8), form: .json) }
    }
}
