/// How an answer treats the numbers it was given: a good answer to a question with numbers most often uses them all.
struct NumbersUsed: Hashable {
    /// Different numbers in the prompt.
    var given: Int
    /// Of these, the share that stands in the answer, in 0...1; 1 where none is given.
    var used: Double
    /// Of the answer's different numbers, the share that the prompt has too, in 0...1.
    var repeated: Double
    var inAnswer: Int

    init(prompt: NumberScan, answer: NumberScan) {
        let given = Set(prompt.found.map { abs($0.value) })
        let said = Set(answer.found.map { abs($0.value) })
        let shared = Double(given.intersection(said).count)
        self.given = given.count
        inAnswer = said.count
        used = given.isEmpty ? 1 : shared / Double(given.count)
        repeated = said.isEmpty ? 0 : shared / Double(said.count)
    }
}
