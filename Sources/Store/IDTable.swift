/// A set of hashes in eight bytes each: a million calls take sixteen megabytes.
struct IDTable {
    private var slots: [UInt64]
    private var mask: Int { slots.count - 1 }
    /// Of ids that are not zero.
    private(set) var count = 0
    private var hasZero = false

    /// With room for so many; more make it grow.
    init(capacity: Int) {
        var size = 64
        while size < capacity + capacity / 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
    }

    var isEmpty: Bool { count == 0 && !hasZero }

    func contains(_ id: UInt64) -> Bool { place(of: id) != nil }

    /// A number of the hash's own, below ``places``, until another one is inserted; nil where it is not there.
    func place(of id: UInt64) -> Int? {
        guard id != 0 else { return hasZero ? slots.count : nil }
        let slot = slot(of: id)
        return slots[slot] == id ? slot : nil
    }

    var places: Int { slots.count + 1 }

    /// False where the hash is there already.
    @discardableResult
    mutating func insert(_ id: UInt64) -> Bool {
        guard id != 0 else {
            defer { hasZero = true }
            return !hasZero
        }
        let index = slot(of: id)
        guard slots[index] != id else { return false }
        slots[index] = id
        count += 1
        if count * 4 > slots.count * 3 { grow() }
        return true
    }

    /// Where the hash stands, or would.
    private func slot(of id: UInt64) -> Int {
        var index = Int(truncatingIfNeeded: id) & mask
        while slots[index] != 0, slots[index] != id { index = (index + 1) & mask }
        return index
    }

    private mutating func grow() {
        let ids = slots.filter { $0 != 0 }
        slots = Array(repeating: 0, count: slots.count * 2)
        for id in ids { slots[slot(of: id)] = id }
    }
}
