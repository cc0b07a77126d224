import Domain
import Foundation
import Ingestion
import JSONText
import Store
import Testing

/// A recording of the real agent: its `home`, and what went over the `wire`, a body a reply by its id.
///
/// `Scripts/check-request-rebuild.py` makes one in the folder `SUFFICE_RECORDING`; it holds the agent's own prompts, so
/// none is in the repository.
@Suite struct RecordedAgentTests {
    private static let folder = ProcessInfo.processInfo.environment["SUFFICE_RECORDING"]

    @Test(.enabled(if: folder != nil, "no recording in SUFFICE_RECORDING"))
    func `every recorded request is built again to the byte, but for the fields that are not recorded`() throws {
        let folder = try #require(Self.folder)
        let files = FileManager.default
        let replies = try files.contentsOfDirectory(atPath: folder + "/wire")
        var left = Set(replies)
        let paths = files.enumerator(atPath: folder + "/home")?.compactMap { $0 as? String } ?? []
        for path in paths where path.hasSuffix(".jsonl") {
            let log = try Data(contentsOf: URL(fileURLWithPath: folder + "/home/" + path))
            let transcript = ClaudeCodeTranscript(log: Array(log))
            for step in transcript.steps(of: SessionID(agent: .claudeCode, name: path)) {
                guard left.remove(step.id + ".json") != nil else { continue }
                let sent = try Array(Data(contentsOf: URL(fileURLWithPath: folder + "/wire/\(step.id).json")))
                let tree = try #require(JSONTree(bytes: sent))
                // Nothing is lost by reading and writing the request.
                #expect(tree.bytes == sent, "\(step.id)")
                let rebuilt = try #require(transcript.rebuiltRequest(of: step.id) { contentName(of: $0) })
                #expect(rebuilt.fidelity == .exact, "\(step.id)")
                #expect(rebuilt.body == tree.withoutUnrecorded.bytes, "\(step.id)")
            }
        }
        #expect(!replies.isEmpty)
        #expect(left.isEmpty, "replies of which no log tells")
    }
}

extension JSONTree {
    /// The request without what the agent does not record.
    fileprivate var withoutUnrecorded: JSONTree {
        let system = (self["system"]?.elements ?? []).filter {
            $0["text"]?.text?.hasPrefix("x-anthropic-billing-header") != true
        }
        return removing("stream", "metadata").setting("system", to: .array(system))
    }
}
