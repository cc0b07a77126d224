import Domain
import Reports

/// What could have cost less: kinds, and under them each finding.
struct FindingsPage {
    var filter: Filter
    /// Only findings of this kind.
    var kind: String?
    var report: OptimizeReport

    private var findings: [OptimizeReport.Found] {
        report.findings.filter { kind == nil || $0.finding.kind == kind }
    }

    func write(to html: inout HTML) {
        guard report.callsAnalyzed > 0 else {
            html.emptyState(report.period.emptyText(newest: report.newestCall) + ".")
            return
        }
        html.element("p", .class("lead"), text: report.headline + ".")
        if kind == nil, !report.found.isEmpty {
            html.section("kinds", "By kind") { $0.table(KindTable(report, filter).shown(files: [])) }
        }
        html.section("findings", kind ?? "Each finding") { html in
            guard !findings.isEmpty else {
                html.emptyState(quietText)
                return
            }
            html.table(
                ShownTable(
                    id: "findings-table",
                    caption: "Findings",
                    table: table,
                    link: { .finding(findings[$0].finding.id, in: filter) },
                    files: File.both(.optimize, filter.query)
                )
            )
            if kind != nil {
                html.element("p") { html in
                    html.element("a", .href(Link("/findings").adding(filter.query)), text: "All kinds")
                }
            }
        }
        quiet(in: &html)
        html.notes(of: report.page)
    }

    private var quietText: String {
        report.quiet.first { $0.kind == kind }.map { "Nothing: \($0.text)." }
            ?? "Nothing found that could have cost less."
    }

    private var table: Table {
        Table(
            findings,
            fields: [
                Field(Table.Column("finding", key: "kind")) { Table.Cell($0.finding.kind) },
                Field(Table.Column("project", key: "project")) { Table.Cell($0.finding.project) },
                Field(Table.Column("model → target", key: "model")) {
                    Table.Cell($0.model.map { model in model.replaced(by: nil) } ?? "")
                }.shown(if: false),
                Field(Table.Column("model", key: "target")) { found in
                    Table.Cell(found.model?.replaced(by: found.target) ?? "")
                },
                Field(.figure("sessions", key: "sessionsFlagged")) { .count($0.finding.sessionsFlagged) },
                Field(Table.Column("confidence", key: "confidence")) {
                    Table.Cell($0.finding.confidence.rawValue, tone: .dim)
                },
                Field(.figure("actual", key: "actualUSD")) { .money($0.finding.actual) },
                Field(.figure("saving", key: "savingUSD")) { .money($0.finding.saving, tone: .good) },
                Field(.figure("a month", key: "monthlySavingUSD")) { Table.Cell($0.finding.monthlySaving.dollars) },
            ]
        )
    }

    private func quiet(in html: inout HTML) {
        guard kind == nil, !report.quiet.isEmpty else { return }
        html.section("quiet", "Looked for and not found") { html in
            html.table(
                ShownTable(
                    id: "quiet-table",
                    caption: "Kinds without a finding",
                    table: Table(
                        report.quiet,
                        fields: [
                            Field(Table.Column("kind", key: "kind")) { Table.Cell($0.kind) },
                            Field(Table.Column("what was looked at", key: "text")) { Table.Cell($0.text, tone: .dim) },
                        ]
                    )
                )
            )
        }
    }
}
