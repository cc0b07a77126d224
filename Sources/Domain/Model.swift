/// A model's name as the provider spells it, such as `claude-opus-4-8`, without decorations like `[1m]`.
package struct ModelID: Hashable, Sendable, Comparable, RawRepresentable, Codable, CodingKeyRepresentable,
    CustomStringConvertible
{
    package var rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package init(_ name: String) { rawValue = name }

    package static func < (a: ModelID, b: ModelID) -> Bool { a.rawValue < b.rawValue }

    package var description: String { rawValue }
}

/// Where a model stands in its provider's family.
package enum Tier: Int, Sendable, Comparable, Codable, CaseIterable {
    case cheap
    case balanced
    case frontier

    package static func < (a: Tier, b: Tier) -> Bool { a.rawValue < b.rawValue }
}

/// How a request was served, as far as it changes the price.
package struct ServingMode: Hashable, Sendable, Codable {
    /// The provider's `service_tier`.
    package enum ServiceTier: UInt8, Sendable, Codable, CaseIterable {
        case standard
        case batch
        case priority
        case flex
    }

    package var serviceTier: ServiceTier
    /// Anthropic's `speed: "fast"` and Codex's fast tier.
    package var isFast: Bool
    /// Anthropic's `inference_geo: "us"`.
    package var isUSOnly: Bool

    package init(serviceTier: ServiceTier = .standard, isFast: Bool = false, isUSOnly: Bool = false) {
        self.serviceTier = serviceTier
        self.isFast = isFast
        self.isUSOnly = isUSOnly
    }

    package static let standard = ServingMode()
}
