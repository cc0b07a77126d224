import Domain

/// The names of the tools a page's calls asked for, by call.
struct PageTools {
    private struct Asked {
        var call: CallKey
        var name: String
        /// The call's next one; 0, which no other one is followed by, where it is the last.
        var next = 0
        /// Of a call's first one: its last one.
        var last: Int
    }

    private var asked: [Asked] = []
    /// The first one of each call, counted from 1, where the call's hash says; 0 for none.
    private var slots: [Int32]

    /// No bytes take fewer than this for a tool call.
    private static let leastBytes = 31

    /// None for damaged bytes.
    init(_ bytes: UnsafeRawBufferPointer, form: PageForm) {
        let most = bytes.count / PageTools.leastBytes + 1
        var size = 16
        while size < most * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        asked.reserveCapacity(most)
        var seen = IDTable(capacity: most)
        var reader = ByteReader(sealed: bytes)
        while !reader.isAtEnd {
            for _ in 0..<reader.length() {
                let tool = reader.toolName(form)
                guard !reader.isDamaged else {
                    (asked, slots) = ([], [0])
                    return
                }
                if seen.insert(tool.key) { add(tool.name, to: tool.call) }
            }
        }
    }

    /// In order.
    func names(of call: CallKey) -> [String] {
        var names: [String] = []
        var index = Int(slots[slot(of: call)])
        while index != 0 {
            names.append(asked[index - 1].name)
            index = asked[index - 1].next
        }
        return names
    }

    private mutating func add(_ name: String, to call: CallKey) {
        asked.append(Asked(call: call, name: name, last: asked.count + 1))
        let slot = slot(of: call)
        let first = Int(slots[slot])
        if first == 0 {
            slots[slot] = Int32(asked.count)
        } else {
            asked[asked[first - 1].last - 1].next = asked.count
            asked[first - 1].last = asked.count
        }
    }

    /// Where the call's first one is named, or would be; there is always an empty one.
    private func slot(of call: CallKey) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: call.id) & mask
        while slots[slot] != 0, asked[Int(slots[slot]) - 1].call != call { slot = (slot + 1) & mask }
        return slot
    }
}
