/// Scores and costs of requests that end at the same model.
struct Outcome: Hashable {
    var score: Double
    var cost: Double

    static let none = Outcome(score: 0, cost: 0)

    static func + (a: Self, b: Self) -> Self { Outcome(score: a.score + b.score, cost: a.cost + b.cost) }

    static func - (a: Self, b: Self) -> Self { Outcome(score: a.score - b.score, cost: a.cost - b.cost) }
}

/// Rows in cells of equal size by one judge's expected gain, the most trusted answers first.
///
/// Where there is no judge, all rows are in one cell whose answers are never accepted.
struct Cells {
    /// Upper ends of all cells but the last.
    private let thresholds: [Double]
    private let cells: [Int]

    private let mayAcceptNone: Bool

    /// `mayAcceptNone`: an answer that is never given may still be worth its price, as the next one is compared with it.
    init(_ gains: [Double], count: Int, mayAcceptNone: Bool) {
        self.mayAcceptNone = mayAcceptNone
        let sorted = gains.sorted()
        var thresholds: [Double] = []
        for cell in 1...max(1, count) where !sorted.isEmpty {
            let end = sorted[min(sorted.count - 1, max(0, cell * sorted.count / count - 1))]
            if thresholds.last.map({ $0 < end }) ?? true { thresholds.append(end) }
        }
        self.thresholds = thresholds
        cells = gains.map { gain in thresholds.firstIndex { gain <= $0 } ?? thresholds.count }
    }

    var count: Int { thresholds.count + 1 }

    /// How many cells may be accepted: never all; none where there is no judge.
    var choices: Range<Int> {
        guard !thresholds.isEmpty else { return 0..<1 }
        return mayAcceptNone ? 0..<thresholds.count : 1..<max(2, thresholds.count)
    }

    func cell(of row: Int) -> Int { cells.isEmpty ? 0 : cells[row] }

    /// The largest gain accepted with so many cells; nil where there is no judge.
    func threshold(_ accepted: Int) -> Double? {
        guard !thresholds.isEmpty else { return nil }
        // Below any gain, and yet a number that can be stored.
        return accepted == 0 ? -Double.greatestFiniteMagnitude : thresholds[accepted - 1]
    }
}

/// Sums over cells of two judges, so that each pair of thresholds costs no walk over the rows.
struct CellTable {
    private let width: Int
    private let height: Int
    /// Sums over the cells above and to the left; one more row and column than there are cells.
    private var first: [Outcome]
    private var second: [Outcome]
    private var last: [Outcome]

    init(rows: Int, columns: Int) {
        height = rows + 1
        width = columns + 1
        first = Array(repeating: .none, count: width * height)
        second = first
        last = first
    }

    mutating func add(at cell: (row: Int, column: Int), first: Outcome, second: Outcome, last: Outcome) {
        let place = (cell.row + 1) * width + cell.column + 1
        self.first[place] = self.first[place] + first
        self.second[place] = self.second[place] + second
        self.last[place] = self.last[place] + last
    }

    mutating func sumUp() {
        for row in 1..<height {
            for column in 1..<width {
                let place = row * width + column
                first[place] = first[place] + first[place - 1] + first[place - width] - first[place - width - 1]
                second[place] = second[place] + second[place - 1] + second[place - width] - second[place - width - 1]
                last[place] = last[place] + last[place - 1] + last[place - width] - last[place - width - 1]
            }
        }
    }

    /// Scores and costs of all rows where so many cells of each judge are accepted.
    func outcome(acceptingFirst one: Int, second two: Int) -> Outcome {
        let (bottom, right) = ((height - 1) * width, width - 1)
        let givenFirst = first[one * width + right]
        let givenSecond = second[bottom + two] - second[one * width + two]
        let all = last[bottom + right] - last[one * width + right]
        let givenLast = all - (last[bottom + two] - last[one * width + two])
        return givenFirst + givenSecond + givenLast
    }
}
