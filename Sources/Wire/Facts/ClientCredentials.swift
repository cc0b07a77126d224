package import Domain

/// What a client shows to be let in, told by what it is and not by the header it comes in.
///
/// SDKs send provider keys in either header, and some clients send both: a local key in one and the provider's own
/// credential in the other.
package struct ClientCredentials: Hashable, Sendable {
    /// The key of an app (`suffice apps add`): for the gateway alone, never sent on.
    package var localKey: Secret?
    /// What the client would show to the provider.
    package var provider: ProviderCredential?

    /// Every local key begins so.
    package static let localPrefix = "sk-suffice-"

    /// - Parameter header: the value of a header field, asked for in lower case.
    package init(header: (_ name: String) -> String?) {
        for (name, carrier) in [("x-api-key", ProviderCredential.Carrier.apiKey), ("authorization", .bearer)] {
            guard let value = header(name).map({ ClientCredentials.bare($0, in: carrier) }), !value.isEmpty else {
                continue
            }
            if value.hasPrefix(ClientCredentials.localPrefix) {
                localKey = localKey ?? Secret(value)
            } else {
                let credential = ProviderCredential(value, in: carrier)
                // A subscription's token says more than a key beside it: Claude Code may send a stale key too.
                if provider == nil || credential.kind == .subscription { provider = credential }
            }
        }
    }

    private static func bare(_ value: String, in carrier: ProviderCredential.Carrier) -> String {
        let value = String(value.drop { $0 == " " })
        guard carrier == .bearer else { return value }
        guard value.prefix(7).lowercased() == "bearer " else { return "" }
        return String(value.dropFirst(7).drop { $0 == " " })
    }
}

/// A provider's key or token as a client sent it.
package struct ProviderCredential: Hashable, Sendable {
    package enum Carrier: Hashable, Sendable {
        /// `x-api-key`
        case apiKey
        /// `authorization: Bearer`
        case bearer
    }

    package enum Kind: Hashable, Sendable {
        /// A flat plan's token: goes to its own provider untouched, and nowhere else.
        case subscription
        case apiKey
    }

    package var kind: Kind
    /// Whose it is, where its beginning tells.
    package var provider: Provider?
    package var secret: Secret
    package var carrier: Carrier

    init(_ value: String, in carrier: Carrier) {
        secret = Secret(value)
        self.carrier = carrier
        kind = .apiKey
        if value.hasPrefix("sk-ant-") {
            provider = .anthropic
            if value.hasPrefix("sk-ant-oat") { kind = .subscription }
        } else if value.hasPrefix("eyJ"), value.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2 {
            // A signed token, as Codex sends for a ChatGPT plan.
            provider = .openAI
            kind = .subscription
        } else if value.hasPrefix("sk-") {
            provider = .openAI
        }
    }
}
