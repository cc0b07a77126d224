#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Lets one process at a time open the database: making it, turning its log on and migrating it are not safe side by
/// side, and SQLite does not wait for them.
///
/// Held until the value is gone; the system lets go of it when the process ends in whatever way. Where the file cannot
/// be locked the database is opened all the same.
struct OpeningLock: ~Copyable {
    private let descriptor: CInt

    init(path: String) {
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        while descriptor >= 0, flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}

/// Makes an empty file that only its owner may read, unless there is a file already, which stays as it is.
///
/// Never through a file of another name: the file another process has just made must not be replaced.
func makePrivateFile(at path: String) {
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
}
