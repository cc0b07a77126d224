#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Bytes that end where a page nobody may read begins: one byte too many read ends the process.
package struct GuardedBytes: ~Copyable {
    private let start: UnsafeMutableRawPointer
    private let capacity: Int
    private let pageSize: Int

    package init(capacity: Int) {
        pageSize = Int(getpagesize())
        self.capacity = (capacity + pageSize - 1) / pageSize * pageSize
        let mapped = mmap(nil, self.capacity + pageSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        guard let mapped, mapped != MAP_FAILED else { preconditionFailure("no memory for guarded bytes") }
        start = mapped
        mprotect(start + self.capacity, pageSize, PROT_NONE)
    }

    deinit { munmap(start, capacity + pageSize) }

    /// Puts bytes right before the guard; valid until the next are put there.
    package func place(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
        let place = UnsafeMutableRawBufferPointer(start: start + capacity - bytes.count, count: bytes.count)
        place.copyBytes(from: bytes)
        return UnsafeRawBufferPointer(place)
    }
}
