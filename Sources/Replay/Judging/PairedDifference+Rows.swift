internal import Domain
package import Statistics

extension PairedDifference {
    /// The candidate's agreement less the original's, on the steps both answered.
    package init(pairing rows: [StudyRow], in sample: Sample) {
        self.init(rows: rows, in: sample) { $0.agrees }
    }

    /// The difference of whatever is counted of a step.
    init(rows: [StudyRow], in sample: Sample, counting counts: (StepVerdict) -> Bool) {
        self.init(
            ClusteredSample(rows: rows, in: sample) { row in
                guard let candidate = row.candidate?.verdict, let original = row.original?.verdict else { return nil }
                return (counts(candidate) ? 1 : 0) - (counts(original) ? 1 : 0)
            }
        )
    }
}

extension ClusteredSample {
    /// A value a row, by session, weighted by what of the population the step stands for; rows without one are left out.
    init(rows: [StudyRow], in sample: Sample, _ value: (StudyRow) -> Double?) {
        let measured = rows.compactMap { row in value(row).map { (row: row, value: $0) } }
        let weights = sample.weights(
            answered: Dictionary(grouping: measured, by: \.row.stratum.kind).mapValues(\.count)
        )
        // Weights about 1, so that a cluster added to a sample weighs as much as another.
        let mean =
            measured.isEmpty
            ? 1 : measured.reduce(0) { $0 + (weights[$1.row.stratum.kind] ?? 1) } / Double(measured.count)
        let bySession = Dictionary(grouping: measured, by: \.row.step.session)
        self.init(
            bySession.sorted { $0.key < $1.key }.map { _, rows in
                rows.map { Value($0.value, weight: (weights[$0.row.stratum.kind] ?? 1) / mean) }
            }
        )
    }
}
