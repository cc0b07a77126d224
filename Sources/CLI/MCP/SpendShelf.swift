import Domain
import Reports
import Store

/// Reports of what was spent, each made once for a state of the database.
struct SpendShelf {
    private struct Question: Hashable {
        var grouping: SpendGrouping
        var project: String?
        /// Some hours begin later with every question.
        var from: Timestamp?
        /// A report of another day is another one.
        var day: Day
    }

    private struct Made {
        var state: String
        var report: SpendReport
    }

    /// Beyond it all are forgotten: no agent asks so many things again.
    private static let most = 32
    private var made: [Question: Made] = [:]

    mutating func report(_ arguments: ToolArguments, on bench: Workbench) throws -> SpendReport {
        let name = arguments["by"] ?? SpendGrouping.model.rawValue
        guard let grouping = SpendGrouping(rawValue: name) else {
            throw ToolTrouble("'by' is one of \(SpendGrouping.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        var options = SelectionOptions(since: try arguments["since"].map { try Reach($0) } ?? .all)
        options.project = arguments["project"]
        let selection = try bench.selection(options, default: .all)
        let question = Question(
            grouping: grouping,
            project: options.project,
            from: selection.period.window.from,
            day: bench.zone.day(of: bench.world.now)
        )
        let state = try bench.telling { try bench.store.state() }
        if let known = made[question], known.state == state { return known.report }
        let report = try bench.spend(by: grouping, in: selection)
        if made.count >= Self.most { made = [:] }
        made[question] = Made(state: state, report: report)
        return report
    }
}
