import Domain
import JSONText
import Wire

/// A conversion of a body given as text, for tests.
struct Conversion {
    var body: String
    var converted: ConvertedRequest

    init(
        _ body: String,
        _ source: APIFormat,
        to target: APIFormat,
        model: String = "target",
        _ limits: ModelLimits? = nil
    ) throws(ConversionError) {
        try self.init(
            RequestReading(Array(body.utf8), format: source),
            source,
            to: target,
            model: model,
            limits
        )
    }

    init(
        _ reading: RequestReading,
        _ source: APIFormat,
        to target: APIFormat,
        model: String = "target",
        _ limits: ModelLimits? = nil
    ) throws(ConversionError) {
        let limits = limits ?? (target == .messages ? .claude : .gpt)
        converted = try ConvertedRequest(
            reading,
            from: source,
            to: ConvertedRequest.Target(format: target, model: ModelID(model), limits: limits)
        )
        self.body = String(decoding: converted.body, as: UTF8.self)
    }

    var loss: [ConversionLoss.Kind: Int] { converted.loss.counts }
}

extension ModelLimits {
    /// Like Opus 5.
    static let claude = ModelLimits(
        provider: .anthropic,
        rejected: [.prefill, .sampling, .thinkingBudget],
        efforts: [.low, .medium, .high, .xhigh, .max],
        formats: [.messages],
        maxOutputTokens: 128_000
    )
    /// Like Haiku 4.5.
    static let haiku = ModelLimits(
        provider: .anthropic,
        rejected: [.adaptiveThinking, .effort, .lateSystem],
        formats: [.messages],
        maxOutputTokens: 64_000
    )
    /// Like Opus 5.5.
    static let alwaysThinking = ModelLimits(
        provider: .anthropic,
        rejected: [.prefill, .sampling, .thinkingBudget, .thinkingOff, .forcedTool],
        efforts: [.low, .medium, .high, .xhigh, .max],
        formats: [.messages],
        maxOutputTokens: 128_000
    )
    /// Like GPT-6 Sol.
    static let gpt = ModelLimits(
        provider: .openAI,
        rejected: [.sampling, .thinkingBudget],
        efforts: [.none, .low, .medium, .high, .xhigh],
        formats: [.chatCompletions, .responses],
        maxOutputTokens: 128_000
    )
    /// Like GPT-6.1 Sol.
    static let gptThatThinks = ModelLimits(
        provider: .openAI,
        rejected: [.sampling, .thinkingBudget, .thinkingOff],
        efforts: [.low, .medium, .high],
        formats: [.chatCompletions, .responses],
        maxOutputTokens: 128_000
    )
    /// Like GPT-4o.
    static let plainGPT = ModelLimits(
        provider: .openAI,
        rejected: [.thinkingBudget, .adaptiveThinking, .effort],
        formats: [.chatCompletions, .responses],
        maxOutputTokens: 16_384
    )
}
