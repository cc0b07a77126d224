import Analysis
import Domain
import Testing

/// Made-up successions of two calls, each with what really happened between them.
@Suite struct RebuildReasonTests {
    @Test func `at least 95% of the labelled cases are told right`() {
        let wrong = LabelledSuccession.all.filter { $0.answer != $0.truth }
        let right = 1 - Double(wrong.count) / Double(LabelledSuccession.all.count)
        #expect(LabelledSuccession.all.count >= 60)
        #expect(right >= 0.95)
        // Every one that is told wrong is known, with what it is taken for.
        #expect(wrong.map { "\($0.name): \($0.answer.map { "\($0)" } ?? "none")" } == LabelledSuccession.knownWrong)
    }

    @Test func `every reason is in the labelled cases`() {
        #expect(Set(LabelledSuccession.all.compactMap(\.truth)) == Set(RebuildReason.allCases))
    }
}

/// 100,000 tokens of prompt in a cache that lives an hour, a minute later 1,000 more, unless said otherwise.
struct LabelledSuccession {
    var name: String
    /// Nil where nothing was rebuilt.
    var truth: RebuildReason?
    var succession: CacheSuccession

    /// As a finding would have it: 1,024 tokens at least.
    var answer: RebuildReason? { succession.rebuilt.count >= 1024 ? succession.reason : nil }

    init(
        _ name: String,
        _ truth: RebuildReason?,
        pause: Double = 1,
        from start: Double = 0,
        lives lifetime: CacheLifetime = .long,
        by provider: String = "anthropic",
        had before: Int = 100_000,
        has now: Int = 101_000,
        reads: Int = 20_000,
        leaving oldModel: ModelID = .opus,
        on model: ModelID = .opus,
        effort: (Effort?, Effort?) = (.high, .high),
        fast: (Bool, Bool) = (false, false),
        told: String? = nil,
        after arrivals: [Arrival] = [.sample(.prompt)],
        opening: Int = 25_000
    ) {
        self.name = name
        self.truth = truth
        let isAutomatic = lifetime == .automatic
        let previous = Call.sample(
            "before",
            minute: start,
            model: oldModel,
            mode: ServingMode(isFast: fast.0),
            input: isAutomatic ? 1000 : 2,
            read: before - (isAutomatic ? 1000 : 1002),
            write5m: lifetime == .short ? 1000 : 0,
            write1h: lifetime == .long ? 1000 : 0,
            effort: effort.0
        )
        let call = Call.sample(
            "now",
            minute: start + pause,
            model: model,
            mode: ServingMode(isFast: fast.1),
            input: isAutomatic ? now - reads : 2,
            read: reads,
            write5m: lifetime == .short ? now - reads - 2 : 0,
            write1h: lifetime == .long ? now - reads - 2 : 0,
            effort: effort.1,
            missReason: told
        )
        succession = CacheSuccession(
            previous: previous,
            call: call,
            arrivals: arrivals,
            lifetime: lifetime,
            provider: provider,
            opening: .init(promptTokens: opening, standingTokens: 20_000)
        )
    }
}

extension LabelledSuccession {
    static let all = undisturbed + pauses + switches + changes + conversations + told + misleading

    /// What no rule here can see: the log has the same figures for two different stories.
    static let knownWrong = [
        "a rewind far back, then a long text: unexplained",
        "the provider dropped entries just after a skill was listed: instructionsChanged",
    ]

    private static func context(_ label: String) -> [Arrival] { [.sample(.prompt), .sample(.context, label: label)] }
    private static let summary: [Arrival] = [
        .sample(.context, label: "compact_boundary"), .sample(.compactSummary, bytes: 9000),
    ]

    private static let undisturbed: [LabelledSuccession] = [
        .init("the next call reads everything", nil, reads: 99_998),
        .init("a minute before an hour is over", nil, pause: 59, reads: 99_998),
        .init("a provider's rounding to 128 tokens", nil, lives: .automatic, by: "openai", reads: 99_840),
        .init("the last block of the previous prompt was not cached", nil, reads: 99_000),
        .init("a retry of the same prompt that reads it", nil, pause: 0.1, has: 100_000, reads: 99_998),
        .init("tools changed and everything is still read", nil, reads: 99_998, after: context("deferred_tools_delta")),
        .init("a skill listed and everything still read", nil, reads: 99_998, after: context("skill_listing")),
        .init("another day and everything still read", nil, pause: 50, from: 1400, reads: 99_998),
        .init("an hour over and everything still read", nil, pause: 65, reads: 99_998),
        .init("the effort switched and everything still read", nil, reads: 99_998, effort: (.high, .low)),
        .init("a rewind whose prefix is still read", nil, has: 61_000, reads: 60_990),
        .init(
            "a rewind and a text of 5,000 tokens",
            nil,
            has: 65_000,
            reads: 60_000,
            after: [.sample(.prompt, bytes: 18_000)]
        ),
        .init("a compaction whose standing prompt is still read", nil, has: 40_000, after: summary),
        .init("a large file is new text", nil, has: 180_000, reads: 99_998),
    ]

    private static let pauses: [LabelledSuccession] = [
        .init("just over an hour", .lifetimePassed, pause: 60.1),
        .init("just over five minutes", .lifetimePassed, pause: 5.1, lives: .short),
        .init("two hours, nothing read at all", .lifetimePassed, pause: 120, reads: 0),
        .init("twenty minutes where entries live five", .lifetimePassed, pause: 20, lives: .short),
        .init("twenty minutes where they live an hour", .unexplained, pause: 20),
        .init("just under an hour", .unexplained, pause: 59.9),
        .init("just under five minutes", .unexplained, pause: 4.9, lives: .short),
        .init("an automatic cache after twelve minutes", .lifetimePassed, pause: 12, lives: .automatic, by: "openai"),
        .init("an automatic cache after one minute", .unexplained, pause: 1, lives: .automatic, by: "openai"),
        .init("OpenAI's billed entries live thirty minutes", .unexplained, pause: 25, lives: .short, by: "openai"),
        .init("and not longer", .lifetimePassed, pause: 31, lives: .short, by: "openai"),
        .init("a night", .resumedAnotherDay, pause: 600, from: 1200),
        .init("four hours over midnight", .resumedAnotherDay, pause: 240, from: 1300),
        .init("three hours over midnight", .lifetimePassed, pause: 180, from: 1300),
        .init("five hours of one day", .lifetimePassed, pause: 300, from: 60),
        .init("midnight without a pause", .unexplained, pause: 2, from: 1439),
        .init("a weekend", .resumedAnotherDay, pause: 3600, reads: 0),
        .init(
            "a tool that ran for seven minutes",
            .lifetimePassed,
            pause: 7,
            lives: .short,
            after: [.sample(.toolResult)]
        ),
    ]

    private static let switches: [LabelledSuccession] = [
        .init("another model", .modelSwitched, reads: 0, on: .sonnet),
        .init("another model that others warmed", .modelSwitched, reads: 20_000, on: .sonnet),
        .init("back on a model that had read half", .modelSwitched, reads: 50_000, leaving: .haiku, on: .opus),
        .init("more effort", .effortSwitched, effort: (.medium, .high)),
        .init("less effort", .effortSwitched, effort: (.high, .low)),
        .init("effort logged from now on is no switch", .unexplained, effort: (nil, .high)),
        .init("fast on", .fastToggled, reads: 0, fast: (false, true)),
        .init("fast off", .fastToggled, fast: (true, false)),
        .init("effort and model at once", .modelSwitched, reads: 0, on: .sonnet, effort: (.high, .low)),
        .init("fast and model at once", .modelSwitched, reads: 0, on: .sonnet, fast: (false, true)),
        .init("fast and effort at once", .fastToggled, reads: 0, effort: (.high, .low), fast: (false, true)),
    ]

    private static let changes: [LabelledSuccession] = [
        .init("deferred tools changed", .toolsChanged, reads: 0, after: context("deferred_tools_delta")),
        .init("an MCP server connected", .toolsChanged, after: context("mcp_instructions_delta")),
        .init("new subagent types", .toolsChanged, reads: 9000, after: context("agent_listing_delta")),
        .init("a skill", .instructionsChanged, after: context("skill_listing")),
        .init("a project file", .instructionsChanged, reads: 15_000, after: context("nested_memory")),
        .init(
            "the date in the system prompt",
            .instructionsChanged,
            pause: 2,
            from: 1439,
            after: context("date_change")
        ),
        .init("a reminder explains nothing", .unexplained, after: context("task_reminder")),
        .init(
            "tools changed, but the conversation is still read",
            .unexplained,
            reads: 60_000,
            after: context("deferred_tools_delta")
        ),
        .init(
            "a skill, but the conversation is still read",
            .unexplained,
            reads: 60_000,
            after: context("skill_listing")
        ),
        .init(
            "tools and skills: tools come first",
            .toolsChanged,
            after: context("skill_listing") + context("agent_listing_delta")
        ),
    ]

    private static let conversations: [LabelledSuccession] = [
        .init("old tool results cleared", .conversationChanged, has: 80_000, reads: 40_000),
        .init(
            "cleared and logged",
            .conversationChanged,
            has: 100_500,
            reads: 40_000,
            after: context("microcompact_boundary")
        ),
        .init(
            "reasoning dropped at a new prompt",
            .conversationChanged,
            lives: .automatic,
            by: "openai",
            has: 98_000,
            reads: 48_000
        ),
        .init(
            "reasoning dropped after ten minutes",
            .conversationChanged,
            pause: 10,
            lives: .automatic,
            by: "openai",
            has: 98_000,
            reads: 48_000
        ),
        .init("a compaction that lost the standing prompt", .compacted, has: 40_000, reads: 0, after: summary),
        .init("a compaction with only its summary logged", .compacted, has: 40_000, reads: 0, after: [summary[1]]),
        .init("a rewind far back, then a long text", .conversationChanged, has: 101_000, reads: 40_000),
    ]

    private static let told: [LabelledSuccession] = [
        .init("the provider says the system prompt", .instructionsChanged, told: "system_changed"),
        .init("the provider says tools, and some are read", .toolsChanged, reads: 25_000, told: "tools_changed"),
        .init("the provider says messages", .conversationChanged, reads: 24_000, told: "messages_changed"),
        .init("the provider says the model, such as a larger window's", .modelSwitched, told: "model_changed"),
        .init("the provider's word against a pause", .instructionsChanged, pause: 90, told: "system_changed"),
        .init(
            "the provider's word against a label",
            .conversationChanged,
            told: "messages_changed",
            after: context("skill_listing")
        ),
        .init("not found after a pause is no word", .lifetimePassed, pause: 90, told: "previous_message_not_found"),
        .init("not found without a pause", .unexplained, told: "previous_message_not_found"),
        .init("unavailable and an effort", .effortSwitched, effort: (.high, .medium), told: "unavailable"),
        .init("unavailable after 45 minutes", .unexplained, pause: 45, told: "unavailable"),
        .init("unavailable over a night", .resumedAnotherDay, pause: 600, from: 1200, told: "unavailable"),
        .init("a word nobody knows yet", .unexplained, told: "weather_changed"),
        .init(
            "messages changed because they were compacted",
            .compacted,
            has: 40_000,
            reads: 0,
            told: "messages_changed",
            after: summary
        ),
        .init("the provider's word where nothing was rebuilt", nil, reads: 99_998, told: "system_changed"),
    ]

    private static let misleading: [LabelledSuccession] = [
        .init(
            "a compaction right after a model switch",
            .modelSwitched,
            has: 40_000,
            reads: 0,
            on: .sonnet,
            after: summary
        ),
        .init(
            "a compaction after a night",
            .resumedAnotherDay,
            pause: 600,
            from: 1200,
            has: 40_000,
            reads: 0,
            after: summary
        ),
        .init("a model switched after the entries were gone", .lifetimePassed, pause: 90, reads: 0, on: .sonnet),
        .init("fast on after the entries were gone", .lifetimePassed, pause: 90, reads: 0, fast: (false, true)),
        .init(
            "effort switched after five minutes and a bit",
            .lifetimePassed,
            pause: 5.5,
            lives: .short,
            effort: (.high, .low)
        ),
        .init("effort switched before them", .effortSwitched, pause: 4.5, lives: .short, effort: (.high, .low)),
        .init(
            "a skill listed after a night",
            .resumedAnotherDay,
            pause: 600,
            from: 1200,
            after: context("skill_listing")
        ),
        .init(
            "an interleaved subagent's small prompt",
            nil,
            had: 100_000,
            has: 15_000,
            reads: 14_500,
            after: [.sample(.toolResult)]
        ),
        .init(
            "back from an interleaved subagent",
            nil,
            had: 15_000,
            has: 101_000,
            reads: 100_000,
            after: [.sample(.toolResult)]
        ),
        .init("a retry before the first had begun to answer", .unexplained, pause: 0.05, has: 100_000),
        .init(
            "twenty tool results at once",
            .unexplained,
            has: 108_000,
            after: (0..<20).map { _ in .sample(.toolResult) }
        ),
        .init("a fork's first own call at once", nil, reads: 99_998),
        .init("a fork's first own call the next day", .resumedAnotherDay, pause: 900, from: 900),
        .init(
            "the provider dropped entries just after a skill was listed",
            .unexplained,
            after: context("skill_listing")
        ),
        .init(
            "effort switched, but the conversation is still read",
            .unexplained,
            reads: 60_000,
            effort: (.high, .low)
        ),
        .init("half read after a pause: the entries lived", .unexplained, pause: 90, reads: 60_000),
    ]
}
