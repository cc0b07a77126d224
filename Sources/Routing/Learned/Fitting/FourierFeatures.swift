import Foundation
import Statistics

/// Cosines of random projections, in which a linear regression is a smooth one of what was projected.
///
/// The product of two prompts' features approximates a Gaussian kernel of their distance (Rahimi and Recht, 2007). The
/// projections are the same ones everywhere, so that no file has to keep them.
struct FourierFeatures: Hashable, Sendable {
    static let count = 256

    /// By feature, then input; in radians a unit of input.
    private let projection: [Float]
    /// By feature, in radians.
    private let phases: [Float]
    private let inputs: Int

    /// Radians a spread of all inputs together: scores change over about two of them.
    private static let frequency = 0.6

    init(inputs: Int) {
        var generator = SeededGenerator(seed: 0xF0)
        let spread = FourierFeatures.frequency / Double(max(1, inputs)).squareRoot()
        // Box and Muller (1958): normal numbers from even ones.
        projection = (0..<inputs * FourierFeatures.count).map { _ in
            let radius = (-2 * log(1 - generator.nextUnit())).squareRoot()
            return Float(spread * radius * cos(2 * .pi * generator.nextUnit()))
        }
        phases = (0..<FourierFeatures.count).map { _ in Float(2 * .pi * generator.nextUnit()) }
        self.inputs = inputs
    }

    func values(of input: [Float]) -> [Float] {
        guard input.count == inputs else { return phases.map { _ in 0 } }
        return input.withUnsafeBufferPointer { input in
            projection.withUnsafeBufferPointer { projection in
                phases.indices.map { feature in
                    var sum = phases[feature]
                    let start = feature * inputs
                    for index in 0..<inputs { sum += projection[start + index] * input[index] }
                    return cos(sum)
                }
            }
        }
    }
}
