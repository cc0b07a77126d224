import ConversionVectors
import Foundation
import TestSupport
import Testing

/// What the providers' own SDKs make of converted replies.
@Suite(.enabled(if: !ConversionVector.all.isEmpty, "needs the shared data"))
struct ConvertedReplyTests {
    @Test func `the SDKs read the same in a recorded reply and in its conversions`() async throws {
        let python = try await PythonClients.sdks.program("python")
        let folder = try TemporaryFolder()
        try ConversionVector.writeConversions(to: URL(filePath: folder.path))
        let script = Package.root + "/Scripts/check-converted-replies.py"
        let answer = try await Started(python, [script, folder.path], user: User()).end()
        #expect(answer.status == 0, "\(answer.output)\(answer.trouble)")
        #expect(!answer.output.contains("DIFFERENT"))
        // Of each format to each other.
        for from in ["messages", "chat-completions", "responses"] {
            for to in ["messages", "chat-completions", "responses"] where from != to {
                #expect(answer.output.contains("\(from) to \(to), stream: "))
            }
        }
    }
}
