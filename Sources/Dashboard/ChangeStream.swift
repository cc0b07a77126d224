import Hummingbird
import NIOCore
import ServiceLifecycle
import Synchronization

/// Tells open pages when a report may have changed, as server-sent events.
///
/// New log lines are looked for while somebody listens, and only then.
final class ChangeStream: Sendable {
    /// More pages than anybody has open; one beyond is sent away, and asks again.
    static let mostListeners = 64

    private let state: @Sendable () async throws -> String
    private let listeners = Mutex(0)

    init(state: @escaping @Sendable () async throws -> String) { self.state = state }

    var response: Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                let count = self.listeners.withLock { count in
                    count += 1
                    return count
                }
                defer { self.listeners.withLock { $0 -= 1 } }
                if count <= ChangeStream.mostListeners {
                    // Ends when the process is asked to: that must not wait for pages to be closed.
                    for await event in self.events.cancelOnGracefulShutdown() {
                        try await writer.write(ByteBuffer(string: event))
                    }
                }
                try await writer.finish(nil)
            }
        )
    }

    /// What one listener is told, a piece when there is one.
    private var events: AsyncStream<String> {
        let watch = ChangeWatch(state: state)
        return AsyncStream { await watch.next() }
    }
}

/// Looks for changes for one listener.
private actor ChangeWatch {
    private static let pause = Duration.seconds(1)
    /// A listener that is gone is noticed when something is written to it.
    private static let quietLooks = 15

    private let state: @Sendable () async throws -> String
    private var told: String?

    init(state: @escaping @Sendable () async throws -> String) { self.state = state }

    /// The next event, or a sign of life; nil when nobody waits any more.
    func next() async -> String? {
        for look in 0... {
            if look > 0 || told != nil { try? await Task.sleep(for: ChangeWatch.pause) }
            guard !Task.isCancelled else { return nil }
            if let now = try? await state(), now != told {
                told = now
                return "event: state\ndata: \(now)\n\n"
            }
            if look >= ChangeWatch.quietLooks { break }
        }
        return ": still here\n\n"
    }
}
