package import Domain
import Foundation

/// What a call to a model costs: a part for every call and a part for the length of the prompt.
package struct ExpectedCost: Hashable, Sendable {
    /// In billionths of a dollar.
    package let perCall: Double
    /// In billionths of a dollar a byte of the prompt without its superfluous white space.
    package let perByte: Double

    package init(perCall: Double, perByte: Double) {
        self.perCall = perCall
        self.perByte = perByte
    }

    /// The line through calls that is nearest to them, neither part below zero; the mean where there are few.
    ///
    /// - Parameter calls: lengths in bytes, and costs in billionths of a dollar.
    init?(of calls: [(bytes: Double, cost: Double)]) {
        guard !calls.isEmpty else { return nil }
        let count = Double(calls.count)
        let meanBytes = calls.reduce(0) { $0 + $1.bytes } / count
        let meanCost = calls.reduce(0) { $0 + $1.cost } / count
        let spread = calls.reduce(0) { $0 + ($1.bytes - meanBytes) * ($1.bytes - meanBytes) }
        let joint = calls.reduce(0) { $0 + ($1.bytes - meanBytes) * ($1.cost - meanCost) }
        let slope = calls.count >= ExpectedCost.fewestCalls && spread > 0 ? max(0, joint / spread) : 0
        // A line that would begin below zero goes through zero instead.
        perByte = meanBytes > 0 ? min(slope, meanCost / meanBytes) : 0
        perCall = max(0, meanCost - perByte * meanBytes)
    }

    private static let fewestCalls = 30

    package func cost(for prompt: PromptFeatures) -> Money {
        Money(approximatingUSD: (perCall + perByte * ExpectedCost.bytes(of: prompt)) / 1e9)
    }

    /// The length of a prompt, which its first surface feature is the logarithm of.
    static func bytes(of prompt: PromptFeatures) -> Double { Double(expm1(prompt.surface.first ?? 0)) }
}
