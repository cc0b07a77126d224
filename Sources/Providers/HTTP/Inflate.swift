/// Undoes DEFLATE (RFC 1951), as far as a bound allows.
///
/// Codes are read a bit at a time by their canonical order, as in Mark Adler's `puff`: a request's body is small beside
/// what its model takes to answer it.
struct Inflate: ~Copyable {
    enum Fault: Error, Hashable {
        case damaged
        /// It holds more than it may.
        case tooLong
    }

    private let input: UnsafeRawBufferPointer
    private let limit: Int
    /// Behind the last byte that was begun.
    private(set) var position: Int
    private var bits: UInt32 = 0
    private var bitCount = 0
    private var output: [UInt8]

    /// Nothing that the output held before is looked back at; the limit is for all of it.
    init(_ input: UnsafeRawBufferPointer, from start: Int, addingTo output: consuming [UInt8], limit: Int) {
        self.input = input
        position = start
        self.output = output
        self.limit = limit
        outputStart = self.output.count
    }

    private let outputStart: Int

    /// The output, and where the input goes on behind the compressed data.
    consuming func run() throws(Fault) -> (output: [UInt8], end: Int) {
        var isLast = false
        while !isLast {
            isLast = try read(1) == 1
            switch try read(2) {
            case 0: try copyStored()
            case 1: try inflate(.fixedLengths, .fixedDistances)
            case 2:
                let (lengths, distances) = try readCodes()
                try inflate(lengths, distances)
            default: throw .damaged
            }
        }
        return (output, position)
    }

    /// Up to 13 bits, the first of them the lowest.
    private mutating func read(_ count: Int) throws(Fault) -> Int {
        while bitCount < count {
            guard position < input.count else { throw .damaged }
            bits |= UInt32(input[position]) << UInt32(bitCount)
            position += 1
            bitCount += 8
        }
        let value = bits & ((1 << UInt32(count)) - 1)
        bits >>= UInt32(count)
        bitCount -= count
        return Int(value)
    }

    private mutating func read(_ code: borrowing PrefixCode) throws(Fault) -> Int {
        var value = 0
        var first = 0
        var index = 0
        for length in 1...PrefixCode.mostBits {
            value |= try read(1)
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw .damaged
    }

    private mutating func copyStored() throws(Fault) {
        bits = 0
        bitCount = 0
        guard position + 4 <= input.count else { throw .damaged }
        let count = Int(input[position]) | Int(input[position + 1]) << 8
        let check = Int(input[position + 2]) | Int(input[position + 3]) << 8
        position += 4
        guard count == ~check & 0xFFFF, position + count <= input.count else { throw .damaged }
        guard output.count + count <= limit else { throw .tooLong }
        output.append(contentsOf: input[position..<(position + count)])
        position += count
    }

    /// The two codes of a block that brings its own.
    private mutating func readCodes() throws(Fault) -> (lengths: PrefixCode, distances: PrefixCode) {
        let lengthCount = try read(5) + 257
        let distanceCount = try read(5) + 1
        let metaCount = try read(4) + 4
        guard lengthCount <= 286, distanceCount <= 30 else { throw .damaged }
        var metaLengths = Array(repeating: 0, count: 19)
        for place in Inflate.metaOrder.prefix(metaCount) { metaLengths[place] = try read(3) }
        guard let meta = PrefixCode(metaLengths[...]), meta.isComplete else { throw .damaged }
        var all: [Int] = []
        while all.count < lengthCount + distanceCount {
            let symbol = try read(meta)
            switch symbol {
            case 16:
                guard let last = all.last else { throw .damaged }
                all += Array(repeating: last, count: 3 + (try read(2)))
            case 17: all += Array(repeating: 0, count: 3 + (try read(3)))
            case 18: all += Array(repeating: 0, count: 11 + (try read(7)))
            default: all.append(symbol)
            }
        }
        // Without the symbol that ends a block it would never end.
        guard all.count == lengthCount + distanceCount, all[256] > 0,
            let lengths = PrefixCode(all[..<lengthCount]), let distances = PrefixCode(all[lengthCount...]),
            lengths.isComplete || lengths.isSingle, distances.isComplete || distances.isSingle
        else { throw .damaged }
        return (lengths, distances)
    }

    private mutating func inflate(_ lengths: borrowing PrefixCode, _ distances: borrowing PrefixCode) throws(Fault) {
        while true {
            let symbol = try read(lengths)
            switch symbol {
            case ..<256:
                guard output.count < limit else { throw .tooLong }
                output.append(UInt8(truncatingIfNeeded: symbol))
            case 256: return
            default:
                guard symbol <= 285 else { throw .damaged }
                let length = try Inflate.lengthBases[symbol - 257] + read(Inflate.lengthBits[symbol - 257])
                let far = try read(distances)
                guard far < 30 else { throw .damaged }
                let distance = try Inflate.distanceBases[far] + read(Inflate.distanceBits[far])
                guard distance <= output.count - outputStart else { throw .damaged }
                guard output.count + length <= limit else { throw .tooLong }
                // What is copied may reach into itself.
                for _ in 0..<length { output.append(output[output.count - distance]) }
            }
        }
    }

    private static let metaOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145,
        8193, 12289, 16385, 24577,
    ]
    private static let distanceBits = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]
}

/// A canonical Huffman code, given by the length of each symbol's bits.
private struct PrefixCode: Sendable {
    static let mostBits = 15

    /// How many symbols have so many bits.
    let counts: [Int]
    /// Those that have a code, in its order.
    let symbols: [Int]
    /// Every sequence of bits is some symbol's.
    let isComplete: Bool

    /// One symbol of one bit, which a block with a single distance has, or none, where nothing is far.
    var isSingle: Bool { symbols.count <= 1 && counts[1] == symbols.count }

    /// Nil where more symbols have short codes than there are such codes.
    init?(_ lengths: ArraySlice<Int>) {
        var counts = Array(repeating: 0, count: PrefixCode.mostBits + 1)
        for length in lengths where length > 0 { counts[length] += 1 }
        var left = 1
        for count in counts.dropFirst() {
            left = left << 1 - count
            guard left >= 0 else { return nil }
        }
        self.counts = counts
        isComplete = left == 0
        symbols = lengths.indices.filter { lengths[$0] > 0 }
            .sorted { (lengths[$0], $0) < (lengths[$1], $1) }
            .map { $0 - lengths.startIndex }
    }

    private init(valid lengths: [Int]) {
        self = PrefixCode(lengths[...]) ?? PrefixCode()
    }

    private init() { (counts, symbols, isComplete) = (Array(repeating: 0, count: PrefixCode.mostBits + 1), [], false) }

    /// RFC 1951, 3.2.6.
    static let fixedLengths = PrefixCode(
        valid: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    )
    static let fixedDistances = PrefixCode(valid: Array(repeating: 5, count: 30))
}
