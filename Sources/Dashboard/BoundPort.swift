import Synchronization

/// The port a listener was given; 0 until it listens.
final class BoundPort: Sendable {
    private let port = Atomic<Int>(0)

    var value: Int {
        get { port.load(ordering: .acquiring) }
        set { port.store(newValue, ordering: .releasing) }
    }
}
