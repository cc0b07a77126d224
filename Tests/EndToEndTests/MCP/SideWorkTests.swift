import Foundation
import Synchronization
import Testing

@testable import suffice

@Suite struct SideWorkTests {
    /// Waits for the bell, ten seconds at most.
    private func rings(_ bell: Bell) -> Bool {
        var input = pollfd(fd: bell.reading, events: Int16(POLLIN), revents: 0)
        return poll(&input, 1, 10_000) == 1
    }

    @Test func `the bell rings when work is done, and its result is there`() throws {
        let bell = try Bell()
        let work = SideWork(ringing: bell) { _ in 7 }
        #expect(rings(bell))
        #expect(try work.result?.get() == 7)
        bell.silence()
        var input = pollfd(fd: bell.reading, events: Int16(POLLIN), revents: 0)
        #expect(poll(&input, 1, 0) == 0)
    }

    @Test func `work that is stopped ends at its next step`() throws {
        let bell = try Bell()
        let steps = Mutex(0)
        let work = SideWork(ringing: bell) { goesOn in
            while true {
                try goesOn()
                steps.withLock { $0 += 1 }
                usleep(100)
            }
        }
        while steps.withLock({ $0 }) == 0 { usleep(100) }
        work.stop()
        #expect(rings(bell))
        let done = steps.withLock { $0 }
        #expect(throws: CancellationError.self) { try work.result?.get() }
        usleep(5_000)
        #expect(steps.withLock { $0 } == done)
    }
}
