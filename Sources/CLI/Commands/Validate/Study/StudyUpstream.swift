import Domain
import Foundation
import Providers
import Replay
import Routing

/// Where a model is asked, and with which key.
struct StudyUpstream: Sendable {
    var provider: Provider
    var address: UpstreamAddress
    var key: Secret?

    var host: String { address.hostField }

    /// Whether it is the machine itself: nothing leaves it then.
    var isLocal: Bool { ["127.0.0.1", "::1", "localhost"].contains(address.host) }

    /// What requests are written in for it.
    ///
    /// Servers that are like OpenAI's all speak Chat Completions; Responses, in which Codex asks, only OpenAI's own for sure.
    func format(isOfCodex: Bool) -> APIFormat {
        switch provider {
        case .anthropic: .messages
        case .openAI: isOfCodex && address.host.hasSuffix("openai.com") ? .responses : .chatCompletions
        }
    }

    /// The first `[[upstream]]` that serves the model with a key of its own, or else the provider with the usual
    /// variable's key.
    ///
    /// A subscription's token is never used: it is for the agent it was given to.
    init(
        for model: ModelID,
        provider: Provider?,
        upstreams: [Upstream],
        environment: (String) -> String?
    ) throws(CommandError) {
        let serving = upstreams.first { upstream in
            guard case .key = upstream.credential else { return false }
            return upstream.models.isEmpty
                ? upstream.provider == provider
                : upstream.models.contains { Glob($0).matches(model.rawValue) }
        }
        let url: String
        if let serving, case .key(let key) = serving.credential {
            (self.provider, url, self.key) = (serving.provider, serving.url, key)
        } else {
            guard let provider else {
                throw .badInput(
                    "nobody knows who serves \(model); name an [[upstream]] with models = [\"\(model)\"] in suffice.toml"
                )
            }
            let variable = provider == .anthropic ? "ANTHROPIC_API_KEY" : "OPENAI_API_KEY"
            guard let key = environment(variable) else {
                throw .badInput(
                    "asking \(model) needs an API key: set \(variable), or name an [[upstream]] with key_env or key_file"
                )
            }
            self.provider = provider
            self.key = Secret(key)
            url = provider == .anthropic ? "https://api.anthropic.com" : "https://api.openai.com"
        }
        if let key, key.value.hasPrefix("sk-ant-oat") {
            throw .badInput("the key for \(model) is a subscription's; a replay needs an API key")
        }
        guard let address = UpstreamAddress(url: url) else { throw .badInput("'\(url)' is no address of a server") }
        self.address = address
    }
}
