import Domain

/// The catalogue in the binary: found by name in its text, read only where asked.
///
/// Opening it is one pass over its lines for where blocks begin (blocks are sorted by name, so a look-up is a binary
/// search); a block is read into a ``ModelRecord`` when its model is first asked for.
struct PriceTable: Sendable {
    private let text: StaticString
    /// Where each block begins, and where the last one ends.
    private let starts: [Int32]

    init(_ text: StaticString) {
        self.text = text
        var starts: [Int32] = []
        text.withUTF8Buffer { bytes in
            starts.reserveCapacity(bytes.count / 128)
            var at = 0
            while at < bytes.count {
                if bytes[at] > UInt8(ascii: "#") { starts.append(Int32(truncatingIfNeeded: at)) }
                while at < bytes.count, bytes[at] != 0x0A { at += 1 }
                at += 1
            }
            starts.append(Int32(truncatingIfNeeded: bytes.count))
        }
        self.starts = starts
    }

    func record(named name: String) -> ModelRecord? {
        let wanted = Array(name.utf8)
        var low = 0
        var high = starts.count - 1
        while low < high {
            let middle = (low + high) / 2
            let found = self.name(ofBlock: middle)
            if found.elementsEqual(wanted) { return record(ofBlock: middle) }
            if found.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    var names: [String] {
        (0..<starts.count - 1).map { String(decoding: name(ofBlock: $0), as: UTF8.self) }
    }

    private func name(ofBlock index: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
        text.withUTF8Buffer { bytes in bytes[Int(starts[index])...].prefix { $0 != 0x09 } }
    }

    private func record(ofBlock index: Int) -> ModelRecord? {
        text.withUTF8Buffer { bytes in
            let block = Array(bytes[Int(starts[index])..<Int(starts[index + 1])])
            return (try? PriceTableText.records(in: block))?.first
        }
    }
}
