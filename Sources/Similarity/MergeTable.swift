/// Which pairs of tokens join, in which order, and to what: a hash table with open addressing.
struct MergeTable: Sendable {
    private struct Slot {
        var pair: UInt64 = .max
        var rank: UInt32 = 0
        var token: UInt32 = 0
    }

    private var slots: [Slot]
    private let mask: UInt64

    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: Slot(), count: size)
        mask = UInt64(size - 1)
    }

    /// A pair that is there already keeps its rank.
    mutating func insert(_ left: UInt32, _ right: UInt32, rank: UInt32, token: UInt32) {
        let pair = UInt64(left) << 32 | UInt64(right)
        let index = index(of: pair)
        if slots[index].pair == .max { slots[index] = Slot(pair: pair, rank: rank, token: token) }
    }

    @inline(__always)
    func merge(of left: UInt32, _ right: UInt32) -> (rank: UInt32, token: UInt32)? {
        let pair = UInt64(left) << 32 | UInt64(right)
        let slot = slots[index(of: pair)]
        return slot.pair == pair ? (slot.rank, slot.token) : nil
    }

    /// Where a pair stands, or would.
    @inline(__always)
    private func index(of pair: UInt64) -> Int {
        var index = (pair &* 0x9E37_79B9_7F4A_7C15) >> 32 & mask
        while true {
            let found = slots[Int(index)].pair
            if found == pair || found == .max { return Int(index) }
            index = (index &+ 1) & mask
        }
    }
}
