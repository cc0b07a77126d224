/// Calls that only ask whether a model answers: `Reply with exactly OK`, `ping`, `hello`, an agent's warm-up.
enum Probe {
    static let name = "probe"

    static func isMeant(by text: HumanText) -> Bool {
        // Nothing said is nothing asked for: after a compaction the agent goes on with its work by itself.
        guard (1...200).contains(text.raw.utf8.count) else { return false }
        let lower = String(decoding: text.raw.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        let bare = lower.withoutSigns
        if bare.utf8.count <= longestGreeting, bare.isEmpty || greetings.contains(String(bare)) { return true }
        // By bytes: characters of other scripts would be normalised for each order.
        return orders.contains { lower.utf8.starts(with: $0.utf8) } && !Phrase.isDemanding(lower)
    }

    private static let greetings: Set<String> = [
        "hi", "hello", "hey", "hi there", "hello there", "hey there", "ping", "test", "testing", "yo", "warmup",
        "quota",
        "hello world", "say hi", "say hello", "say ok", "are you there", "you there", "good morning", "thanks",
        "thank you", "who are you", "what is 2+2", "what's 2+2", "2+2",
    ]

    private static let longestGreeting = greetings.map(\.utf8.count).max() ?? 0

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
    /// Without what is neither letter nor number at its end.
    fileprivate var withoutSigns: Substring {
        var rest = self[...]
        while let byte = rest.utf8.last {
            if byte < 0x80 {
                let isSign = !(0x30...0x39).contains(byte) && !(0x61...0x7A).contains(byte)
                guard isSign else { break }
                rest = Substring(rest.utf8.dropLast())
            } else {
                guard let last = rest.last, !last.isLetter, !last.isNumber else { break }
                rest.removeLast()
            }
        }
        return rest
    }
}
