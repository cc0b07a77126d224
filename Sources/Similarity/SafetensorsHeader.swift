import JSONText

/// Where the one tensor of a safetensors file lies: eight bytes of length, a JSON header, then the numbers.
struct SafetensorsHeader {
    let rows: Int
    let columns: Int
    /// The offset in the file of the first number.
    let start: Int

    init(_ bytes: UnsafeRawBufferPointer) throws(EmbeddingError) {
        guard bytes.count > 8 else { throw .notATable("it is cut off") }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length < UInt64(bytes.count - 8), length < 1 << 20 else { throw .notATable("its header is cut off") }
        start = 8 + Int(length)
        var type = ""
        var shape: [Int] = []
        var offsets: [Int] = []
        var scanner = JSONScanner(UnsafeRawBufferPointer(rebasing: bytes[8..<start]), layout: .document)
        var tensors = 0
        if scanner.enterObject() {
            while let name = scanner.nextKey() {
                guard !name.is("__metadata__"), scanner.enterObject() else {
                    scanner.skipValue()
                    continue
                }
                tensors += 1
                while let key = scanner.nextKey() {
                    if key.is("dtype") {
                        type = scanner.text()?.string ?? ""
                    } else if key.is("shape") {
                        shape = SafetensorsHeader.integers(&scanner)
                    } else if key.is("data_offsets") {
                        offsets = SafetensorsHeader.integers(&scanner)
                    } else {
                        scanner.skipValue()
                    }
                }
            }
        }
        guard !scanner.isBroken, tensors == 1, type == "F16", shape.count == 2 else {
            throw .notATable("it holds no single table of half-precision numbers")
        }
        let (numbers, isTooLarge) = shape[0].multipliedReportingOverflow(by: shape[1])
        guard shape[0] > 0, shape[1] > 0, !isTooLarge, numbers < 1 << 40, offsets == [0, numbers * 2],
            bytes.count - start == numbers * 2
        else { throw .notATable("its size is not what its header says") }
        rows = shape[0]
        columns = shape[1]
    }

    private static func integers(_ scanner: inout JSONScanner) -> [Int] {
        var found: [Int] = []
        guard scanner.enterArray() else {
            scanner.skipValue()
            return []
        }
        while scanner.nextElement() {
            if let integer = scanner.integer() { found.append(integer) }
        }
        return found
    }
}
