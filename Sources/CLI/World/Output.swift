import Foundation
import Reports

/// Where text goes: the answer to stdout, everything else to stderr.
enum Output {
    /// Writes the answer, whole lines at a time: whoever reads it never sees half a line.
    static func answer(_ text: String) throws(CommandError) {
        // A reader that closes early shows as an error of `write`, not as a signal that kills.
        signal(SIGPIPE, SIG_IGN)
        var text = text
        let trouble = text.withUTF8 { bytes -> Int32 in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let size = wholeLines(in: rest)
                if let trouble = put(UnsafeRawBufferPointer(rebasing: rest.prefix(size)), to: STDOUT_FILENO) {
                    return trouble
                }
                rest = rest.dropFirst(size)
            }
            return 0
        }
        switch trouble {
        case 0: return
        case EPIPE: throw .readerLeft
        default: throw .failed("the answer cannot be written: \(String(cString: strerror(trouble)))")
        }
    }

    /// Tells what went wrong and what to do.
    static func trouble(_ text: String) { progress("suffice: \(text.visible)\n") }

    /// Writes to stderr as it is; nobody reading it is no trouble.
    static func progress(_ text: String) {
        var text = text
        text.withUTF8 { _ = put(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
    }

    /// As many bytes as a pipe takes in one piece (4096), cut behind a line where there is one.
    private static func wholeLines(in bytes: Slice<UnsafeRawBufferPointer>) -> Int {
        guard bytes.count > 4096 else { return bytes.count }
        let piece = bytes.prefix(4096)
        guard let lineFeed = piece.lastIndex(of: UInt8(ascii: "\n")) else { return piece.count }
        return lineFeed + 1 - piece.startIndex
    }

    /// Nil, or the number of the error.
    private static func put(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Int32? {
        var rest = bytes
        while rest.count > 0 {
            let written = write(file, rest.baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                return errno
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
        return nil
    }
}
