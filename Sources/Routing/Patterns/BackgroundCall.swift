import Domain

/// A call that an agent makes on the side, told by the words its makers put there.
///
/// It is no part of the conversation: one answer, and the prompt is not gone on with. The raw value is its name in the
/// ledger. Sources: prompts of Claude Code 1.0 to 2.1, Codex CLI and opencode as their users recorded them.
enum BackgroundCall: String, CaseIterable {
    /// A title for the session, or whether a message begins a new topic.
    case title
    /// What a shell command is or touches, for the permission prompt.
    case commandCheck = "command-check"
    /// What the user might type next.
    case suggestion
    /// What a page says, cut down for the conversation.
    case pageSummary = "page-summary"
    /// Whether the account answers at all: one token of output.
    case quotaProbe = "quota-probe"
    /// The summary a conversation goes on from. All later work stands on it: never called simple.
    case compaction

    init?(_ facts: RequestFacts) {
        if facts.maxOutputTokens == 1, facts.messages <= 1 {
            self = .quotaProbe
            return
        }
        let human = TextSearch(facts.lastHumanText.utf8.prefix(600))
        let system = TextSearch(facts.toolNames.isEmpty ? facts.systemText.utf8 : "".utf8)
        for mark in Self.marks where facts.toolNames.isEmpty || mark.call.comesWithTools {
            guard (mark.place == .system ? system : human).holds(mark.words) else { continue }
            self = mark.call
            return
        }
        return nil
    }

    var isSimple: Bool {
        switch self {
        case .title, .commandCheck, .suggestion, .quotaProbe: true
        // The page's text is long and what is asked of it may be anything.
        case .pageSummary, .compaction: false
        }
    }

    /// Whether it is asked behind the conversation, tools and all; the others come alone, and a human with tools at hand
    /// may well speak of titles.
    private var comesWithTools: Bool {
        switch self {
        case .suggestion, .compaction: true
        case .title, .commandCheck, .pageSummary, .quotaProbe: false
        }
    }

    private enum Place {
        case system
        case human
    }

    private static let marks: [(call: BackgroundCall, place: Place, words: String)] = [
        (.title, .system, "indicates a new conversation topic"),
        (.title, .system, "sentence-case title (3-7 words)"),
        (.title, .system, "Summarize this coding conversation in under 50 characters"),
        (.title, .system, "You are a title generator"),
        (.title, .system, "Generate a short kebab-case name"),
        (.title, .human, "write a 5-10 word title for the following conversation"),
        (.title, .human, "sentence-case title (3-7 words)"),
        (.title, .human, "provide a short title for a task"),
        (.title, .human, "Generate a title for this conversation"),
        (.commandCheck, .system, "Your task is to process Bash commands that an AI coding agent"),
        (.commandCheck, .system, "Extract any file paths that this command reads or modifies"),
        (.commandCheck, .human, "Extract any file paths that this command reads or modifies"),
        (.suggestion, .human, "[SUGGESTION MODE"),
        (.pageSummary, .human, "Web page content:\n---"),
        (.compaction, .system, "tasked with summarizing conversations"),
        (.compaction, .human, "Your task is to create a detailed summary of the conversation so far"),
        (.compaction, .human, "CONTEXT CHECKPOINT COMPACTION"),
    ]
}
