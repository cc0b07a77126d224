import Domain
import Reports
import Testing

@Suite struct EvenSplitTests {
    @Test func `parts sum to the whole for any weights and amounts`() {
        var numbers = SeededNumbers(seed: 1)
        for _ in 0..<2000 {
            let weights = (0...numbers.next(below: 7)).map { _ in 1 + numbers.next(below: 9) }
            let whole = Int64(numbers.next(below: .max))
            let parts = EvenSplit(weights: weights).parts(of: whole)
            #expect(parts.reduce(0, +) == whole)
            #expect(parts.allSatisfy { $0 >= 0 })
        }
    }

    struct Case: Sendable {
        var whole: Int64
        var weights: [Int]
        var parts: [Int64]
    }

    @Test(arguments: [
        Case(whole: 10, weights: [1, 1, 1], parts: [4, 3, 3]),
        Case(whole: 1, weights: [1, 3], parts: [0, 1]),
        Case(whole: 7, weights: [2, 1], parts: [5, 2]),
        Case(whole: -7, weights: [2, 1], parts: [-5, -2]),
        Case(whole: .max, weights: [1, 1], parts: [.max / 2 + 1, .max / 2]),
    ])
    func `what is left goes to the largest remainder, the earlier first`(example: Case) {
        #expect(EvenSplit(weights: example.weights).parts(of: example.whole) == example.parts)
    }
}
