import Domain

extension SessionsReport {
    /// The sessions whose id, project, agent or models hold every word of a text, whatever its case.
    package func matching(_ text: String) -> SessionsReport {
        let words = text.lowercased().split(separator: " ")
        var report = self
        report.rows = rows.filter { row in
            let names = [row.session.name, row.session.agent.rawValue, row.project] + row.models.map(\.rawValue)
            let searched = names.map { $0.lowercased() }
            return words.allSatisfy { word in searched.contains { $0.contains(word) } }
        }
        report.totals = report.rows.reduce(into: SpendFigures()) { $0 += $1.figures }
        return report
    }
}
