internal import JSONText

/// A tool call's arguments as they came from a model.
enum ToolArguments {
    /// The bytes as the text of a JSON object, which no arguments are too (`{}`).
    static func text(_ bytes: [UInt8]) -> [UInt8] { isBlank(bytes) ? JSONFragment.emptyObject.bytes : bytes }

    /// A call's arguments as an object for Anthropic's `input`.
    ///
    /// OpenAI does not promise that a model writes JSON: what is none is carried whole under `arguments`, as it is in
    /// requests, so that the tool refuses it with the reason in sight.
    static func object(_ arguments: JSONFragment, loss: inout ConversionLoss) -> JSONFragment {
        if isBlank(arguments.bytes) { return .emptyObject }
        if arguments.isObject { return arguments }
        loss.count(.malformedArguments)
        var json = JSONWriter()
        json.object { $0.member("arguments", arguments.string) }
        return json.fragment
    }

    /// The one text of a tool that takes a text (`{"input": …}`); all of it where it is written otherwise.
    static func input(_ bytes: [UInt8]) -> String {
        let input = bytes.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, layout: .document)
            var input: String?
            scanner.eachMember { key, scanner in
                if key.is("input") { input = scanner.text()?.string } else { scanner.skipValue() }
            }
            return input
        }
        return input ?? String(decoding: bytes, as: UTF8.self)
    }

    private static func isBlank(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy(isSpace) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
