package import Domain

/// A model's name as a client writes it, taken apart.
package struct RequestedModel: Hashable, Sendable {
    /// The name that providers know, date included.
    package var id: ModelID
    /// The client asks for a window of a million tokens (`claude-opus-4-8[1m]`).
    package var wantsLongContext: Bool

    package init(_ name: String) {
        wantsLongContext = false
        var bare = name[...]
        // Claude Code marks the window with a suffix that no provider knows.
        if bare.last == "]", let open = bare.lastIndex(of: "[") {
            wantsLongContext = bare[open...].lowercased() == "[1m]"
            bare = bare[..<open]
        }
        id = ModelID(String(bare))
    }
}
