/// How far two models' answers to the same prompt say the same.
///
/// Two cheap models that come to the same answer are seldom wrong together; of free text, shared words are a weaker sign.
package struct Agreement: Hashable, Sendable {
    package var isSameAnswer: Bool
    /// Different words that both have, of all that either has, in 0...1 (Jaccard).
    package var sharedWords: Double

    package init(of first: String, with second: String) {
        let text = [UInt8](lowercasing: first)
        self.init(of: text, FinalAnswer(text, numbers: NumberScan(text)), with: [UInt8](lowercasing: second))
    }

    /// Both in lower case.
    init(of first: [UInt8], _ final: FinalAnswer, with second: [UInt8]) {
        isSameAnswer = final.agrees(with: FinalAnswer(second, numbers: NumberScan(second)))
        let words = Set(first.split { !$0.isLetterlike && !$0.isNumeral })
        let others = Set(second.split { !$0.isLetterlike && !$0.isNumeral })
        let either = words.union(others).count
        sharedWords = either == 0 ? 1 : Double(words.intersection(others).count) / Double(either)
    }
}
