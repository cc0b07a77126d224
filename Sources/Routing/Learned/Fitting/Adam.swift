/// Gradient descent with a step of its own for each parameter (Kingma and Ba, 2015).
struct Adam {
    private let rate: Float
    private var means: [Float]
    private var squares: [Float]
    private var meanShare: Float = 1
    private var squareShare: Float = 1

    init(count: Int, rate: Float) {
        self.rate = rate
        means = Array(repeating: 0, count: count)
        squares = Array(repeating: 0, count: count)
    }

    mutating func step(_ parameters: inout [Float], _ gradient: [Float]) {
        meanShare *= 0.9
        squareShare *= 0.999
        for index in parameters.indices {
            means[index] = 0.9 * means[index] + 0.1 * gradient[index]
            squares[index] = 0.999 * squares[index] + 0.001 * gradient[index] * gradient[index]
            let mean = means[index] / (1 - meanShare)
            let square = squares[index] / (1 - squareShare)
            parameters[index] -= rate * mean / (square.squareRoot() + 1e-8)
        }
    }
}
