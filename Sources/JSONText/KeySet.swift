/// The keys a reader cares about, for ``JSONScanner/nextKey(in:)``: told apart by length and first eight bytes.
package struct KeySet: ~Copyable, Sendable {
    private struct Slot {
        var prefix: UInt64 = 0
        /// -1 where the slot is empty.
        var length: Int32 = -1
        var number: Int32 = 0
    }

    private static let slotCount = 128
    private let slots: [Slot]
    private let keys: [[UInt8]]

    /// A set in which each key's number is its place in the list.
    ///
    /// - Parameter keys: different keys, at most 100, of plain ASCII.
    package init(_ keys: [String]) {
        var slots = [Slot](repeating: Slot(), count: KeySet.slotCount)
        self.keys = keys.map { Array($0.utf8) }
        for (number, key) in self.keys.enumerated() {
            let prefix = key.withUnsafeBytes { KeySet.prefix(of: $0) }
            var index = KeySet.index(prefix, key.count)
            while slots[index].length >= 0 { index = (index + 1) & (KeySet.slotCount - 1) }
            slots[index] = Slot(prefix: prefix, length: Int32(key.count), number: Int32(number))
        }
        self.slots = slots
    }

    /// The number of a key, given its ``prefix(of:)``.
    @inline(__always)
    func number(of start: UnsafePointer<UInt8>, _ length: Int, prefix: UInt64) -> Int? {
        slots.withUnsafeBufferPointer { slots in
            var index = KeySet.index(prefix, length)
            while true {
                let slot = slots[index]
                if slot.length < 0 { return nil }
                if slot.prefix == prefix, Int(slot.length) == length, isRest(of: Int(slot.number), start, length) {
                    return Int(slot.number)
                }
                index = (index &+ 1) & (KeySet.slotCount &- 1)
            }
        }
    }

    /// Whether what follows the first eight bytes agrees too; the last word overlaps the one before it.
    @inline(__always)
    private func isRest(of number: Int, _ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        guard length > 8 else { return true }
        return keys[number].withUnsafeBytes { key in
            guard let key = key.baseAddress else { return false }
            let start = UnsafeRawPointer(start)
            var index = 8
            while index &+ 8 < length {
                if !wordsAreEqual(key, start, at: index) { return false }
                index &+= 8
            }
            return wordsAreEqual(key, start, at: length &- 8)
        }
    }

    @inline(__always)
    private func wordsAreEqual(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, at offset: Int) -> Bool {
        a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            == b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// The first eight bytes as a little-endian number, zeros standing for those that are not there.
    static func prefix(of key: UnsafeRawBufferPointer) -> UInt64 {
        var prefix: UInt64 = 0
        for index in 0..<min(8, key.count) { prefix |= UInt64(key[index]) << UInt64(index * 8) }
        return prefix
    }

    @inline(__always)
    private static func index(_ prefix: UInt64, _ length: Int) -> Int {
        Int(truncatingIfNeeded: ((prefix &+ UInt64(length)) &* 0x9E37_79B9_7F4A_7C15) >> 57)
    }
}
