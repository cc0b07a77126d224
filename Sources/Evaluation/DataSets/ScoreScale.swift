/// What scores are divided by so that they lie in 0...1.
///
/// Judges give 1 to 5 or 1 to 10, others percent. The smallest of 1, 5, 10 and 100 that no score of the data set exceeds
/// is its scale. Dividing keeps ratios, so that "95% of the best model's quality" means the same on any scale; nothing
/// is stretched to the scores that happen to be met.
package enum ScoreScale: Double, CaseIterable, Sendable {
    case unit = 1
    case five = 5
    case ten = 10
    case percent = 100

    /// Nil for what is on none of the scales.
    package init?(highest score: Double) {
        guard let scale = ScoreScale.allCases.first(where: { score <= $0.rawValue }) else { return nil }
        self = scale
    }
}
