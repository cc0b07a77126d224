/// How long the model thought on tasks of each shape.
struct UsualThinking: Sendable {
    private var tokens: [TaskShape: [Int32]] = [:]

    mutating func note(_ thinking: Int, for shape: TaskShape) {
        tokens[shape, default: []].append(Int32(clamping: thinking))
    }

    /// By shape, the middle of what was noted; nothing where that is fewer than so many.
    func medians(of fewest: Int) -> [TaskShape: (median: Int, tasks: Int)] {
        tokens.compactMapValues { values in
            guard !values.isEmpty, values.count >= fewest else { return nil }
            let sorted = values.sorted()
            let median = (Int(sorted[(sorted.count - 1) / 2]) + Int(sorted[sorted.count / 2])) / 2
            return (median, values.count)
        }
    }
}
