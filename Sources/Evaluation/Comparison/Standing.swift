package import Statistics

/// What one way to route came to.
package struct Standing: Sendable {
    package var name: String
    /// Means over the seeds.
    package var figures: Figures
    /// Of 95%, by resampling questions.
    package var intervals: [Figure: Interval]
    /// Means over the seeds at every position of the dial, from the cheapest on.
    package var points: [CurvePoint]
}
