/// Calls that only ask whether a model answers: `Reply with exactly OK`, `ping`, `hello`, an agent's warm-up.
enum Probe {
    static let name = "probe"

    static func isMeant(by text: HumanText) -> Bool {
        // Nothing said is nothing asked for: after a compaction the agent goes on with its work by itself.
        guard (1...200).contains(text.raw.utf8.count) else { return false }
        let lower = text.raw.lowercased()
        let bare = lower.trimmingSuffix { !$0.isLetter && !$0.isNumber }
        if bare.isEmpty || greetings.contains(String(bare)) { return true }
        return orders.contains { lower.hasPrefix($0) } && !Phrase.isDemanding(lower)
    }

    private static let greetings: Set<String> = [
        "hi", "hello", "hey", "hi there", "hello there", "hey there", "ping", "test", "testing", "yo", "warmup",
        "quota",
        "hello world", "say hi", "say hello", "say ok", "are you there", "you there", "good morning", "thanks",
        "thank you", "who are you", "what is 2+2", "what's 2+2", "2+2",
    ]

    private static let orders = [
        "reply with exactly", "reply with only", "reply with the exact", "reply with the word", "reply with ok",
        "respond with exactly", "respond with only", "respond with the word", "respond with ok", "answer with exactly",
        "answer with only ok", "just say", "just reply", "say exactly", "output exactly", "echo back", "print exactly",
        "reply only with", "respond only with",
    ]
}

extension Phrase {
    static func isDemanding(_ text: String) -> Bool {
        Words(text).plain.contains { demanding.contains($0) && !["exactly", "not", "write", "work"].contains($0) }
    }
}

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
