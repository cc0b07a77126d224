/// The records of a comma-separated file (RFC 4180): a quoted field may hold commas, doubled quotes and line breaks.
///
/// Lines may end in LF, CR LF or CR; a byte order mark is left out; what is no UTF-8 becomes U+FFFD.
struct CSVReader {
    struct Record {
        var fields: [String]
        /// The line on which the record begins, from one.
        var line: Int
        /// A quote was opened and never closed.
        var isUnclosed = false
    }

    /// After so many quotes that are never closed the rest is given up: each costs a look at the whole rest.
    private static let patience = 20

    private let bytes: [UInt8]
    private var position: Int
    private var line = 1
    private var unclosed = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next record, empty lines stepped over; nil at the end.
    mutating func next() -> Record? {
        while position < bytes.count, isLineEnd(bytes[position]) { stepOverLineEnd() }
        guard position < bytes.count, unclosed < Self.patience else { return nil }
        let first = (position: position, line: line)
        var record = Record(fields: [], line: line)
        while true {
            guard let field = field() else {
                // The quote was no quote: whatever follows on other lines stands for itself.
                unclosed += 1
                (position, line) = first
                while position < bytes.count, !isLineEnd(bytes[position]) { position += 1 }
                if position < bytes.count { stepOverLineEnd() }
                record.isUnclosed = true
                return record
            }
            record.fields.append(field)
            guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
            position += 1
        }
        if position < bytes.count { stepOverLineEnd() }
        return record
    }

    /// The field up to its comma or the record's end; nil where its quote is never closed.
    private mutating func field() -> String? {
        let quote = UInt8(ascii: "\"")
        guard position < bytes.count, bytes[position] == quote else { return plain() }
        position += 1
        var text: [UInt8] = []
        while let end = bytes[position...].firstIndex(of: quote) {
            line += lineEnds(in: position..<end)
            text += bytes[position..<end]
            position = end + 1
            guard position < bytes.count, bytes[position] == quote else {
                // What stands behind the closing quote belongs to the field, as spreadsheets have it.
                return String(decoding: text, as: UTF8.self) + plain()
            }
            text.append(quote)
            position += 1
        }
        return nil
    }

    private mutating func plain() -> String {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), !isLineEnd(bytes[position]) {
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private mutating func stepOverLineEnd() {
        let isPair = bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
        position += isPair ? 2 : 1
        line += 1
    }

    private func lineEnds(in range: Range<Int>) -> Int {
        var count = 0
        for index in range
        where bytes[index] == 0x0A || (bytes[index] == 0x0D && (index + 1 >= bytes.count || bytes[index + 1] != 0x0A)) {
            count += 1
        }
        return count
    }
}
