import Domain
import Pricing
import Providers
import Routing
import Synchronization
import Wire

/// Which models there are (pitfall 20).
///
/// Where one provider's upstreams are all there is for this client, the provider's own answer is passed on as it is:
/// it knows what the account may use. Where the gateway offers more or less than that, by aliases, other providers,
/// upstreams for some models or an app's models, and where the provider does not answer, the gateway's own list is.
extension Relay {
    /// Answers with the models, or with one of them.
    func startListing(_ id: String? = nil) {
        let provider = ModelList.provider(anthropicVersion: head.fields.first("anthropic-version"))
        guard let access = access(provider == .anthropic ? .messages : .chatCompletions) else { return }
        let list = setup.models(for: access, asking: provider, on: gateway.ledger.now().day)
        let json = id.map { list.written(id: $0, for: provider) } ?? list.written(for: provider)
        if !list.entries.isEmpty, let json {
            ownModels = OwnAnswer(status: 200, json: String(decoding: json, as: UTF8.self))
        }
        targets = setup.upstreams.filter { $0.upstream.provider == provider && access.allows($0.upstream) }
            .map { RelayTarget(upstream: $0.upstream, address: $0.address) }
        let isProvidersOwn = setup.offersOnly(provider, to: access)
        if let ownModels, targets.isEmpty || !isProvidersOwn { return answer(ownModels) }
        guard !targets.isEmpty, isProvidersOwn || access.models.isEmpty else { return refuse(.unknownPath(head.path)) }
        askNext()
    }

    /// Whether the gateway's own list goes in the place of this reply: the provider is in trouble, or has no lists.
    ///
    /// A model that the provider does not know is none, whatever the price book has.
    func hasNoModels(_ reply: HTTPResponseHead, _ kind: RelayState.Reply) -> Bool {
        kind == .trouble || (reply.status == 404 || reply.status == 405) && Endpoint(head) == .models
    }
}

extension GatewaySetup {
    /// Whether a client can be served by one provider alone, and by all that this provider has.
    fileprivate func offersOnly(_ provider: Provider, to access: Access) -> Bool {
        configuration.router.policy.aliases.isEmpty && access.models.isEmpty
            && upstreams.allSatisfy {
                !access.allows($0.upstream) || $0.upstream.provider == provider && $0.upstream.models.isEmpty
            }
    }

    /// The models that a client may ask for by name: aliases first, then those of the price book that an upstream
    /// serves and that were not retired, and names that an upstream's own `models` spells out.
    ///
    /// A model that the price book does not know stays with the provider that is asked, and is offered by it alone.
    func models(for access: Access, asking asked: Provider, on day: Day) -> ModelList {
        let usable = upstreams.map(\.upstream).filter { access.allows($0) }
        let book = configuration.router.book
        func entry(_ id: ModelID, _ model: ModelID) -> ModelList.Entry? {
            let limits = book.limits(of: model)
            let provider = limits?.provider ?? asked
            guard access.allows(id), access.allows(model),
                usable.contains(where: { $0.provider == provider && $0.serves(model) })
            else { return nil }
            return ModelList.Entry(
                id: id.rawValue,
                provider: provider,
                maxInputTokens: limits?.contextWindow,
                maxOutputTokens: limits?.maxOutputTokens
            )
        }
        let aliases = configuration.router.policy.aliases.sorted { $0.key.rawValue < $1.key.rawValue }
        let known = book.models.filter { model in
            guard let facts = book.facts(of: model), book.limits(of: model)?.provider != nil else { return false }
            return facts.tier != nil && facts.isCurrent(on: day)
        }
        let spelled = usable.flatMap { upstream in
            upstream.models.filter { !$0.contains("*") }.map { ModelID($0) }
        }
        return ModelList(
            aliases.compactMap { entry($0.key, $0.value) } + (known + spelled).compactMap { entry($0, $0) }
        )
    }
}
