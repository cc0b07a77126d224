import JSONText
import Testing

@Suite struct JSONValueTests {
    @Test func `keeps order and number text, and finds members by name`() throws {
        let value = try #require(JSONValue(#" {"b": [1.50, "x\n", null], "a": {"c": true}, "b": 2} "#))
        #expect(value.members?.map(\.name) == ["b", "a", "b"])
        #expect(value["b"] == .number("2"))
        #expect(value["a"]?["c"] == .bool(true))
        #expect(value.members?.first?.value == .array([.number("1.50"), .string("x\n"), .null]))
    }

    @Test(arguments: ["", " ", "{", "[1", "{} {}", "1 2", "nul", #"{"a"}"#, "[1,]x"])
    func `what is not one value is none`(text: String) {
        #expect(JSONValue(text) == nil)
    }

    @Test func `values are the same whatever their order and spelling`() throws {
        #expect(JSONValue(#"{"a": 1, "b": 2}"#) == JSONValue(#"{"b": 2.0, "a": 1e0}"#))
        #expect(JSONValue(#"{"a": 1}"#) != JSONValue(#"{"a": "1"}"#))
        #expect(Set([JSONValue("1"), JSONValue("1.0")]).count == 1)
    }

    @Test(arguments: [(128, true), (129, false)])
    func `deeper values than can be walked are refused`(depth: Int, isRead: Bool) {
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect((JSONValue(text) != nil) == isRead)
    }
}
