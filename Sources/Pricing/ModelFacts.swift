package import Domain

/// What is known of a model besides its price.
package struct ModelFacts: Hashable, Sendable {
    /// The name the price book keeps it under.
    package var model: ModelID
    /// Who serves it, in the catalogue's words, such as `anthropic`, `openai`, `google` or `xai`.
    package var provider: String
    /// The models it can be exchanged with, such as `claude`, `gpt` or `gemini`.
    package var family: String
    /// Nil for models outside any ladder (audio, search, deep research, single trades): never a target, and get none.
    package var tier: Tier?
    /// Tokens that fit into a prompt, where known.
    package var contextWindow: Int?
    package var maxOutput: Int?
    package var capabilities: Capabilities
    /// The first day with a price; the provider may have opened it days earlier.
    package var availableFrom: Day
    /// From this day the provider does not serve it.
    package var retired: Day?

    package func isCurrent(on day: Day) -> Bool {
        guard availableFrom <= day else { return false }
        return retired.map { day < $0 } ?? true
    }
}

/// What a model can be given or asked to do.
package struct Capabilities: OptionSet, Hashable, Sendable {
    package var rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let tools = Capabilities(rawValue: 1)
    package static let vision = Capabilities(rawValue: 2)
    package static let thinking = Capabilities(rawValue: 4)

    /// The words of the price table.
    static let names: [(name: String, capability: Capabilities)] = [
        ("tools", .tools), ("vision", .vision), ("thinking", .thinking),
    ]
}

/// What the calls that another model is to take over ask of it.
package struct Needs: Hashable, Sendable {
    /// Prompt tokens of the largest call.
    package var promptTokens: Int
    /// Output tokens of the largest call.
    package var outputTokens: Int
    package var tools: Bool
    package var images: Bool
    package var thinking: Bool

    package init(
        promptTokens: Int = 0,
        outputTokens: Int = 0,
        tools: Bool = false,
        images: Bool = false,
        thinking: Bool = false
    ) {
        self.promptTokens = promptTokens
        self.outputTokens = outputTokens
        self.tools = tools
        self.images = images
        self.thinking = thinking
    }

    var capabilities: Capabilities {
        var all: Capabilities = []
        if tools { all.insert(.tools) }
        if images { all.insert(.vision) }
        if thinking { all.insert(.thinking) }
        return all
    }
}
