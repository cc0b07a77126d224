package import Domain

/// What one finding is about: claims of the same scope belong to the same finding.
package struct FindingScope: Hashable, Sendable {
    package var kind: String
    package var project: String
    /// Set where the finding is about one model.
    package var model: ModelID?
    /// Set where the finding is about one replacement.
    package var target: ModelID?

    package init(kind: String, project: String, model: ModelID? = nil, target: ModelID? = nil) {
        self.kind = kind
        self.project = project
        self.model = model
        self.target = target
    }

    /// The finding's name: the same from run to run and machine to machine while the scope is.
    package var id: String {
        let digits = String(hash, radix: 16)
        return kind + ":" + (String(repeating: "0", count: 16 - digits.utf8.count) + digits).prefix(12)
    }

    /// FNV-1a, 64 bits; the parts are kept apart by a byte that no UTF-8 text holds.
    var hash: UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for part in [kind, project, model?.rawValue ?? "", target?.rawValue ?? ""] {
            for byte in Array(part.utf8) + [0xff] {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            }
        }
        return hash
    }
}
