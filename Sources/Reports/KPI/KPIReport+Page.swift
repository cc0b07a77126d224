import Domain

extension KPIReport {
    package var sheet: Table { table }

    package var page: Page {
        guard totals.calls > 0 else {
            let empty = Page([.text(period.emptyText(newest: newestCall))])
            return withTarget.isEmpty ? empty : empty + Page([.warning("without calls no target can be judged")])
        }
        return Page([.headline(headline), .table(table)] + verdicts + notes)
    }

    /// Whether targets hold; without any, what the cache and a session come to.
    private var headline: String {
        let days = period.days(firstCall: firstCall, lastCall: lastCall).map { ", \($0)" } ?? ""
        let window = "\(period.title)\(days)"
        guard withTarget.isEmpty else {
            let met = withTarget.count { $0.met == true }
            let judged = "\(met.grouped) of \(withTarget.count.of("target")) met"
            let missing = missed.isEmpty ? "" : ", \(missed.count.grouped) missed"
            let open = undecided.isEmpty ? "" : ", \(undecided.count.grouped) undecided"
            return judged + missing + open + ": " + window
        }
        let cache = self[.cacheHitRate].map { "\($0.shown) of prompts read from the cache" }
        let session = self[.costPerSession].map { "\($0.shown) \(totals.billing.noun) a session" }
        return [cache, session].compactMap { $0 }.joined(separator: ", ") + ": " + window
    }

    private var table: Table {
        let hasTargets = !withTarget.isEmpty
        let fields: [Field<Row>] = [
            Field(Table.Column("kpi", key: "key")) { Table.Cell($0.kpi.rawValue) },
            Field(.figure("value", key: "value")) { $0.valueCell },
            Field(Table.Column("unit", key: "unit", isForProgramsOnly: true)) { Table.Cell($0.kpi.unit.rawValue) },
            Field(.figure("target", key: "target", dropRank: 1)) { $0.targetCell }.shown(if: hasTargets),
            Field(Table.Column("direction", key: "direction", isForProgramsOnly: true)) {
                Table.Cell($0.kpi.direction.rawValue)
            },
            Field(Table.Column("met", key: "met")) { $0.metCell }.shown(if: hasTargets),
            Field(.figure("rests on", key: "n", dropRank: 2)) { $0.countCell },
            Field(Table.Column("source", key: "basis", dropRank: 3)) { Table.Cell($0.kpi.basis.rawValue) },
            Field(Table.Column("what it is", key: "meaning", dropRank: 4)) { Table.Cell($0.kpi.meaning) },
            Field(Table.Column("note", key: "note", isForProgramsOnly: true)) { Table.Cell($0.fullNote ?? "") },
        ]
        return Table(rows, fields: fields + spentFields)
    }

    /// What the money of a row was and how it was paid; empty for figures that are none.
    private var spentFields: [Field<Row>] {
        func money(_ key: String, _ amount: @escaping (SpendFigures) -> Money) -> Field<Row> {
            Field(.figure(key, key: key)) { $0.spent.map { .money(amount($0)) } ?? .empty }.shown(if: false)
        }
        return [
            money("costUSD", \.cost), money("apiUSD", \.billing.api),
            money("subscriptionUSD", \.billing.subscription), money("unknownUSD", \.billing.unknown),
            Field(.figure("unpriced calls", key: "unpricedCalls")) {
                $0.spent.map { .count($0.unpricedCalls) } ?? .empty
            }.shown(if: false),
        ]
    }

    private var verdicts: [Page.Block] { (missed + undecided).map { .warning($0.verdict) } }

    private var notes: [Page.Block] {
        // What cannot be judged has said why.
        let told = Set(undecided.map(\.kpi))
        var notes = rows.filter { !told.contains($0.kpi) }
            .compactMap { row in row.note.map { Page.Block.note("\(row.kpi.rawValue): \($0).") } }
        if !unpriced.isEmpty {
            notes.append(
                .warning(
                    "unpriced, in no figure of money: \(unpriced.named); give a price with [[price]] in suffice.toml"
                )
            )
        }
        if totals.lowerBoundCalls > 0 {
            notes.append(
                .note(
                    "\(totals.lowerBoundCalls.of("call")) logged less output than was billed: costs are lower bounds."
                )
            )
        }
        if let text = totals.billing.explanation(agents: agentsOfUnknownBilling) { notes.append(.note(text)) }
        if withTarget.isEmpty {
            notes.append(
                .note("No targets are set: write some under [kpi] in suffice.toml, cache_hit_rate = 0.6 for one.")
            )
        }
        return notes
    }
}

extension KPIReport.Row {
    /// `cache_hit_rate is 41.2%, its target is at least 60%`.
    package var verdict: String {
        guard value != nil else { return "\(kpi.rawValue) cannot be judged: \(fullNote ?? "no data")" }
        let judged = met == nil ? "cannot be judged: it is" : "is"
        return "\(kpi.rawValue) \(judged) \(shown), its target is \(kpi.direction.text) \(shownTarget)"
    }

    /// The note, and what the money leaves out.
    var fullNote: String? {
        guard isLowerBound, let calls = spent?.unpricedCalls else { return note }
        let leftOut = value == nil ? "nothing has a price" : "a lower bound: \(calls.of("unpriced call")) left out"
        return note.map { "\($0); \(leftOut)" } ?? leftOut
    }

    /// As people read it; exact where rounding would make it look like a target it is not.
    fileprivate var shown: String {
        guard let value else { return "–" }
        return (isLowerBound ? "≥ " : "") + (isTooClose ? value.exactText : value.text)
    }

    private var shownTarget: String {
        guard let target = targetValue else { return "" }
        return isTooClose ? target.exactText : target.text
    }

    private var isTooClose: Bool { met == false && value?.text == targetValue?.text }

    private var targetValue: KPIReport.Value? {
        target.map { kpi.unit == .usd ? .money(Money(approximatingUSD: $0)) : .share($0) }
    }

    fileprivate var valueCell: Table.Cell {
        guard let value else { return Table.Cell("–", exact: "", tone: .dim) }
        return Table.Cell(shown, exact: value.exact)
    }

    fileprivate var targetCell: Table.Cell {
        guard let target = targetValue else { return .empty }
        return Table.Cell(kpi.direction.sign + " " + shownTarget, exact: target.exact)
    }

    fileprivate var metCell: Table.Cell {
        switch met {
        case true?: Table.Cell("yes", exact: "true", tone: .good)
        case false?: Table.Cell("no", exact: "false", tone: .warning)
        case nil: target == nil ? .empty : Table.Cell("unknown", exact: "", tone: .warning)
        }
    }

    fileprivate var countCell: Table.Cell {
        let noun = count == 1 ? kpi.counted : kpi.counted + "s"
        let number = kpi == .cacheHitRate ? count.compact : count.grouped
        return Table.Cell("\(number) \(noun)", exact: String(count), tone: count == 0 ? .dim : .plain)
    }
}

extension KPI.Direction {
    fileprivate var text: String { self == .minimum ? "at least" : "at most" }
    fileprivate var sign: String { self == .minimum ? "≥" : "≤" }
}

extension KPIReport.Value {
    fileprivate var text: String {
        switch self {
        case .share(let share): share.sharePercent
        case .money(let money): money.dollars
        }
    }

    fileprivate var exactText: String {
        switch self {
        case .share(let share): "\((share * 100_000_000).rounded() / 1_000_000)%"
        case .money(let money): "$" + money.decimal
        }
    }
}

extension Double {
    /// To a tenth of a percent, as targets are set; never rounded to nothing or to everything.
    fileprivate var sharePercent: String {
        let tenths = (self * 1000).rounded()
        if tenths == 0, self > 0 { return "<0.1%" }
        if tenths == 1000, self < 1 { return ">99.9%" }
        let percent = tenths / 10
        return percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
    }
}
