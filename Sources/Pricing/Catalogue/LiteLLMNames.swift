import Domain

/// A provider of LiteLLM's whose prices are its own, and how its models are named here.
struct LiteLLMProvider {
    /// The provider as a price table names it.
    var name: String
    /// Several models share a name with another host's: they keep their host's in front.
    var keepsHost = false
    /// The beginnings of names that are the provider's own models; nil for all.
    var own: [String]?
    /// The beginnings of names that are someone else's.
    var others: [String] = []

    static let named: [String: LiteLLMProvider] = [
        "anthropic": LiteLLMProvider(name: "anthropic"),
        "openai": LiteLLMProvider(name: "openai"),
        "gemini": LiteLLMProvider(name: "google", own: ["gemini-", "deep-research-"]),
        "vertex_ai-language-models": LiteLLMProvider(name: "google", own: ["gemini-", "deep-research-"]),
        "xai": LiteLLMProvider(name: "xai"),
        "deepseek": LiteLLMProvider(name: "deepseek"),
        "mistral": LiteLLMProvider(name: "mistral", others: ["zai-", "glm-", "deepseek-"]),
        "moonshot": LiteLLMProvider(name: "moonshot"),
        "zai": LiteLLMProvider(name: "zai"),
        "minimax": LiteLLMProvider(name: "minimax"),
        "dashscope": LiteLLMProvider(name: "alibaba", own: ["qwen", "qwq"]),
        "xiaomi_mimo": LiteLLMProvider(name: "xiaomi"),
        "meta": LiteLLMProvider(name: "meta"),
        "groq": LiteLLMProvider(name: "groq", keepsHost: true),
        "cerebras": LiteLLMProvider(name: "cerebras", keepsHost: true),
    ]

    /// The name without `gemini/`, `xai/`, `vertex_ai/`, in lower case; nil for what is left out.
    func keptName(of key: String) -> String? {
        let key = key.lowercased()
        let name = keepsHost ? key : key.split(separator: "/").last.map { String($0) } ?? key
        guard !name.hasPrefix("ft:"), name != "container", own?.contains(where: name.hasPrefix) ?? true,
            !others.contains(where: name.hasPrefix)
        else { return nil }
        return name
    }
}

/// What one of LiteLLM's price fields is the price of, such as
/// `cache_creation_input_token_cost_above_1hr_above_200k_tokens_batches`.
struct LiteLLMPriceField {
    var kind: WritableKeyPath<PriceQuote.Row, TokenPrice?>
    var above = 0
    var tier: ServingMode.ServiceTier = .standard

    init?(_ field: String) {
        let kinds: [(String, WritableKeyPath<PriceQuote.Row, TokenPrice?>)] = [
            ("input_cost_per_token", \.input),
            ("output_cost_per_token", \.output),
            ("cache_read_input_token_cost", \.cacheRead),
            ("cache_creation_input_token_cost_above_12hr", \.cacheWrite1h),
            ("cache_creation_input_token_cost_above_1hr", \.cacheWrite1h),
            ("cache_creation_input_token_cost", \.cacheWrite5m),
        ]
        guard let (name, kind) = kinds.first(where: { field.hasPrefix($0.0) }) else { return nil }
        self.kind = kind
        var rest = field.dropFirst(name.count)
        let tiers: [(String, ServingMode.ServiceTier)] = [
            ("_batches", .batch), ("_priority", .priority), ("_flex", .flex),
        ]
        if let (suffix, tier) = tiers.first(where: { rest.hasSuffix($0.0) }) {
            self.tier = tier
            rest = rest.dropLast(suffix.count)
        }
        guard !rest.isEmpty else { return }
        guard rest.hasPrefix("_above_"), rest.hasSuffix("k_tokens"),
            let thousands = Int(rest.dropFirst(7).dropLast(8))
        else { return nil }
        above = thousands * 1_000
    }
}
