package import Domain
import JSONText

extension Arrival {
    /// What was said, read back from the log at a path; nil where the log is gone, or no longer says it there.
    ///
    /// The text is found by its hash among the strings of the record it stands in, whatever agent wrote that.
    package func text(inLogAt path: String) -> String? {
        guard position.offset >= 0, (1...Arrival.longestRecord).contains(position.length) else { return nil }
        let record = UnsafeMutableRawBufferPointer.allocate(byteCount: position.length, alignment: 1)
        defer { record.deallocate() }
        do throws(LogBytes.Trouble) {
            let log = try LogBytes(path: path)
            guard try log.read(into: record, at: position.offset) == position.length else { return nil }
        } catch {
            return nil
        }
        var scanner = JSONScanner(UnsafeRawBufferPointer(record), layout: .document)
        return scanner.string(hashing: contentHash, depth: 0)
    }

    private static let longestRecord = 64 << 20
}

extension JSONScanner {
    /// The first string of the next value, however deep, that has a hash as extractors make it.
    fileprivate mutating func string(hashing hash: UInt64, depth: Int) -> String? {
        switch nextKind() {
        case .string:
            guard let text = text(), text.hash() == hash || text.textHash == hash else { return nil }
            return text.string
        case .object where depth < 32:
            guard enterObject() else { return nil }
            while nextKey() != nil {
                if let found = string(hashing: hash, depth: depth + 1) { return found }
            }
        case .array where depth < 32:
            guard enterArray() else { return nil }
            while nextElement() {
                if let found = string(hashing: hash, depth: depth + 1) { return found }
            }
        default: skipValue()
        }
        return nil
    }
}
