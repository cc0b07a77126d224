package import Metrics
import Synchronization

/// Keeps what the process measures and writes it as Prometheus reads it.
///
/// Labels follow OpenTelemetry (`gen_ai.client.token.usage`); dots become underscores, a counter gets `_total`, a timer
/// becomes a histogram in seconds. A metric has at most ``seriesLimit`` sets of label values: what is beyond is counted
/// in one series without labels, so that no client can grow the process by inventing names.
package final class PrometheusMetrics: MetricsFactory {
    package static let seriesLimit = 1_000

    private let families = Mutex<[String: Family]>([:])

    package init() {}

    /// The exposition format, version 0.0.4: families by name, series by labels.
    package func text() -> String {
        let families = self.families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# TYPE \(name) \(family.kind.rawValue)\n"
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.write(to: &text, name: name, labels: labels)
            }
        }
        return text
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(.counter, label, suffix: "_total", dimensions) { CounterSeries() }
    }

    package func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(.counter, label, suffix: "_total", dimensions) { SumSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(.gauge, label, dimensions) { GaugeSeries() }
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else { return series(.gauge, label, dimensions) { GaugeSeries() } }
        return series(.histogram, label, dimensions) { HistogramSeries(bounds: HistogramSeries.tokens) }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(.histogram, label, suffix: "_seconds", dimensions) { HistogramSeries(bounds: HistogramSeries.seconds) }
    }

    // A series lives as long as the process: the sums that were scraped must not fall.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private struct Family {
        var kind: Kind
        var series: [String: any Series] = [:]
    }

    private enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    /// The series of these labels; where another kind of metric took the name, one that is never shown.
    private func series<S: Series>(
        _ kind: Kind,
        _ label: String,
        suffix: String = "",
        _ dimensions: [(String, String)],
        make: () -> S
    ) -> S {
        let name = label.asMetricName + suffix
        let labels = dimensions.asLabels
        return families.withLock { families in
            var family = families[name] ?? Family(kind: kind)
            guard family.kind == kind else { return make() }
            let isFull = family.series.count >= PrometheusMetrics.seriesLimit && family.series[labels] == nil
            let place = isFull ? "" : labels
            if let known = family.series[place] { return known as? S ?? make() }
            let new = make()
            family.series[place] = new
            families[name] = family
            return new
        }
    }
}

extension String {
    /// With every character that a metric's name may not hold as an underscore.
    fileprivate var asMetricName: String {
        String(map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" || $0 == ":" ? $0 : "_" })
    }

    fileprivate var asLabelValue: String {
        replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

extension [(String, String)] {
    /// `name="value"` by name, without the braces.
    fileprivate var asLabels: String {
        sorted { $0.0 < $1.0 }.map { "\($0.0.asMetricName)=\"\($0.1.asLabelValue)\"" }.joined(separator: ",")
    }
}
