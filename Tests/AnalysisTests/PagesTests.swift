import Analysis
import Foundation
import Testing

/// A detector's doc comment is the page its user reads.
///
/// `RECORD_SNAPSHOTS=1 swift test --filter PagesTests` writes the pages anew from the comments.
@Suite struct PagesTests {
    private static let room = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Analysis").standardizedFileURL

    @Test func `every page is its detector's doc comment`() throws {
        let file = Self.room.appending(path: "Pages.swift")
        let pages = try Self.pages()
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
            try pages.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == pages)
    }

    @Test func `every page begins with its kind and fits a narrow terminal`() {
        for detector in Analysis.detectors {
            #expect(detector.page.hasPrefix(detector.kind + ": "))
            #expect(detector.page.split(separator: "\n").allSatisfy { $0.count <= 78 }, "\(detector.kind)")
        }
    }

    @Test func `every limit is documented with its default`() throws {
        let file = Self.room.appending(path: "../../Docs/Configuration.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        for limit in Analysis.detectors.flatMap({ $0.limits }) {
            let number = Int(exactly: limit.standard).map(String.init) ?? "\(limit.standard)"
            #expect(text.contains("| `\(limit.kind)` | `\(limit.name)` | \(number) |"), "\(limit)")
        }
    }

    /// The text of `Pages.swift` as the comments would have it.
    private static func pages() throws -> String {
        var text = """
            // Made from the detectors' doc comments by RECORD_SNAPSHOTS=1 swift test --filter PagesTests; see PagesTests.

            """
        for detector in Analysis.detectors {
            let comment = try comment(of: "\(detector)")
            text += "\nextension \(detector) {\n    package static let page = \"\"\"\n"
            text += "        \(detector.kind): \(comment[0])\n"
            for line in comment.dropFirst() { text += line.isEmpty ? "\n" : "        \(line)\n" }
            text += "        \"\"\"\n}\n"
        }
        return text
    }

    private static func comment(of detector: String) throws -> [String] {
        let files = FileManager.default.enumerator(at: room, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.lastPathComponent == detector + ".swift" else { continue }
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n",
                omittingEmptySubsequences: false
            )
            let head = lines.prefix { !$0.hasPrefix("package struct \(detector): Detector") }
            let comment = head.reversed().prefix { $0.hasPrefix("///") }.reversed()
            return comment.map { String($0.dropFirst(3)).trimmingPrefix(" ").description }
        }
        return []
    }
}
