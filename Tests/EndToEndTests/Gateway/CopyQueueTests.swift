import Foundation
import Logging
import NIOCore
import Store
import TestSupport
import Testing

@testable import suffice

@Suite struct CopyQueueTests {
    @Test func `beyond what may wait a body is not kept, and its line names none`() throws {
        let folder = try TemporaryFolder()
        let copies = try RequestCopies(folder: folder.path + "/requests")
        let queue = CopyQueue(
            copies,
            mostWaitingBytes: 10,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let body = ByteBuffer(string: "12345678").readableBytesView
        #expect(queue.keep(body) == contentName(of: Array("12345678".utf8)))
        #expect(queue.keep(body) == nil)
        #expect(queue.keep(ByteBuffer(string: "9").readableBytesView) != nil)
    }

    @Test func `all that waits is written before the gateway ends, and has the name in the journal`() async throws {
        let gateway = try await ServedGateway("[capture]\ncontent = true\n\n")
        let (address, user) = (try await gateway.listening(), gateway.user)
        let bodies = (1...20).map { number in
            let text = String(repeating: "x", count: number * 500)
            return #"{"model":"claude-haiku-4-5","max_tokens":5,"messages":[{"role":"user","content":"\#(text)"}]}"#
        }
        for body in bodies {
            _ = try await user.shell(
                "curl --silent --header 'content-type: application/json' --data '\(body)' '\(address.url)/v1/messages'"
            )
        }
        let left = try await gateway.stop()
        #expect(left.status == 0, "\(left.trouble)")
        let copies = try RequestCopies(folder: user.data + "/capture/requests")
        for body in bodies {
            #expect(copies.body(named: contentName(of: Array(body.utf8))) == Array(body.utf8))
        }
        let journal = try FileManager.default.contentsOfDirectory(atPath: user.data + "/gateway")
            .filter { $0.hasSuffix(".jsonl") }
            .map { try String(contentsOfFile: user.data + "/gateway/" + $0, encoding: .utf8) }.joined()
        for body in bodies { #expect(journal.contains(contentName(of: Array(body.utf8)))) }
    }
}
