/// Signs in the words of an answer that its author was not sure, or did not answer at all.
struct Hedging: Hashable {
    /// Phrases of doubt, approximation, correction.
    var hedges: Int
    /// It begins by saying that it will not or cannot answer.
    var refuses: Bool

    private static let doubts: [[UInt8]] = [
        "not sure", "unsure", "unclear", "uncertain", "i think", "i believe", "probably", "perhaps", "maybe",
        "might be",
        "may be ", "could be", "seems to", "appears to", "it depends", "approximately", "roughly", " about ", "assume",
        "assuming", "however", "should be", "not possible", "impossible", "does not specify", "doesn't specify",
        "not specified", "not given", "not enough information", "not provided", "mistake", "apolog", "correction",
        "actually,", "wait,", "let me re", "closest", "typo", "\u{2248}", "to the best of my", "as far as i know",
    ].map { Array($0.utf8) }

    private static let refusals: [[UInt8]] = [
        "i'm sorry", "i am sorry", "sorry, ", "i cannot", "i can't", "i can\u{2019}t", "i am unable", "i'm unable",
        "i\u{2019}m unable", "i'm not able", "i am not able", "as an ai", "i won't", "i will not",
        "i'm afraid", "i don't have access", "i do not have access", "i don't know", "i do not know",
        "cannot assist", "can't assist", "cannot help", "can't help",
    ].map { Array($0.utf8) }

    /// A refusal stands at the beginning; later these words tell of something else.
    private static let beginning = 160

    /// `text` is in lower case.
    init(_ text: [UInt8]) {
        hedges = Self.doubts.reduce(0) { $0 + text.occurrences(of: $1) }
        let first = Array(text.prefix(Self.beginning))
        refuses = Self.refusals.contains { first.lastPlace(of: $0) != nil }
    }
}
