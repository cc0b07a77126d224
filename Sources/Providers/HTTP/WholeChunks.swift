/// Bytes that hold whole chunks and nothing else, each behind a line with only its size.
///
/// Nearly every event of a stream comes so, and can be passed on as it is.
/// Valid only during the call that hands them over.
package struct WholeChunks {
    /// With their framing.
    package let bytes: UnsafeRawBufferPointer
    /// What the last one holds.
    package let last: UnsafeRawBufferPointer
    private let count: Int

    /// Nil where they hold anything else, such as the part of a chunk, or the last one's line.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        var last = rest
        var count = 0
        while !rest.isEmpty {
            guard let chunk = WholeChunks.takeFirst(of: &rest) else { return nil }
            last = chunk
            count += 1
        }
        guard count > 0 else { return nil }
        self.bytes = bytes
        self.last = last
        self.count = count
    }

    /// What each of them holds, in order.
    @inline(__always)
    package func eachChunk(_ body: (UnsafeRawBufferPointer) -> Void) {
        if count == 1 { return body(last) }
        var rest = bytes
        while let chunk = WholeChunks.takeFirst(of: &rest) { body(chunk) }
    }

    @inline(__always)
    private static func takeFirst(of bytes: inout UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard let line = ChunkLine.usual(in: bytes) else { return nil }
        let end = line.count + line.size
        guard bytes.count >= end + 2, bytes[end] == 0x0D, bytes[end + 1] == 0x0A else { return nil }
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes[(end + 2)...]) }
        return UnsafeRawBufferPointer(rebasing: bytes[line.count..<end])
    }
}
