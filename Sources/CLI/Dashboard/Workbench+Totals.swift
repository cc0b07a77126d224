import Pricing
import Reports

extension Workbench {
    /// What was spent by model, and by day and model.
    struct Totals {
        var models: SpendReport
        var days: DailySpendReport
    }

    /// Adds up the calls of a selection for both in one pass.
    func totals(in selection: Selection) throws -> Totals {
        var pricer = Pricer(book: prices)
        let cost = { pricer.cost(of: $0) }
        var models = SpendTally(by: .model, zone: zone, cost: cost)
        var days = DailySpendTally(zone: zone, cost: cost)
        try forEachCall(in: selection) { entry in
            models.add(entry)
            days.add(entry)
        }
        return Totals(
            models: try spend(of: models, in: selection),
            days: DailySpendReport(days, period: selection.period)
        )
    }
}
