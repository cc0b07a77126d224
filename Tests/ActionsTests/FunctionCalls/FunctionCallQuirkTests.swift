import JSONText
import Testing

@testable import Actions

/// What a reader of BFCL's documentation would not expect; every verdict is that of bfcl-eval 2026.3.23.
@Suite struct FunctionCallQuirkTests {
    /// One parameter `x`: its schema, what the model gave, the answers that count.
    struct Quirk: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var schema: String
        var given: String
        var possible: String
        var fault: FunctionCallFault?

        init(_ name: String, _ schema: String, _ given: String, _ possible: String, _ fault: FunctionCallFault? = nil) {
            (testDescription, self.schema, self.given) = (name, schema, given)
            (self.possible, self.fault) = (possible, fault)
        }
    }

    /// Whole rows.
    struct Calls: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var category: String
        var functions: [String]
        var output: String
        var possible: String
        var underscoreToDot: Bool
        var fault: FunctionCallFault?

        init(
            _ name: String,
            _ category: String,
            _ functions: [String],
            _ output: String,
            _ possible: String,
            underscoreToDot: Bool = false,
            _ fault: FunctionCallFault? = nil
        ) {
            (testDescription, self.category, self.functions) = (name, category, functions)
            (self.output, self.possible, self.underscoreToDot) = (output, possible, underscoreToDot)
            self.fault = fault
        }
    }

    @Test(arguments: quirks)
    func `a parameter is judged as BFCL does`(quirk: Quirk) throws {
        let row = """
            {"id":"a","category":"simple_python","functions":[{"name":"f","parameters":
            {"type":"dict","properties":{"x":\(quirk.schema)},"required":["x"]}}],
            "output":[{"f":{"x":\(quirk.given)}}],"possible":[{"f":{"x":\(quirk.possible)}}]}
            """
        #expect(try FunctionCallVector(try #require(JSONTree(row))).fault == quirk.fault)
    }

    @Test(arguments: calls)
    func `calls are judged as BFCL does`(calls: Calls) throws {
        let row = """
            {"id":"a","category":"\(calls.category)","functions":[\(calls.functions.joined(separator: ","))],
            "output":\(calls.output),"possible":\(calls.possible),"underscoreToDot":\(calls.underscoreToDot)}
            """
        #expect(try FunctionCallVector(try #require(JSONTree(row))).fault == calls.fault)
    }

    private static let text = #"{"type": "string"}"#
    private static let int = #"{"type": "integer"}"#
    private static let float = #"{"type": "float"}"#
    private static let bool = #"{"type": "boolean"}"#
    private static let any = #"{"type": "any"}"#
    private static let dict = #"{"type": "dict"}"#

    private static func list(_ type: String) -> String { #"{"type": "array", "items": {"type": "\#(type)"}}"# }

    private static let quirks: [Quirk] = [
        Quirk("an int stands for a float", float, "5", "[5.0]"),
        Quirk("a float that is whole is no int", int, "5.0", "[5]", .simpleType),
        Quirk("a float of an int's answer", float, "5.0", "[5]"),
        Quirk("an int of an int's answer to a float", float, "5", "[5]"),
        Quirk("a bool is no int", int, "true", "[1]", .simpleType),
        Quirk("an int is no bool", bool, "1", "[true]", .simpleType),
        Quirk("a bool is no float", float, "true", "[1.0]", .simpleType),
        Quirk("null is no value", int, "null", "[5]", .simpleType),
        Quirk("null where null is an answer", int, "null", "[null]"),
        Quirk("null where it is the second answer", int, "null", "[5,null]", .simpleType),
        Quirk("a text of digits is no int", int, #""5""#, "[5]", .simpleType),
        Quirk("an int of more than 64 bits", int, "123456789012345678901234567890", "[123456789012345678901234567890]"),
        Quirk(
            "an int of more than 64 bits, one off",
            int,
            "123456789012345678901234567891",
            "[123456789012345678901234567890]",
            .otherValue
        ),
        Quirk("an int too large for a float's precision", float, "9007199254740993", "[9007199254740992.0]"),
        Quirk(
            "an int of more than 38 digits",
            int,
            "1234567890123456789012345678901234567890",
            "[1234567890123456789012345678901234567890]"
        ),
        Quirk("minus zero is zero", float, "-0.0", "[0.0]"),
        Quirk("an exponent makes a float", int, "1e2", "[100]", .simpleType),
        Quirk("an exponent is read", float, "1e2", "[100.0]"),
        Quirk("capitals mean nothing in a text", text, #""PARIS""#, #"["paris"]"#),
        Quirk("blanks mean nothing in a text", text, #""New York""#, #"["newyork"]"#),
        Quirk("a comma means nothing", text, #""San Francisco, CA""#, #"["san francisco ca"]"#),
        Quirk("a minus means nothing in a text", text, #""-5""#, #"["5"]"#),
        Quirk("a point means nothing in a text", text, #""1.5""#, #"["15"]"#),
        Quirk("a slash means nothing", text, #""a/b""#, #"["ab"]"#),
        Quirk("stars, carets and underscores mean nothing", text, #""a_*^b""#, #"["ab"]"#),
        Quirk("a tab means something", text, #""a\tb""#, #"["ab"]"#, .stringValue),
        Quirk("a line feed means something", text, #""ab\n""#, #"["ab"]"#, .stringValue),
        Quirk("a colon means something", text, #""10:30""#, #"["1030"]"#, .stringValue),
        Quirk("a plus means something", text, #""+1""#, #"["1"]"#, .stringValue),
        Quirk("brackets mean something", text, #""f(x)""#, #"["fx"]"#, .stringValue),
        Quirk("single quotes are double ones", text, #""it's""#, #"["it\"s"]"#),
        Quirk("a typographic quote is another", text, #""it’s""#, #"["it's"]"#, .stringValue),
        Quirk("a no-break space means something", text, #""a\#u{a0}b""#, #"["ab"]"#, .stringValue),
        Quirk("an accent that is put together is another text", text, #""e\#u{301}""#, #"["é"]"#, .stringValue),
        Quirk("capitals beyond ASCII", text, #""ÉTÉ""#, #"["été"]"#),
        Quirk("a Turkish capital with a dot", text, #""İ""#, #"["i\#u{307}"]"#),
        Quirk("a capital sigma at a word's end", text, #""ΟΔΟΣ""#, #"["οδος"]"#),
        Quirk("a capital sigma within a word", text, #""ΣΑ""#, #"["σα"]"#),
        Quirk("a sharp s has no small double", text, #""SS""#, #"["ß"]"#, .stringValue),
        Quirk("an unknown text", text, #""London""#, #"["Paris","Rome"]"#, .stringValue),
        Quirk("the second alternative", text, #""Rome""#, #"["Paris","Rome"]"#),
        Quirk("an empty text for what may be left out", text, #""""#, #"["a",""]"#),
        Quirk("marks alone for what may be left out", text, #""--.""#, #"["a",""]"#),
        Quirk("blanks alone for what may be left out", text, #""   ""#, #"["a",""]"#),
        Quirk("an empty text where nothing may be left out", text, #""""#, #"["a"]"#, .stringValue),
        Quirk("an empty text for an int that may be left out", int, #""""#, #"[5,""]"#, .simpleType),
        Quirk("only the empty text, and an int", int, "5", #"[""]"#, .otherValue),
        Quirk("only the empty text, and an empty one for an int", int, #""""#, #"[""]"#, .simpleType),
        Quirk("only the empty text, and a text", text, #""a""#, #"[""]"#, .stringValue),
        Quirk("no alternatives at all", int, "5", "[]", .otherValue),
        Quirk("a variable's name for an int", int, #""count""#, #"["count"]"#),
        Quirk("a variable is compared as it is spelled", int, #""Count""#, #"["count"]"#, .otherValue),
        Quirk("an int where the answer is a variable", int, "5", #"["count"]"#, .otherValue),
        Quirk("the first alternative says whether it is a variable: the int", int, #""v""#, #"[5,"v"]"#, .simpleType),
        Quirk("the first alternative says whether it is a variable: the name", int, #""v""#, #"["v",5]"#),
        Quirk("the first alternative is a name, the value an int", int, "5", #"["v",5]"#),
        Quirk("a variable of True is one", int, "1", "[true]"),
        Quirk("an int for a text whose answers are ints", text, "5", "[5]"),
        Quirk("a float for an int whose answers are floats", int, "5.0", "[5.0]"),
        Quirk("a float for an int whose answers are floats, in value", int, "6.0", "[5.0]", .otherValue),
        Quirk("any is a text", any, #""X""#, #"["x"]"#),
        Quirk("any is no int", any, "5", #"["5"]"#, .simpleType),
        Quirk("any is an int whose answer is one", any, "5", "[5]"),
        Quirk("a list of ints", list("integer"), "[1,2]", "[[1,2]]"),
        Quirk("a list in another order", list("integer"), "[2,1]", "[[1,2]]", .listValue),
        Quirk("a shorter list", list("integer"), "[1]", "[[1,2]]", .listValue),
        Quirk("ints in a list of floats", list("float"), "[1,2]", "[[1.0,2.0]]", .nestedType),
        Quirk("ints in a list of floats whose answers are ints", list("float"), "[1,2]", "[[1,2]]"),
        Quirk("floats in a list of ints", list("integer"), "[1.0]", "[[1]]", .nestedType),
        Quirk("a float list where the answers are ints", list("float"), "[1.0]", "[[1]]"),
        Quirk("a bool in a list of ints", list("integer"), "[true]", "[[1]]", .nestedType),
        Quirk("a list's texts in capitals", list("string"), #"["A B"]"#, #"[["ab"]]"#),
        Quirk("a list in a list is compared as it is", list("array"), #"[["A"]]"#, #"[[["a"]]]"#, .listValue),
        Quirk("any elements for a list that may be left out", list("integer"), #"["a"]"#, #"[[1],""]"#, .listValue),
        Quirk("an empty list for a list that may be left out", list("integer"), "[]", #"[[1],""]"#),
        Quirk("an empty list where nothing may be left out", list("integer"), "[]", "[[1]]", .listValue),
        Quirk("a text for a list", list("string"), #""a""#, #"[["a"]]"#, .simpleType),
        Quirk("a text for a list of texts given as one", list("string"), #"["a"]"#, #"["a"]"#, .otherValue),
        Quirk("a variable for a list", list("string"), #""names""#, #"["names"]"#),
        Quirk(
            "a list of the wrong elements whose answer is a variable",
            list("integer"),
            #"["a"]"#,
            #"["names",[1]]"#,
            .otherValue
        ),
        Quirk("null in a list", list("string"), "[null]", #"[["a"]]"#, .nestedType),
        Quirk("a tuple is a list", #"{"type": "tuple", "items": {"type": "integer"}}"#, "[1,2]", "[[1,2]]"),
        Quirk("a list of any is one of texts", list("any"), #"["A"]"#, #"[["a"]]"#),
        Quirk("a list of any is none of ints", list("any"), "[1]", #"[["a"]]"#, .nestedType),
        Quirk("a dict by its keys' alternatives", dict, #"{"a":1}"#, #"[{"a":[1,2]}]"#),
        Quirk("a bool in a dict is a number", dict, #"{"a":true}"#, #"[{"a":[1]}]"#),
        Quirk("a whole float in a dict is an int", dict, #"{"a":1.0}"#, #"[{"a":[1]}]"#),
        Quirk("a text in a dict in capitals", dict, #"{"a":"X Y"}"#, #"[{"a":["xy"]}]"#),
        Quirk("an unknown key in a dict", dict, #"{"a":1,"b":2}"#, #"[{"a":[1]}]"#, .dictKey),
        Quirk("a wrong value in a dict", dict, #"{"a":3}"#, #"[{"a":[1]}]"#, .dictValue),
        Quirk("a wrong value and a missing key", dict, #"{"a":3}"#, #"[{"a":[1],"b":[2]}]"#, .dictKey),
        Quirk("a key that may be left out of a dict", dict, #"{"a":1}"#, #"[{"a":[1],"b":[2,""]}]"#),
        Quirk("a dict in a dict is compared as it is", dict, #"{"a":{"b":"X"}}"#, #"[{"a":[{"b":"x"}]}]"#, .dictValue),
        Quirk("an empty dict whose keys may be left out", dict, "{}", #"[{"a":[1,""]}]"#),
        Quirk("a dict where only the empty text counts", dict, #"{"a":1}"#, #"[""]"#, .dictUnclear),
        Quirk("the last dict's error is told", dict, #"{"a":3}"#, #"[{"a":[1]},{"b":[1]}]"#, .dictKey),
        Quirk("dicts in a list, one after the other", list("dict"), #"[{"a":1},{"a":2}]"#, #"[[{"a":[1]},{"a":[2]}]]"#),
        Quirk(
            "dicts in a list in another order",
            list("dict"),
            #"[{"a":2},{"a":1}]"#,
            #"[[{"a":[1]},{"a":[2]}]]"#,
            .dictValue
        ),
        Quirk("too few dicts", list("dict"), #"[{"a":1}]"#, #"[[{"a":[1]},{"a":[2]}]]"#, .listDictCount),
        Quirk("no dicts for what may be left out", list("dict"), "[]", #"[""]"#),
        Quirk("a dict for a list of dicts", list("dict"), #"{"a":1}"#, #"[[{"a":[1]}]]"#, .simpleType),
    ]

    private static let f = #"""
        {"name": "f", "parameters": {"type": "dict", "properties": {"x": {"type": "integer"}, "y": {"type": "string"}}, "required": ["x"]}}
        """#
    private static let g = #"""
        {"name": "a.g", "parameters": {"type": "dict", "properties": {"x": {"type": "integer"}}, "required": []}}
        """#

    private static let calls: [Calls] = [
        Calls(
            "another name",
            "simple",
            [f],
            #"[{"g": {"x": 1}}]"#,
            #"[{"f": {"x": [1], "y": [""]}}]"#,
            .wrongFunctionName
        ),
        Calls(
            "a name in capitals",
            "simple",
            [f],
            #"[{"F": {"x": 1}}]"#,
            #"[{"f": {"x": [1], "y": [""]}}]"#,
            .wrongFunctionName
        ),
        Calls("a dotted name as it is", "simple", [g], #"[{"a.g": {"x": 1}}]"#, #"[{"a.g": {"x": [1]}}]"#),
        Calls(
            "a dotted name where dots are underscores",
            "simple",
            [g],
            #"[{"a.g": {"x": 1}}]"#,
            #"[{"a.g": {"x": [1]}}]"#,
            underscoreToDot: true,
            .wrongFunctionName
        ),
        Calls(
            "an underscored name where dots are underscores",
            "simple",
            [g],
            #"[{"a_g": {"x": 1}}]"#,
            #"[{"a.g": {"x": [1]}}]"#,
            underscoreToDot: true
        ),
        Calls(
            "what is required is missing even where the answer lets it be",
            "simple",
            [f],
            #"[{"f": {}}]"#,
            #"[{"f": {"x": [1, ""], "y": [""]}}]"#,
            .missingRequired
        ),
        Calls(
            "what is required is looked for before types are",
            "simple",
            [f],
            #"[{"f": {"y": 5}}]"#,
            #"[{"f": {"x": [1], "y": ["a"]}}]"#,
            .missingRequired
        ),
        Calls(
            "a parameter that the answer lacks",
            "simple",
            [f],
            #"[{"f": {"x": 1, "y": "a"}}]"#,
            #"[{"f": {"x": [1]}}]"#,
            .unexpectedParameter
        ),
        Calls(
            "a parameter that the description lacks",
            "simple",
            [f],
            #"[{"f": {"x": 1, "z": 1}}]"#,
            #"[{"f": {"x": [1], "z": [1]}}]"#,
            .unexpectedParameter
        ),
        Calls(
            "a parameter that the description lacks and the answer wants",
            "simple",
            [f],
            #"[{"f": {"x": 1}}]"#,
            #"[{"f": {"x": [1], "z": [1]}}]"#,
            .missingOptional
        ),
        Calls(
            "the model's order says which error is told",
            "simple",
            [f],
            #"[{"f": {"y": 5, "x": "a"}}]"#,
            #"[{"f": {"x": [1], "y": ["a"]}}]"#,
            .simpleType
        ),
        Calls(
            "the first wrong parameter is told: a value",
            "simple",
            [f],
            #"[{"f": {"x": 2, "y": 5}}]"#,
            #"[{"f": {"x": [1], "y": ["a"]}}]"#,
            .otherValue
        ),
        Calls(
            "what may not be left out is",
            "simple",
            [f],
            #"[{"f": {"x": 1}}]"#,
            #"[{"f": {"x": [1], "y": ["a"]}}]"#,
            .missingOptional
        ),
        Calls("no call", "simple", [f], "[]", #"[{"f": {"x": [1]}}]"#, .simpleWrongCount),
        Calls(
            "two calls for one",
            "simple",
            [f],
            #"[{"f": {"x": 1}}, {"f": {"x": 1}}]"#,
            #"[{"f": {"x": [1]}}]"#,
            .simpleWrongCount
        ),
        Calls("a text for calls", "simple", [f], #""f(x=1)""#, #"[{"f": {"x": [1]}}]"#, .wrongOutputFormat),
        Calls("a call without a name", "simple", [f], "[{}]", #"[{"f": {"x": [1]}}]"#, .wrongOutputFormat),
        Calls(
            "two calls in one",
            "simple",
            [f],
            #"[{"f": {"x": 1}, "g": {}}]"#,
            #"[{"f": {"x": [1]}}]"#,
            .wrongOutputFormat
        ),
        Calls("arguments in a list", "simple", [f], #"[{"f": [1]}]"#, #"[{"f": {"x": [1]}}]"#, .wrongOutputFormat),
        Calls(
            "one of several functions",
            "multiple",
            [g, f],
            #"[{"f": {"x": 1}}]"#,
            #"[{"f": {"x": [1], "y": [""]}}]"#
        ),
        Calls(
            "another of several functions",
            "multiple",
            [g, f],
            #"[{"a.g": {"x": 1}}]"#,
            #"[{"f": {"x": [1], "y": [""]}}]"#,
            .wrongFunctionName
        ),
        Calls(
            "two calls where one of several is wanted",
            "multiple",
            [g, f],
            #"[{"f": {"x": 1}}, {"f": {"x": 1}}]"#,
            #"[{"f": {"x": [1]}}]"#,
            .multipleWrongCount
        ),
        Calls(
            "calls in any order",
            "parallel",
            [f],
            #"[{"f": {"x": 2}}, {"f": {"x": 1}}]"#,
            #"[{"f": {"x": [1], "y": [""]}}, {"f": {"x": [2], "y": [""]}}]"#
        ),
        Calls(
            "calls are matched greedily",
            "parallel",
            [f],
            #"[{"f": {"x": 1}}, {"f": {"x": 2}}]"#,
            #"[{"f": {"x": [1, 2], "y": [""]}}, {"f": {"x": [1], "y": [""]}}]"#,
            .cannotFindMatch
        ),
        Calls(
            "calls are matched greedily, and luckily",
            "parallel",
            [f],
            #"[{"f": {"x": 2}}, {"f": {"x": 1}}]"#,
            #"[{"f": {"x": [1, 2], "y": [""]}}, {"f": {"x": [1], "y": [""]}}]"#
        ),
        Calls(
            "a call too few",
            "parallel",
            [f],
            #"[{"f": {"x": 1}}]"#,
            #"[{"f": {"x": [1], "y": [""]}}, {"f": {"x": [2], "y": [""]}}]"#,
            .parallelWrongCount
        ),
        Calls(
            "no call matches",
            "parallel",
            [f],
            #"[{"f": {"x": 1}}, {"f": {"x": 3}}]"#,
            #"[{"f": {"x": [1], "y": [""]}}, {"f": {"x": [2], "y": [""]}}]"#,
            .cannotFindMatch
        ),
        Calls(
            "a parallel category with one function's name among several",
            "parallel_multiple",
            [f, g],
            #"[{"a.g": {"x": 1}}, {"f": {"x": 1}}]"#,
            #"[{"f": {"x": [1], "y": [""]}}, {"a.g": {"x": [1]}}]"#
        ),
        Calls("no calls, none wanted", "parallel", [f], "[]", "[]"),
    ]
}
