internal import CJSONText

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Whether two stretches of bytes are equal; for the few bytes of a name, where a call would cost more than the work.
@inline(__always)
func bytesAreEqual(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
    var index = 0
    while index + 8 <= count {
        if a.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            != b.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        {
            return false
        }
        index += 8
    }
    while index < count {
        if a.load(fromByteOffset: index, as: UInt8.self) != b.load(fromByteOffset: index, as: UInt8.self) {
            return false
        }
        index += 1
    }
    return true
}

/// Whether two stretches of bytes are equal.
package func bytesAreEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    guard a.count == b.count else { return false }
    guard let first = a.baseAddress, let second = b.baseAddress else { return true }
    return memcmp(first, second, a.count) == 0
}

/// A 64-bit hash that is the same on every machine and in every release, so that it may be stored.
package func stableHash(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    json_hash(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? json_no_bytes(), bytes.count, seed)
}

package func stableHash(_ text: String, seed: UInt64 = 0) -> UInt64 {
    var text = text
    return text.withUTF8 { stableHash(UnsafeRawBufferPointer($0), seed: seed) }
}

/// Whether the bytes are well-formed UTF-8.
package func isValidUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
    return json_first_invalid_utf8(start, start + bytes.count) == start + bytes.count
}

/// Where the last line feed stands in the bytes.
package func lastLineFeed(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
        let found = json_last_line_feed(start, start + bytes.count)
    else { return nil }
    return found - start
}

/// Where the first line feed stands in the bytes.
package func firstLineFeed(in bytes: UnsafeRawBufferPointer) -> Int? { firstIndex(of: 0x0A, in: bytes) }

/// Where a byte first stands in the bytes.
package func firstIndex(of byte: UInt8, in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let start = bytes.baseAddress, let found = memchr(start, CInt(byte), bytes.count) else { return nil }
    return UnsafeRawPointer(found) - start
}
