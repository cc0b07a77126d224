import Synchronization

/// Remembers a session's rebuilds: more than one kind asks for them.
final class RebuildMemory: Sendable {
    private let known = Mutex<[Rebuild]?>(nil)

    func recall(_ find: () -> [Rebuild]) -> [Rebuild] {
        if let rebuilds = known.withLock({ $0 }) { return rebuilds }
        let rebuilds = find()
        known.withLock { $0 = rebuilds }
        return rebuilds
    }
}
