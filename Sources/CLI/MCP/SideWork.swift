import Foundation
import Synchronization

/// Work on a thread of its own, beside a conversation that goes on meanwhile.
///
/// Whoever began it looks for ``result`` when the bell rings, and may stop it; nothing waits for its thread. A thread,
/// not a task: on a machine with one core the conversation would have to wait for a task to give way.
final class SideWork<Value: Sendable>: Sendable {
    private struct State {
        var result: Result<Value, any Error>?
        var isStopped = false
    }

    private let state = Mutex(State())

    /// Begins the work, which is to ask whether it goes on whenever it can stop: that throws when it should.
    init(ringing bell: Bell, _ body: @escaping @Sendable (_ goesOn: () throws -> Void) throws -> Value) {
        // It holds the work until it is done, then nobody does.
        let thread = Thread { [self] in
            let result = Result {
                try body {
                    if state.withLock({ $0.isStopped }) { throw CancellationError() }
                }
            }
            state.withLock { $0.result = result }
            bell.ring()
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Nil while it is under way.
    var result: Result<Value, any Error>? { state.withLock { $0.result } }

    /// Nobody wants it any more.
    func stop() { state.withLock { $0.isStopped = true } }
}

/// Lets work beside a conversation stand still while an answer is made: it has time, who asked waits, and on two threads
/// of one core both go at half their speed.
final class Turnstile: Sendable {
    private let lock = NSLock()

    /// Comes back once no answer is being made.
    func pass() { lock.withLock {} }

    /// Nothing passes until the body is done.
    func whileShut<T>(_ body: () throws -> T) rethrows -> T { try lock.withLock(body) }
}

/// Wakes a thread that waits for a file descriptor.
final class Bell: Sendable {
    /// Can be read once somebody has rung.
    let reading: Int32
    private let writing: Int32

    init() throws(CommandError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .failed("no pipe can be made: \(String(cString: strerror(errno)))") }
        (reading, writing) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        close(reading)
        close(writing)
    }

    func ring() {
        // A full pipe rings already.
        _ = write(writing, [1], 1)
    }

    func silence() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(reading, &bytes, bytes.count) > 0 {}
    }
}
