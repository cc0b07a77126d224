import Domain
import Foundation
import Testing
import Wire

/// Requests that real clients sent, from recordings beside the repository; skipped where there are none.
@Suite(.enabled(if: !RecordedRequest.all.isEmpty))
struct RecordedRequestTests {
    @Test(arguments: RecordedRequest.all)
    func `a recorded request keeps text, tool names, arguments and order through every other format`(
        recorded: RecordedRequest
    ) throws {
        guard let original = try? RequestReading(Array(recorded.body.utf8), format: recorded.format) else {
            // Encrypted reasoning stays with its provider.
            #expect(recorded.body.contains("encrypted_content"))
            return
        }
        for other in APIFormat.allCases where other != recorded.format {
            let over = try convert(original, from: recorded.format, to: other)
            let back = try convert(over, from: other, to: recorded.format)
            #expect(Essence(back.request).pieces == Essence(original.request).pieces)
            #expect(back.request.tools.map(\.name) == original.request.tools.map(\.name))
            #expect(back.request.tools.map(\.inputSchema) == original.request.tools.map(\.inputSchema))
        }
    }

    @Test func `there are recordings of both of OpenAI's formats`() {
        #expect(Set(RecordedRequest.all.map(\.format)) == [.chatCompletions, .responses])
        #expect(RecordedRequest.all.count > 10)
    }

    private func convert(_ reading: RequestReading, from source: APIFormat, to format: APIFormat) throws
        -> RequestReading
    {
        let limits = ModelLimits(provider: format.provider, formats: [format])
        let target = ConvertedRequest.Target(format: format, model: ModelID("m"), limits: limits)
        return try RequestReading(ConvertedRequest(reading, from: source, to: target).body, format: format)
    }
}

struct RecordedRequest: CustomTestStringConvertible {
    var name: String
    var format: APIFormat
    var body: String

    var testDescription: String { name }

    /// Every request body of the recordings that tests of `llm` made.
    static let all: [RecordedRequest] = {
        let folder = URL(filePath: #filePath)
            .appending(path: "../../../../../shared/data/conversion/simonw-llm-cassettes").standardizedFileURL
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.sorted { $0.path < $1.path }.flatMap { file -> [RecordedRequest] in
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
            return requests(inCassette: text, named: file.lastPathComponent)
        }
    }()

    /// YAML writes each body as one single-quoted text folded over lines.
    private static func requests(inCassette text: String, named name: String) -> [RecordedRequest] {
        var requests: [RecordedRequest] = []
        var body: String?
        var isOpen = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("    body: '") {
                body = String(line.dropFirst("    body: '".count))
                isOpen = true
            } else if isOpen {
                body? += " " + line.drop { $0 == " " }
            }
            if isOpen, let whole = body, whole.replacing("''", with: "").hasSuffix("'") {
                body = String(whole.dropLast()).replacing("''", with: "'")
                isOpen = false
            }
            guard line.hasPrefix("    uri: "), let whole = body else { continue }
            let format: APIFormat? =
                line.hasSuffix("/v1/responses")
                ? .responses : line.hasSuffix("/chat/completions") ? .chatCompletions : nil
            if let format {
                requests.append(RecordedRequest(name: "\(name) \(requests.count)", format: format, body: whole))
            }
            body = nil
        }
        return requests
    }
}
