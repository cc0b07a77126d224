/// A way to say the same otherwise, by a rule of our own: a router should send both to the same model.
package enum Paraphrase: String, CaseIterable, Sendable {
    /// A greeting and a plea before it, thanks behind it.
    case politeness
    /// The last sentence of its first paragraph comes first.
    case wordOrder
    /// Everyday words give way to others of the same meaning.
    case synonyms

    /// Nil where the rule changes nothing: one sentence has no order, and not every text has a word that is known.
    package func applied(to text: String) -> String? {
        switch self {
        case .politeness: return "Hello! Could you please help me with this?\n\(text)\nThank you very much."
        case .wordOrder: return Self.reordered(text)
        case .synonyms:
            let changed = Self.replacingWords(in: text)
            return changed == text ? nil : changed
        }
    }

    private static func reordered(_ text: String) -> String? {
        let paragraph = text.prefix { !$0.isNewline }
        let rest = text[paragraph.endIndex...]
        var sentences: [Substring] = []
        var start = paragraph.startIndex
        for place in paragraph.indices where ".?!".contains(paragraph[place]) {
            let next = paragraph.index(after: place)
            guard next < paragraph.endIndex, paragraph[next] == " " else { continue }
            sentences.append(paragraph[start..<next])
            start = paragraph.index(after: next)
        }
        if start < paragraph.endIndex { sentences.append(paragraph[start...]) }
        guard sentences.count > 1, let last = sentences.last else { return nil }
        return ([last] + sentences.dropLast()).joined(separator: " ") + rest
    }

    /// Whole words of ASCII letters; a capital at the beginning stays one.
    private static func replacingWords(in text: String) -> String {
        var changed = ""
        var word = ""
        func end() {
            defer { word = "" }
            guard let synonym = synonymsByWord[word.lowercased()] else { return changed += word }
            changed += word.first?.isUppercase == true ? synonym.prefix(1).uppercased() + synonym.dropFirst() : synonym
        }
        for character in text {
            if character.isASCII, character.isLetter {
                word.append(character)
            } else {
                end()
                changed.append(character)
            }
        }
        end()
        return changed
    }

    private static let synonymsByWord = [
        "show": "display", "find": "locate", "big": "large", "begin": "start", "begins": "starts", "buy": "purchase",
        "buys": "purchases", "bought": "purchased", "help": "assist", "make": "create", "makes": "creates",
        "fast": "quick", "many": "numerous", "get": "obtain", "gets": "obtains", "gives": "hands", "each": "every",
        "total": "overall", "also": "additionally", "however": "though", "answer": "reply", "choose": "select",
        "correct": "right", "following": "next", "describe": "depict", "explain": "clarify", "write": "compose",
        "small": "little", "use": "employ", "used": "employed", "uses": "employs", "best": "finest", "because": "since",
        "about": "around", "earns": "makes", "needs": "requires", "need": "require", "wants": "wishes",
        "after": "following",
        "often": "frequently", "usually": "commonly", "important": "significant", "another": "one more",
        "whole": "entire", "job": "task", "kids": "children", "car": "automobile", "house": "home", "sad": "unhappy",
    ]
}
