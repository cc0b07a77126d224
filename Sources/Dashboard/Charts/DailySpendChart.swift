import Domain
import Reports

/// What each day cost, stacked by model; weeks where there are too many days to tell apart.
struct DailySpendChart {
    /// Models that have a colour of their own; the others are one part together.
    private static let colours = 5
    private static let mostDays = 100

    private let report: DailySpendReport

    init(_ report: DailySpendReport) { self.report = report }

    /// Weeks where there are too many days.
    var isWeekly: Bool { Int(span.last.number) - Int(span.first.number) >= DailySpendChart.mostDays }

    private var span: (first: Day, last: Day) {
        let days = report.rows.filter { $0.figures.cost > .zero }.map(\.day)
        let first = days.min() ?? Day(number: 0)
        return (first, days.max() ?? first)
    }

    var bars: StackedBars {
        let named = Array(report.models.prefix(DailySpendChart.colours))
        let hasOthers = report.models.count > named.count
        let place = Dictionary(uniqueKeysWithValues: named.enumerated().map { ($1, $0) })
        let (first, last) = span
        let isWeekly = isWeekly
        let start = isWeekly ? first.monday : first
        let width = isWeekly ? 7 : 1
        // A log with a broken clock must not draw a million empty days.
        let count = min((Int(last.number) - Int(start.number)) / width + 1, 600)
        let from = last.advanced(byDays: -(count - 1) * width - (isWeekly ? Int(last.number - last.monday.number) : 0))
        var sums = Array(repeating: Array(repeating: Money.zero, count: named.count + 1), count: count)
        for row in report.rows {
            let index = (Int(row.day.number) - Int(from.number)) / width
            guard row.day >= from, sums.indices.contains(index) else { continue }
            sums[index][place[row.model] ?? named.count] += row.figures.cost
        }
        let names = named.map(\.short) + (hasOthers ? ["others"] : [])
        let bars = sums.enumerated().map { index, parts in
            let day = from.advanced(byDays: index * width)
            let total = parts.reduce(Money.zero, +)
            let told = zip(names, parts).filter { $0.1 > .zero }.map { "\($0.0) \($0.1.dollars)" }
            return StackedBars.Bar(
                name: day.description,
                parts: parts.map(\.usd),
                text: "\(isWeekly ? "week of " : "")\(day): \(total.dollars)"
                    + (told.isEmpty ? "" : " (\(told.joined(separator: ", ")))")
            )
        }
        let most = sums.map { $0.reduce(Money.zero, +) }.max() ?? .zero
        return StackedBars(
            bars: bars,
            series: names,
            highest: "\(most.roundDollars) a \(isWeekly ? "week" : "day")",
            label: "\(report.totals.billing.noun) by \(isWeekly ? "week" : "day") and model, "
                + "\(from) to \(last): at most \(most.dollars) a \(isWeekly ? "week" : "day"). The table has the figures."
        )
    }
}
