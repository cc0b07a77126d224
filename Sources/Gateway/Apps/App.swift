internal import Crypto
package import Domain

/// A client that a local key was minted for; the key itself is nowhere but with the client.
package struct App: Hashable, Sendable {
    package var name: String
    /// Lower-case hex SHA-256 of the key.
    package var keyHash: String
    package var created: Timestamp
    /// Globs over the models it may ask for; empty: any.
    package var models: [String]
    package var budget: Budget?

    package struct Budget: Hashable, Sendable {
        package var amount: Money
        /// `day`, `week` or `month`.
        package var window: String

        package init(amount: Money, window: String) {
            self.amount = amount
            self.window = window
        }
    }

    package init(name: String, keyHash: String, created: Timestamp, models: [String] = [], budget: Budget? = nil) {
        self.name = name
        self.keyHash = keyHash
        self.created = created
        self.models = models
        self.budget = budget
    }
}

/// A key that Suffice minted for a client of its gateway.
package enum LocalKey {
    /// What tells it from a provider's key.
    package static let prefix = "sk-suffice-"

    /// 32 random bytes in hexadecimal behind the prefix.
    package static func minted(by random: inout some RandomNumberGenerator) -> Secret {
        let digits = (0..<8).map { _ -> String in
            let word = String(UInt32.random(in: 0...UInt32.max, using: &random), radix: 16)
            return String(repeating: "0", count: 8 - word.utf8.count) + word
        }
        return Secret(prefix + digits.joined())
    }

    /// What is kept of a key: as it is random, a plain hash gives nothing of it away.
    package static func hash(of key: Secret) -> String {
        var hash = SHA256()
        var text = key.value
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}
