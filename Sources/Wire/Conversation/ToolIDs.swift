import Domain
import JSONText

/// The ids of one request's tool calls, fit for the format they are written in; use and result agree.
///
/// Anthropic takes letters, digits, `_` and `-`, OpenAI at most 64 characters: an id that both take stays, any other
/// becomes its beginning and a hash. The same id always becomes the same, so that a conversation's prompt stays the
/// same from turn to turn; two ids never become one.
package struct ToolIDs: Hashable, Sendable {
    private var written: [String: String] = [:]
    private var taken: Set<String> = []

    package init() {}

    package mutating func written(_ id: String) -> String {
        if let known = written[id] { return known }
        var fit = ToolIDs.fit(id)
        var seed: UInt64 = 1
        while !taken.insert(fit).inserted {
            fit = ToolIDs.hashed(id, seed: seed)
            seed += 1
        }
        written[id] = fit
        return fit
    }

    /// The id as every format takes it, told from the id alone.
    package static func fit(_ id: String) -> String { isFit(id) ? id : hashed(id, seed: 0) }

    static func isFit(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(isPlain)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// At most 64 characters: what is plain of the text's beginning, and a hash of all of it.
    static func hashed(_ text: String, seed: UInt64) -> String {
        let beginning = text.utf8.prefix(46).map { isPlain($0) ? $0 : UInt8(ascii: "_") }
        let hash = String(stableHash(text, seed: seed), radix: 16)
        return String(decoding: beginning, as: UTF8.self) + "_" + String(repeating: "0", count: 16 - hash.utf8.count)
            + hash
    }
}
