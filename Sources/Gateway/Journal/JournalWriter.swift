package import Domain
package import Journal
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Appends to the gateway's journal: each line with one plain write, so that it survives the process, though not a
/// failure of the machine.
///
/// A file a day, `YYYY-MM-DD.jsonl` in UTC, mode 600. A line that cannot be written is counted: the request goes on,
/// since an agent that stops for a full disk is worse than a gap that is known.
package final class JournalWriter: Sendable {
    private struct File {
        var day: Day
        var descriptor: Int32
    }

    private struct State {
        var file: File?
        var lost = 0
    }

    private let folder: String
    private let state = Mutex(State())

    /// - Parameter folder: is made, with mode 700, where it is not there.
    package init(folder: String) {
        self.folder = folder
        _ = mkdir(folder, 0o700)
    }

    deinit { state.withLock { if let file = $0.file { _ = close(file.descriptor) } } }

    /// Lines that could not be written.
    package var lost: Int { state.withLock { $0.lost } }

    /// The time says which day's file.
    package func append(_ line: JournalLine, at now: Timestamp) {
        let bytes = line.bytes
        state.withLock { state in
            if state.file?.day != now.day { open(now.day, &state) }
            guard let file = state.file else {
                state.lost += 1
                return
            }
            let written = bytes.withUnsafeBytes { write(file.descriptor, $0.baseAddress, $0.count) }
            // A line written in part is cut off by the line feed of the next, and its reader skips it.
            if written != bytes.count {
                state.lost += 1
                if written > 0 { _ = write(file.descriptor, "\n", 1) }
            }
        }
    }

    private func open(_ day: Day, _ state: inout State) {
        if let file = state.file { _ = close(file.descriptor) }
        let path = "\(folder)/\(day).jsonl"
        #if canImport(Glibc)
        let descriptor = Glibc.open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        #else
        let descriptor = Darwin.open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        #endif
        guard descriptor >= 0 else {
            state.file = nil
            return
        }
        state.file = File(day: day, descriptor: descriptor)
        // A line that a failing machine cut off must not swallow the next.
        var last: UInt8 = 0x0A
        let end = lseek(descriptor, 0, SEEK_END)
        if end > 0, pread(descriptor, &last, 1, end - 1) == 1, last != 0x0A { _ = write(descriptor, "\n", 1) }
    }
}
