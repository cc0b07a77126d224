/// Where values lie along one side of a picture, and which of them are marked.
struct Axis {
    enum Scale {
        case linear
        /// Where the largest value is many times the smallest.
        case logarithmic
    }

    private let scale: Scale
    private let range: ClosedRange<Double>
    /// In the picture's units; the first end shows the lowest value.
    private let from: Double
    private let to: Double
    private(set) var ticks: [Double]

    /// Covers the values, and a little more.
    init(values: [Double], from: Double, to: Double, scale: Scale = .linear, about count: Int = 5) {
        let low = values.min() ?? 0
        let high = max(values.max() ?? 1, low)
        self.scale = scale
        self.from = from
        self.to = to
        switch scale {
        case .linear:
            let step = Axis.step(of: max(high - low, 1e-9), about: count)
            let first = (low / step + 1e-9).rounded(.down)
            let last = (high / step - 1e-9).rounded(.up)
            range = (first * step)...(max(last, first + 1) * step)
            ticks = stride(from: first, through: max(last, first + 1), by: 1).map { $0 * step }
        case .logarithmic:
            range = (low * 0.9)...(high * 1.1)
            ticks = Axis.decades(in: range)
        }
    }

    func place(of value: Double) -> Double {
        let part =
            switch scale {
            case .linear: (value - range.lowerBound) / (range.upperBound - range.lowerBound)
            case .logarithmic: Axis.log(value / range.lowerBound) / Axis.log(range.upperBound / range.lowerBound)
            }
        return from + (to - from) * min(max(part, 0), 1)
    }

    /// The 1, 2 or 5 of a power of ten that marks about so many parts.
    private static func step(of width: Double, about count: Int) -> Double {
        var power = 1.0
        let rough = width / Double(max(1, count))
        while power > rough { power /= 10 }
        while power * 10 <= rough { power *= 10 }
        return power * ([1, 2, 5, 10].first { power * $0 >= rough * 0.999 } ?? 10)
    }

    private static func decades(in range: ClosedRange<Double>) -> [Double] {
        var power = 1.0
        while power > range.lowerBound { power /= 10 }
        while power * 10 <= range.lowerBound { power *= 10 }
        var ticks: [Double] = []
        while power <= range.upperBound {
            ticks += [1, 2, 5].map { $0 * power }.filter { range.contains($0) }
            power *= 10
        }
        // Three marks a decade crowd where there are many decades.
        return ticks.count <= 8 ? ticks : ticks.filter { isPowerOfTen($0) }
    }

    private static func isPowerOfTen(_ value: Double) -> Bool {
        var value = value
        while value < 0.999 { value *= 10 }
        while value > 9.99 { value /= 10 }
        return abs(value - 1) < 1e-6
    }

    /// The natural logarithm of a number above zero, good for drawing: by halving to near one, then its series.
    private static func log(_ value: Double) -> Double {
        let parts = (exponent: value.exponent, significand: value.significand)
        let ratio = (parts.significand - 1) / (parts.significand + 1)
        var term = ratio
        var sum = 0.0
        for odd in stride(from: 1.0, through: 25, by: 2) {
            sum += term / odd
            term *= ratio * ratio
        }
        return 2 * sum + Double(parts.exponent) * 0.693_147_180_559_945_3
    }
}
