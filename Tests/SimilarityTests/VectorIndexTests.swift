import Similarity
import Statistics
import Testing

@Suite struct VectorIndexTests {
    @Test func `every vector is compared`() throws {
        var generator = SeededGenerator(seed: 3)
        let vectors = (0..<50).map { _ in (0..<16).map { _ in Float(generator.nextUnit() - 0.5) }.scaledToLengthOne() }
        let similarities = try #require(VectorIndex(vectors)).similarities(to: vectors[7])
        for (row, vector) in vectors.enumerated() {
            let expected = zip(vector, vectors[7]).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(similarities[row] - expected) < 1e-5)
        }
        #expect(similarities.indices.max { similarities[$0] < similarities[$1] } == 7)
    }

    @Test(arguments: [[], [[]], [[1, 2, 3]], [[Float](repeating: 0, count: 8), [1]]] as [[[Float]]])
    func `vectors of unequal or odd length are no index`(vectors: [[Float]]) {
        #expect(VectorIndex(vectors) == nil)
    }

    @Test func `a vector of another length is like none`() throws {
        let index = try #require(VectorIndex([[Float](repeating: 1, count: 8)]))
        #expect(index.similarities(to: [1, 2]) == [0])
    }

    @Test func `zeros have no length to be brought to one`() {
        #expect([0, 0].scaledToLengthOne() == [Float](repeating: 0, count: 2))
        #expect([3, 4].scaledToLengthOne() == [0.6, 0.8] as [Float])
    }
}
