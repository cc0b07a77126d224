import JSONText
import Testing

@Suite struct ToolSchemaTests {
    private let edit = """
        {"type": "object", "required": ["path", "edits"], "additionalProperties": false, "properties": {
          "path": {"type": "string"}, "mode": {"enum": ["fast", "safe", 3, null]}, "depth": {"type": ["integer", "null"]},
          "edits": {"type": "array", "items": {"$ref": "#/$defs/edit"}}, "labels": {"type": "object",
          "additionalProperties": {"type": "string"}}},
         "$defs": {"edit": {"type": "object", "required": ["old"], "properties": {"old": {"type": "string"},
          "line": {"anyOf": [{"type": "integer"}, {"const": "last"}]}, "inner": {"$ref": "#/$defs/edit"}}}}}
        """

    @Test(
        arguments: [
            (#"{"path": "a", "edits": []}"#, nil), (#"{"path": "a", "edits": [{"old": "x", "line": 3}]}"#, nil),
            (#"{"path": "a", "edits": [{"old": "x", "line": "last", "more": 1}]}"#, nil),
            (#"{"path": "a", "edits": [], "depth": 4.0, "mode": 3.0}"#, nil),
            (#"{"edits": []}"#, ToolSchema.Fault.missing("path")), ("", .missing("path")), ("{", .noJSON),
            ("{} x", .noJSON),
            (#"{"path": 1, "edits": []}"#, .wrongType("path", expected: "string")),
            (#"{"path": "a", "edits": {}}"#, .wrongType("edits", expected: "array")),
            (#"{"path": "a", "edits": [{"old": "x"}, {}]}"#, .missing("edits[1].old")),
            (
                #"{"path": "a", "edits": [{"old": "x", "inner": {"old": 1}}]}"#,
                .wrongType("edits[0].inner.old", expected: "string")
            ),
            (#"{"path": "a", "edits": [{"old": "x", "line": "first"}]}"#, .noAlternative("edits[0].line")),
            (#"{"path": "a", "edits": [], "mode": "slow"}"#, .notEnumerated("mode")),
            (#"{"path": "a", "edits": [], "depth": 1.5}"#, .wrongType("depth", expected: "integer or null")),
            (#"{"path": "a", "edits": [], "depth": "4"}"#, .wrongType("depth", expected: "integer or null")),
            (#"{"path": "a", "edits": [], "force": true}"#, .notAllowed("force")),
            (#"{"path": "a", "edits": [], "labels": {"x": "y", "z": 1}}"#, .wrongType("labels.z", expected: "string")),
            ("[]", .wrongType("", expected: "object")),
        ] as [(String, ToolSchema.Fault?)]
    )
    func `names the first thing that is wrong with a call`(input: String, fault: ToolSchema.Fault?) throws {
        #expect(try #require(ToolSchema(edit)).fault(inCall: input) == fault)
    }

    @Test(
        arguments: [
            (#"{"allOf": [{"required": ["a"]}, {"required": ["b"]}]}"#, ToolSchema.Fault.missing("b")),
            (#"{"oneOf": [{"type": "object", "required": ["c"]}, {"type": "array"}]}"#, .missing("c")),
            (##"{"$ref": "#/nowhere"}"##, nil), (##"{"$ref": "#"}"##, nil), (#"{"type": "dict"}"#, nil), ("true", nil),
            ("false", .notAllowed("")), (#"{"properties": 3, "required": "a", "items": 1, "enum": {}}"#, nil),
        ] as [(String, ToolSchema.Fault?)]
    )
    func `combinations are followed, and a schema that makes no sense forbids nothing`(
        schema: String,
        fault: ToolSchema.Fault?
    ) throws {
        #expect(try #require(ToolSchema(schema)).fault(inCall: #"{"a": 1}"#) == fault)
    }

    @Test(
        arguments: [
            (#"{"n": "5"}"#, nil), (#"{"n": 5.0}"#, nil), (#"{"n": "11"}"#, .outOfBounds("n", keyword: "maximum")),
            (#"{"n": "five"}"#, .wrongType("n", expected: "integer")), (#"{"all": "true"}"#, nil),
            (#"{"all": "yes"}"#, .wrongType("all", expected: "boolean")), (#"{"each": ["1", 2]}"#, nil),
            (#"{"each": []}"#, .outOfBounds("each", keyword: "minItems")),
            (#"{"name": ""}"#, .outOfBounds("name", keyword: "minLength")), (#"{"name": "5"}"#, nil),
        ] as [(String, ToolSchema.Fault?)]
    )
    func `where texts are read, a number may be spelled as one, and bounds hold`(
        input: String,
        fault: ToolSchema.Fault?
    ) throws {
        let schema = #"""
            {"type": "object", "properties": {"n": {"type": "integer", "maximum": 10}, "all": {"type": "boolean"},
             "each": {"type": "array", "minItems": 1, "items": {"type": "number"}},
             "name": {"type": "string", "minLength": 1}}}
            """#
        #expect(try #require(ToolSchema(schema, readsTexts: true)).fault(inCall: input) == fault)
    }

    @Test func `a schema that refers to itself many times over comes to an end`() throws {
        let schema = try #require(ToolSchema(##"{"anyOf": [{"$ref": "#"}, {"$ref": "#"}, {"type": "array"}]}"##))
        #expect(schema.fault(inCall: "{}") == nil)
    }

    @Test func `deep nesting is refused, not followed to the end of the stack`() throws {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(ToolSchema(deep) == nil)
        #expect(try #require(ToolSchema("{}")).fault(inCall: deep) == .noJSON)
    }
}
