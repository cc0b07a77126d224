/// Trees of questions about features, whose leaves say what the training rows that came there were worth; their mean is
/// the forest's word.
struct RegressionForest: Hashable, Sendable {
    struct Node: Hashable, Sendable {
        /// The feature that decides; ``RegressionForest/leaf`` where none does.
        var feature: UInt32
        var threshold: Float
        /// Where rows at the threshold and above go on, those below it at the node that follows; of a leaf its number.
        var next: UInt32
    }

    static let leaf = UInt32.max

    /// Tree behind tree; every node stands before those it leads to.
    private(set) var nodes: [Node]
    /// Where each tree begins.
    private(set) var roots: [UInt32]
    /// By leaf, then target.
    private(set) var values: [Float]
    let targets: Int
    let inputs: Int

    /// Nil where a node leads backwards or out of the forest, or asks for a feature that is none of the inputs.
    init?(nodes: [Node], roots: [UInt32], values: [Float], targets: Int, inputs: Int) {
        guard targets > 0, values.count % targets == 0, roots.allSatisfy({ $0 < nodes.count }) else { return nil }
        let leaves = values.count / targets
        let isSound = nodes.enumerated().allSatisfy { place, node in
            node.feature == RegressionForest.leaf
                ? node.next < leaves : node.feature < inputs && node.next > place + 1 && node.next < nodes.count
        }
        guard isSound else { return nil }
        self.nodes = nodes
        self.roots = roots
        self.values = values
        self.targets = targets
        self.inputs = inputs
    }

    /// By target; zeros for an input of another length.
    func mean(at input: [Float]) -> [Double] {
        var sums = [Float](repeating: 0, count: targets)
        guard input.count == inputs, !roots.isEmpty else { return sums.map { Double($0) } }
        input.withUnsafeBufferPointer { input in
            nodes.withUnsafeBufferPointer { nodes in
                values.withUnsafeBufferPointer { values in
                    for root in roots {
                        var place = Int(root)
                        while nodes[place].feature != RegressionForest.leaf {
                            let node = nodes[place]
                            place = input[Int(node.feature)] < node.threshold ? place &+ 1 : Int(node.next)
                        }
                        let start = Int(nodes[place].next) &* targets
                        for target in 0..<targets { sums[target] += values[start &+ target] }
                    }
                }
            }
        }
        return sums.map { Double($0) / Double(roots.count) }
    }
}
