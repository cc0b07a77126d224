package import Domain

/// A server that answers requests: one `[[upstream]]`.
package struct Upstream: Hashable, Sendable {
    /// What a request carries to show that it may.
    package enum Credential: Hashable, Sendable {
        /// A key of the user's own, for requests whose client showed a local key or none.
        case key(Secret)
        /// Whatever the client itself sent.
        case passThrough
    }

    package var name: String
    package var provider: Provider
    /// Without a path behind the host where the provider's own is meant; a path is put before `/v1/…`.
    package var url: String
    package var credential: Credential
    /// Its share among the upstreams of its provider.
    package var weight: Int
    /// Globs over the models it serves; empty: all of its provider.
    package var models: [String]

    package init(
        name: String,
        provider: Provider,
        url: String,
        credential: Credential = .passThrough,
        weight: Int = 1,
        models: [String] = []
    ) {
        self.name = name
        self.provider = provider
        self.url = url
        self.credential = credential
        self.weight = weight
        self.models = models
    }
}
