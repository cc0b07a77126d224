/// Which pairs of tokens join, in which order, and to what: a hash table with open addressing.
///
/// Small, as every word reads it at many places: a slot is a pair of tokens below 65,536 and its rank.
struct MergeTable: Sendable {
    private var slots: [UInt64]
    private let mask: UInt64
    /// By rank.
    private var merged: [UInt32] = []

    private static let empty = UInt64.max

    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: MergeTable.empty, count: size)
        mask = UInt64(size - 1)
    }

    /// Takes the next pair in rank; one that is there already keeps its rank.
    mutating func append(_ left: UInt16, _ right: UInt16, token: UInt32) {
        let pair = UInt32(left) << 16 | UInt32(right)
        let index = index(of: pair)
        if slots[index] == MergeTable.empty { slots[index] = UInt64(pair) << 32 | UInt64(merged.count) }
        merged.append(token)
    }

    @inline(__always)
    func merge(of left: UInt32, _ right: UInt32) -> (rank: UInt32, token: UInt32)? {
        let pair = left << 16 | right
        let slot = slots[index(of: pair)]
        guard slot != MergeTable.empty else { return nil }
        let rank = UInt32(truncatingIfNeeded: slot)
        return (rank, merged[Int(rank)])
    }

    /// Where a pair stands, or would.
    @inline(__always)
    private func index(of pair: UInt32) -> Int {
        var index = (UInt64(pair) &* 0x9E37_79B9_7F4A_7C15) >> 32 & mask
        while true {
            let found = slots[Int(index)]
            if found >> 32 == UInt64(pair) || found == MergeTable.empty { return Int(index) }
            index = (index &+ 1) & mask
        }
    }
}
