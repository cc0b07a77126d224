import Foundation

/// What another program writes to stdin.
enum Input {
    /// What comes in until its writer is done, up to a limit; nothing where a person sits at it.
    ///
    /// Gives up on a writer that says nothing for so long: a pipe that nobody closes must not hold anyone up.
    static func bytes(atMost limit: Int, silence milliseconds: Int32 = 1000) -> [UInt8] {
        guard isatty(STDIN_FILENO) == 0 else { return [] }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < limit {
            var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            let ready = poll(&waiting, 1, milliseconds)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { break }
            let count = read(STDIN_FILENO, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return Array(bytes.prefix(limit))
    }
}
