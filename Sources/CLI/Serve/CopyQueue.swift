import Gateway
import Logging
import Metrics
import NIOCore
import ServiceLifecycle
import Store
import Synchronization

/// Keeps requests' bodies one after the other, off the event loops, which must not wait for a disk.
///
/// What waits is bounded: a body beyond it is not kept, and its ledger line names none. That is counted and said; the
/// request itself and its line in the journal do not depend on it.
final class CopyQueue: Service {
    private struct Copy: Sendable {
        var body: ByteBufferView
        var name: String
    }

    private struct State {
        var waitingBytes = 0
        var isFull = false
    }

    private let copies: RequestCopies
    private let logger: Logger
    private let mostWaitingBytes: Int
    private let state = Mutex(State())
    private let (waiting, feed) = AsyncStream.makeStream(of: Copy.self)
    private let dropped = Counter(label: "suffice.capture.dropped")

    init(_ copies: RequestCopies, mostWaitingBytes: Int = 64 << 20, logger: Logger) {
        self.copies = copies
        self.mostWaitingBytes = mostWaitingBytes
        self.logger = logger
    }

    /// Takes a body to be kept, and answers the name it will be kept by; nil where too many wait.
    ///
    /// A kill may leave a name whose body was still waiting: it then stands as missing, like one whose time is up.
    func keep(_ body: ByteBufferView) -> String? {
        let (isTaken, hasFilledUp) = state.withLock { state in
            guard state.waitingBytes + body.count <= mostWaitingBytes else {
                defer { state.isFull = true }
                return (false, !state.isFull)
            }
            state.waitingBytes += body.count
            return (true, false)
        }
        guard isTaken else {
            dropped.increment()
            if hasFilledUp { logger.error("capture.full", metadata: ["capture.waiting_bytes": "\(mostWaitingBytes)"]) }
            return nil
        }
        let name = contentName(of: body)
        feed.yield(Copy(body: body, name: name))
        return name
    }

    /// Writes until the gateway, which is stopped before, has no more; then writes what still waits.
    func run() async throws {
        await withGracefulShutdownHandler {
            for await copy in waiting { write(copy) }
        } onGracefulShutdown: {
            self.feed.finish()
        }
    }

    private func write(_ copy: Copy) {
        do throws(StoreError) {
            try copies.keep(Array(copy.body), named: copy.name)
        } catch {
            dropped.increment()
            logger.error("capture.failed", metadata: ["error": "\(error)"])
        }
        state.withLock { state in
            state.waitingBytes -= copy.body.count
            state.isFull = false
        }
    }
}
