import Settings

/// Something in a configuration that cannot be, or is not what its writer will have meant.
struct ConfigurationProblem: Hashable, CustomStringConvertible {
    enum Weight: String, Hashable {
        /// The gateway does not start.
        case error
        /// It starts, and something is not as it reads.
        case warning
    }

    var weight: Weight
    /// A file, or a variable.
    var path: String
    /// Nil for a variable.
    var place: TOMLPlaces.Place?
    /// Such as `upstream[2].key_env`.
    var key: String
    /// What is wrong, and what to write instead.
    var text: String

    /// One line, as compilers write theirs: editors find the place by it.
    var description: String {
        let at = place.map { ":\($0.line):\($0.column)" } ?? ""
        return "\(path)\(at): \(weight.rawValue): \(key.isEmpty ? "" : "\(key): ")\(text)"
    }
}
