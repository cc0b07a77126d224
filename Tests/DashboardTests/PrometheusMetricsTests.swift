import Dashboard
import Metrics
import Testing

@Suite struct PrometheusMetricsTests {
    let metrics = PrometheusMetrics()

    @Test func `a counter's name ends in total and its labels stand by name`() {
        let counter = Counter(label: "suffice.requests", dimensions: [("b", "2"), ("a", "1")], factory: metrics)
        counter.increment(by: 2)
        counter.increment()
        #expect(metrics.text() == "# TYPE suffice_requests_total counter\nsuffice_requests_total{a=\"1\",b=\"2\"} 3\n")
    }

    @Test func `the same labels are one series, whatever order they are given in`() {
        Counter(label: "x", dimensions: [("a", "1"), ("b", "2")], factory: metrics).increment()
        Counter(label: "x", dimensions: [("b", "2"), ("a", "1")], factory: metrics).increment()
        #expect(metrics.text().contains("x_total{a=\"1\",b=\"2\"} 2\n"))
    }

    @Test func `a label's value is escaped`() {
        Counter(label: "x", dimensions: [("a", "\"\\\n")], factory: metrics).increment()
        #expect(metrics.text().contains(#"x_total{a="\"\\\n"} 1"#))
    }

    @Test func `a gauge rises and falls`() {
        let gauge = Meter(label: "suffice.streams.open", factory: metrics)
        gauge.increment(by: 3)
        gauge.decrement(by: 1)
        #expect(metrics.text() == "# TYPE suffice_streams_open gauge\nsuffice_streams_open 2.0\n")
    }

    @Test func `a timer is a histogram in seconds whose ranges add up`() {
        let timer = Timer(label: "gen_ai.client.operation.duration", factory: metrics)
        timer.recordNanoseconds(15_000_000)
        timer.recordNanoseconds(500_000_000_000)
        let text = metrics.text()
        #expect(text.contains("gen_ai_client_operation_duration_seconds_bucket{le=\"0.01\"} 0\n"))
        #expect(text.contains("gen_ai_client_operation_duration_seconds_bucket{le=\"0.02\"} 1\n"))
        #expect(text.contains("gen_ai_client_operation_duration_seconds_bucket{le=\"+Inf\"} 2\n"))
        #expect(text.contains("gen_ai_client_operation_duration_seconds_sum 500.015\n"))
        #expect(text.contains("gen_ai_client_operation_duration_seconds_count 2\n"))
    }

    @Test func `names beyond the limit share a series and lose nothing`() {
        for number in 0..<PrometheusMetrics.seriesLimit + 500 {
            Counter(label: "x", dimensions: [("n", String(number))], factory: metrics).increment()
        }
        let lines = metrics.text().split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.count == PrometheusMetrics.seriesLimit + 1)
        #expect(lines.compactMap { Int($0.split(separator: " ").last ?? "") }.reduce(0, +) == 1_500)
    }

    @Test func `a name that is taken by another kind of metric spoils nothing`() {
        Counter(label: "x", factory: metrics).increment()
        Meter(label: "x_total", factory: metrics).set(5.0)
        #expect(metrics.text() == "# TYPE x_total counter\nx_total 1\n")
    }
}
