import Domain
import Providers
import Routing
import Wire

/// On whose account a request goes upstream.
///
/// A client's own credential goes to a provider it is for, where the user lets it pass, and is never swapped for a key;
/// a subscription's token least of all.
struct Access {
    enum Account: Hashable {
        /// The client's credential, as it came; none where it sent none.
        case clients(ProviderCredential?)
        /// The user's keys.
        case keys
    }

    var account: Account
    var app: String?
    /// Globs over the models that may be used; empty: all.
    var models: [String] = []

    var billing: Billing {
        switch account {
        case .keys: .api
        case .clients(let credential?): credential.kind == .subscription ? .subscription : .api
        case .clients(nil): .unknown
        }
    }

    func allows(_ upstream: Upstream) -> Bool {
        switch (account, upstream.credential) {
        case (.keys, .key), (.clients(nil), .passThrough): true
        case (.clients(let credential?), .passThrough):
            credential.provider == nil || credential.provider == upstream.provider
        case (.keys, .passThrough), (.clients, .key): false
        }
    }

    func allows(_ model: ModelID) -> Bool { models.isEmpty || models.contains { Glob($0).matches(model.rawValue) } }
}

extension GatewaySetup {
    /// On whose account a client's requests go upstream, or why they do not.
    func access(
        of credentials: ClientCredentials,
        format: APIFormat,
        app: (Secret) -> GatewayLedger.AppAnswer
    ) throws(AccessDenied) -> Access {
        if let key = credentials.localKey {
            let account = credentials.provider.map { Access.Account.clients($0) } ?? .keys
            switch app(key) {
            case .unknown: throw .unknownKey
            case .noApps: return Access(account: account)
            case .known(let name, let models): return Access(account: account, app: name, models: models)
            }
        }
        let hasKeys = upstreams.contains { if case .key = $0.upstream.credential { true } else { false } }
        if let credential = credentials.provider {
            let provider = credential.provider ?? format.provider
            let passes = upstreams.contains {
                $0.upstream.credential == .passThrough && $0.upstream.provider == provider
            }
            if passes { return Access(account: .clients(credential)) }
            // A key that no upstream takes is one that the client had to invent to start at all.
            guard credential.kind == .apiKey, hasKeys else { throw .notPassed }
            guard app(credential.secret) == .noApps else { throw .unknownKey }
            return Access(account: .keys)
        }
        guard app(Secret("")) == .noApps else { throw .unknownKey }
        return Access(account: hasKeys ? .keys : .clients(nil))
    }
}

enum AccessDenied: Error, Hashable {
    case unknownKey
    /// No upstream takes a client's own credential.
    case notPassed
}
