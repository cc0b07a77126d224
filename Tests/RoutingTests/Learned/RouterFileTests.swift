import Domain
import Routing
import Testing

@Suite struct RouterFileTests {
    @Test(arguments: [false, true])
    func `a router comes back as it was`(hasEmbeddings: Bool) throws {
        let router = try fitted(hasEmbeddings)
        let read = try FittedRouter(decoding: router.encoded())
        #expect(read.models == router.models)
        #expect(read.rows == router.rows)
        #expect(read.usesEmbeddings == hasEmbeddings)
        #expect(read.encoded() == router.encoded())
        for row in ScorerTests.embedded(TrainingRows(RatedSamples.rated(20, seed: 2), embedding: nil)).prompts {
            #expect(read.expectedScores(for: row) == router.expectedScores(for: row))
            #expect(read.expectedCosts(for: row) == router.expectedCosts(for: row))
        }
    }

    @Test func `a router of rows without embeddings scores prompts with them, and the other way round`() throws {
        let (bare, embedded) = (try fitted(false), try fitted(true))
        let rows = TrainingRows(RatedSamples.rated(5, seed: 2), embedding: nil)
        for prompt in rows.prompts + ScorerTests.embedded(rows).prompts {
            #expect(bare.expectedScores(for: prompt).allSatisfy { $0.isFinite })
            #expect(embedded.expectedScores(for: prompt).allSatisfy { $0.isFinite })
        }
    }

    @Test func `what is no router, of another release or damaged is named`() throws {
        let file = try fitted(true).encoded()
        #expect(throws: RouterFileError.notARouter) { try FittedRouter(decoding: []) }
        #expect(throws: RouterFileError.notARouter) { try FittedRouter(decoding: Array("{}".utf8) + file) }
        var other = file
        other[8] = 9
        #expect(throws: RouterFileError.unknownVersion(9)) { try FittedRouter(decoding: other) }
        #expect(throws: RouterFileError.damaged) { try FittedRouter(decoding: file + [0]) }
        for at in stride(from: 16, to: file.count, by: file.count / 200) {
            var damaged = file
            damaged[at] ^= 0x10
            #expect(throws: RouterFileError.damaged) { try FittedRouter(decoding: damaged) }
            #expect(throws: RouterFileError.self) { try FittedRouter(decoding: Array(file.prefix(at))) }
        }
    }

    @Test func `nothing is fitted from one row`() {
        #expect(FittedRouter(fitting: TrainingRows(RatedSamples.rated(1), embedding: nil), seed: 1) == nil)
    }

    private func fitted(_ hasEmbeddings: Bool) throws -> FittedRouter {
        let rows = TrainingRows(RatedSamples.rated(80), embedding: nil)
        return try #require(FittedRouter(fitting: hasEmbeddings ? ScorerTests.embedded(rows) : rows, seed: 1))
    }
}
