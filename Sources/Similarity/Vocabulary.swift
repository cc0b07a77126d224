/// The texts of all tokens, found by their bytes: a hash table with open addressing over one piece of memory.
struct Vocabulary: Sendable {
    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    private var slots: [Int32]
    private let mask: UInt64

    private struct Entry {
        var start: UInt32
        var count: UInt32
        var token: UInt32
        var hash: UInt64
    }

    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: -1, count: size)
        mask = UInt64(size - 1)
        entries.reserveCapacity(capacity)
    }

    /// As many as there are room and texts for: a text that is there already is not taken again.
    mutating func insert(_ text: [UInt8], token: UInt32) {
        guard entries.count < slots.count / 2 else { return }
        text.withUnsafeBufferPointer { text in
            let hash = Vocabulary.hash(text)
            guard case .failure(let slot) = place(of: text, hash) else { return }
            slots[slot.index] = Int32(entries.count)
            entries.append(
                Entry(start: UInt32(bytes.count), count: UInt32(text.count), token: token, hash: hash)
            )
            bytes += text
        }
    }

    @inline(__always)
    func token(of text: UnsafeBufferPointer<UInt8>) -> UInt32? {
        guard case .success(let entry) = place(of: text, Vocabulary.hash(text)) else { return nil }
        return entries[entry].token
    }

    /// All texts, with their tokens.
    var all: [(text: [UInt8], token: UInt32)] {
        entries.map { (Array(bytes[Int($0.start)..<Int($0.start + $0.count)]), $0.token) }
    }

    private struct FreeSlot: Error {
        var index: Int
    }

    /// The entry of a text, or the slot where it would stand.
    @inline(__always)
    private func place(of text: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Result<Int, FreeSlot> {
        var index = hash >> 20 & mask
        while true {
            let slot = slots[Int(index)]
            if slot < 0 { return .failure(FreeSlot(index: Int(index))) }
            let entry = entries[Int(slot)]
            if entry.hash == hash, Int(entry.count) == text.count, isText(entry, text) { return .success(Int(slot)) }
            index = (index &+ 1) & mask
        }
    }

    /// The token of `▁` and a text, without putting them together.
    @inline(__always)
    func token(ofSpaceAnd text: UnsafeBufferPointer<UInt8>) -> UInt32? {
        let hash = Vocabulary.ended(Vocabulary.hashed(text, into: Vocabulary.hashOfSpace))
        var index = hash >> 20 & mask
        while true {
            let slot = slots[Int(index)]
            if slot < 0 { return nil }
            let entry = entries[Int(slot)]
            if entry.hash == hash, Int(entry.count) == text.count + 3, isText(entry, text, from: 3) {
                return entry.token
            }
            index = (index &+ 1) & mask
        }
    }

    /// `▁`, U+2581.
    static let space: [UInt8] = [0xE2, 0x96, 0x81]

    private static let hashOfSpace = space.withUnsafeBufferPointer { hashed($0, into: start) }

    @inline(__always)
    private func isText(_ entry: Entry, _ text: UnsafeBufferPointer<UInt8>, from offset: Int = 0) -> Bool {
        let start = Int(entry.start) &+ offset
        for index in 0..<text.count where bytes[start &+ index] != text[index] { return false }
        return true
    }

    @inline(__always)
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 { ended(hashed(text, into: start)) }

    // FNV-1a of 64 bits, with a last mix.
    private static let start: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    private static func hashed(_ text: UnsafeBufferPointer<UInt8>, into start: UInt64) -> UInt64 {
        var hash = start
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }

    @inline(__always)
    private static func ended(_ hash: UInt64) -> UInt64 { (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15 }
}
