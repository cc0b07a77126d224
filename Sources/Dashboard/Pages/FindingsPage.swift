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
            html.section("kinds", "By kind") { $0.table(KindTable(report, filter).shown) }
        }
        html.section("findings", kind ?? "Each finding") { html in
            guard !findings.isEmpty else {
                html.emptyState(quietText)
                return
            }
            html.table(
                ShownTable(
                    id: "findings",
                    caption: "Findings",
                    table: report.table(of: findings),
                    link: { .finding(findings[$0].finding.id, in: filter) }
                )
            )
            if kind != nil {
                html.element("p") { html in
                    html.element("a", .href(Link("/findings").adding(filter.query)), text: "All kinds")
                }
            }
        }
        quiet(in: &html)
        html.notes(of: report.notes)
        html.reports([File(.optimize, filter.query)])
    }

    private var quietText: String {
        report.quiet.first { $0.kind == kind }.map { "Nothing: \($0.text)." }
            ?? "Nothing found that could have cost less."
    }

    private func quiet(in html: inout HTML) {
        guard kind == nil, !report.quiet.isEmpty else { return }
        html.section("quiet", "Looked for and not found") { html in
            html.table(
                ShownTable(
                    id: "quiet",
                    caption: "Kinds without a finding",
                    table: Table(
                        report.quiet,
                        fields: [
                            Field(Table.Column("kind", key: "kind")) { Table.Cell($0.kind) },
                            Field(Table.Column("what was looked at", key: "text", shortening: .end(atLeast: 16))) {
                                Table.Cell($0.text, tone: .dim)
                            },
                        ]
                    )
                )
            )
        }
    }
}
