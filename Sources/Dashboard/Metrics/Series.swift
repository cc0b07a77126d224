import Metrics
import Synchronization

/// One line, or one histogram, of the exposition.
protocol Series: Sendable {
    func write(to text: inout String, name: String, labels: String)
}

extension Series {
    func line(_ name: String, _ labels: String, _ value: String) -> String {
        labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }
}

/// What only grows, in whole numbers.
final class CounterSeries: Series, CounterHandler {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }

    func reset() { value.store(0, ordering: .relaxed) }

    func write(to text: inout String, name: String, labels: String) {
        text += line(name, labels, String(value.load(ordering: .relaxed)))
    }
}

/// What only grows, such as dollars.
final class SumSeries: Series, FloatingPointCounterHandler {
    private let value = Mutex(0.0)

    func increment(by amount: Double) { value.withLock { $0 += amount } }

    func reset() { value.withLock { $0 = 0 } }

    func write(to text: inout String, name: String, labels: String) {
        text += line(name, labels, value.withLock { $0 }.description)
    }
}

/// What rises and falls, such as the number of open streams.
final class GaugeSeries: Series, MeterHandler, RecorderHandler {
    private let value = Mutex(0.0)

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { self.value.withLock { $0 = value } }

    func increment(by amount: Double) { value.withLock { $0 += amount } }

    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    func record(_ value: Int64) { set(Double(value)) }

    func record(_ value: Double) { set(value) }

    func write(to text: inout String, name: String, labels: String) {
        text += line(name, labels, value.withLock { $0 }.description)
    }
}

/// How often values fell into which range.
final class HistogramSeries: Series, RecorderHandler, TimerHandler {
    /// OpenTelemetry's advice for `gen_ai.client.operation.duration`.
    static let seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]
    /// OpenTelemetry's advice for `gen_ai.client.token.usage`.
    static let tokens: [Double] = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576]

    private struct Counts {
        var inRange: [Int64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let counts: Mutex<Counts>

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Mutex(Counts(inRange: Array(repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let range = bounds.firstIndex { value <= $0 } ?? bounds.count
        counts.withLock { counts in
            counts.inRange[range] += 1
            counts.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func write(to text: inout String, name: String, labels: String) {
        let counts = self.counts.withLock { $0 }
        var upTo: Int64 = 0
        for (bound, count) in zip(bounds.map(\.description) + ["+Inf"], counts.inRange) {
            upTo += count
            text += line("\(name)_bucket", labels + (labels.isEmpty ? "" : ",") + "le=\"\(bound)\"", String(upTo))
        }
        text += line("\(name)_sum", labels, counts.sum.description)
        text += line("\(name)_count", labels, String(upTo))
    }
}
