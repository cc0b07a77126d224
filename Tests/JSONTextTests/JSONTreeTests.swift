import JSONText
import Testing

@Suite struct JSONTreeTests {
    @Test func `keeps order and number text, and finds members by name`() throws {
        let value = try #require(JSONTree(#" {"b": [1.50, "x\n", null], "a": {"c": true}, "b": 2} "#))
        #expect(value.members?.map(\.name) == ["b", "a", "b"])
        #expect(value["b"] == .number("2"))
        #expect(value["a"]?["c"] == .bool(true))
        #expect(value.members?.first?.value == .array([.number("1.50"), .string("x\n"), .null]))
    }

    @Test(arguments: ["", " ", "{", "[1", "{} {}", "1 2", "nul", #"{"a"}"#, "[1,]x"])
    func `what is not one value is none`(text: String) {
        #expect(JSONTree(text) == nil)
    }

    @Test func `values are the same whatever their order and spelling`() throws {
        #expect(JSONTree(#"{"a": 1, "b": 2}"#) == JSONTree(#"{"b": 2.0, "a": 1e0}"#))
        #expect(JSONTree(#"{"a": 1}"#) != JSONTree(#"{"a": "1"}"#))
        #expect(Set([JSONTree("1"), JSONTree("1.0")]).count == 1)
    }

    @Test(arguments: [(128, true), (129, false)])
    func `deeper values than can be walked are refused`(depth: Int, isRead: Bool) {
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect((JSONTree(text) != nil) == isRead)
    }
}
