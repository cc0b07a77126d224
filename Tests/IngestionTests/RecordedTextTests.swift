import Domain
import Foundation
import JSONText
import TestSupport
import Testing

@testable import Ingestion

@Suite struct RecordedTextTests {
    private let line = #"{"type":"user","message":{"content":[{"type":"text","text":"fix \"it\""}]}}"#

    private func arrival(_ text: String, at offset: Int, length: Int) -> Arrival {
        Arrival(
            kind: .prompt,
            time: .unknown,
            bytes: text.utf8.count,
            contentHash: stableHash(text),
            position: LogPosition(offset: Int64(offset), length: length)
        )
    }

    /// Extractors hash a text as it is spelled in the log, or with its escapes resolved.
    @Test(arguments: [#"fix "it""#, #"fix \"it\""#])
    func `a text is found again where its record stands`(hashed: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/log.jsonl"
        try Data("{}\n\(line)\n".utf8).write(to: URL(fileURLWithPath: path))
        let found = arrival(hashed, at: 3, length: line.utf8.count)
        #expect(found.text(inLogAt: path) == #"fix "it""#)
    }

    @Test func `a log that is gone, shorter or says something else gives nothing`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/log.jsonl"
        try Data(line.utf8).write(to: URL(fileURLWithPath: path))
        #expect(arrival("fix it", at: 0, length: line.utf8.count).text(inLogAt: path) == nil)
        #expect(arrival("user", at: 9, length: line.utf8.count).text(inLogAt: path) == nil)
        #expect(arrival("user", at: 0, length: 0).text(inLogAt: path) == nil)
        #expect(arrival("user", at: 0, length: 5).text(inLogAt: folder.path + "/none") == nil)
    }
}
