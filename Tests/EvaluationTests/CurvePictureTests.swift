import Domain
import Routing
import Testing

@testable import Evaluation

@Suite struct CurvePictureTests {
    @Test(arguments: [0.25, 0.1, 0.001, 7]) func `an axis covers its values with a few marks`(width: Double) {
        let axis = Axis(values: [0.3, 0.3 + width], from: 0, to: 100)
        #expect((3...9).contains(axis.ticks.count))
        #expect(axis.place(of: 0.3) >= 0 && axis.place(of: 0.3 + width) <= 100)
        #expect(axis.place(of: 0.3) < axis.place(of: 0.3 + width))
    }

    @Test func `a logarithmic axis gives every decade the same room`() {
        let axis = Axis(values: [0.01, 10], from: 0, to: 100, scale: .logarithmic)
        let first = axis.place(of: 0.1) - axis.place(of: 0.01)
        let last = axis.place(of: 10) - axis.place(of: 1)
        #expect(abs(first - last) < 1e-6)
        #expect(axis.ticks.contains { abs($0 - 1) < 1e-9 })
    }

    @Test(arguments: [(0.5, 1, "0.5"), (-0.25, 2, "−0.25"), (12, 0, "12"), (0.999, 2, "1.00")])
    func `numbers are written with their decimals`(value: Double, decimals: Int, text: String) {
        #expect(value.text(decimals) == text)
    }

    @Test func `names of models cannot break the picture`() throws {
        let hostile = "<a & \"b\">\u{7}"
        let rows = (0..<20).map { index in
            RatedPrompt(
                id: "\(index)",
                prompt: String(repeating: "x", count: index + 1),
                results: [
                    RatedPrompt.Result(model: ModelID(hostile), score: Double(index % 2)),
                    RatedPrompt.Result(model: "strong", score: 1),
                ]
            )
        }
        let comparison = try Comparison(
            Comparison.Plan(scorers: [], features: { _, _ in .key("") }, division: .folds(2)),
            training: rows
        )
        let svg = try #require(comparison.svg(highlighted: nil))
        #expect(svg.contains("&lt;a &amp; &quot;b&quot;&gt;"))
        #expect(!svg.contains("<a &"))
        #expect(!svg.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }

    @Test func `without costs there is nothing to draw several models against`() throws {
        let rows = (0..<20).map { index in
            RatedPrompt(
                id: "\(index)",
                prompt: "\(index)",
                results: ["a", "b", "c"].map { RatedPrompt.Result(model: ModelID($0), score: 1) }
            )
        }
        let comparison = try Comparison(
            Comparison.Plan(scorers: [], features: { _, _ in .key("") }, division: .folds(2)),
            training: rows
        )
        #expect(comparison.svg(highlighted: nil) == nil)
    }
}
