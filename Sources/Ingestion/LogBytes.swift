internal import JSONText

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A log file that is open for reading.
///
/// Read with `pread`, never mapped as a whole: a live log may shrink, and touching a mapped page that is gone kills the
/// process. Through a buffer that stays in the core's cache this is as fast as mapping; see `Benchmarks/README.md`.
struct LogBytes: ~Copyable {
    private let descriptor: CInt

    /// Why a file cannot be read, in the system's words.
    struct Trouble: Error {
        var reason: String

        init() { reason = String(cString: strerror(errno)) }
    }

    init(path: String) throws(Trouble) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if descriptor < 0 { throw Trouble() }
    }

    deinit { close(descriptor) }

    /// Fills a buffer from an offset on; fewer bytes than asked for means the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(Trouble) -> Int {
        var filled = 0
        while filled < buffer.count, let base = buffer.baseAddress {
            let count = pread(descriptor, base + filled, buffer.count - filled, off_t(offset) + off_t(filled))
            if count < 0 {
                if errno == EINTR { continue }
                throw Trouble()
            }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Whether a line feed, or nothing, stands before an offset.
    func endsLine(before offset: Int64) throws(Trouble) -> Bool {
        guard offset > 0 else { return true }
        let byte = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
        defer { byte.deallocate() }
        return try read(into: byte, at: offset - 1) == 1 && byte[0] == 0x0A
    }

    /// A hash of the file's first bytes and of those just before an offset: what an appended file still shows.
    func fingerprint(before offset: Int64) throws(Trouble) -> UInt64 {
        var bytes = [UInt8](repeating: 0, count: 1024)
        let head = min(512, Int(offset))
        let tail = min(512, Int(offset) - head)
        let trouble: Trouble? = bytes.withUnsafeMutableBytes { buffer in
            do throws(Trouble) {
                _ = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<head]), at: 0)
                _ = try read(
                    into: UnsafeMutableRawBufferPointer(rebasing: buffer[head..<head + tail]),
                    at: offset - Int64(tail)
                )
                return nil
            } catch {
                return error
            }
        }
        if let trouble { throw trouble }
        return bytes.withUnsafeBytes { stableHash(UnsafeRawBufferPointer(rebasing: $0[..<(head + tail)])) }
    }
}

/// The buffer a worker reads through: kept from file to file, grown only for a line that does not fit.
struct LineBuffer: ~Copyable {
    private(set) var bytes: UnsafeMutableRawBufferPointer
    static let usualSize = 256 * 1024
    /// A longer line is stepped over: no agent's request may be larger.
    static let limit = 32 * 1024 * 1024

    init() { bytes = .allocate(byteCount: LineBuffer.usualSize, alignment: 64) }

    deinit { bytes.deallocate() }

    /// Doubles, keeping what is there; false at the limit.
    mutating func grow(keeping count: Int) -> Bool {
        guard bytes.count < LineBuffer.limit else { return false }
        resize(to: min(bytes.count * 2, LineBuffer.limit), keeping: count)
        return true
    }

    /// Makes room for a whole document.
    mutating func reserve(_ size: Int) {
        if bytes.count < size { resize(to: size, keeping: 0) }
    }

    /// Gives back what one long line or document needed.
    mutating func shrink() {
        if bytes.count > LineBuffer.usualSize * 8 { resize(to: LineBuffer.usualSize, keeping: 0) }
    }

    private mutating func resize(to size: Int, keeping count: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        bytes.deallocate()
        bytes = larger
    }
}
