package import Domain
import Foundation
import JSONText

@testable import Wire

/// A recorded reply of a provider, from the shared data beside the repository.
package struct ConversionVector: CustomStringConvertible, Sendable {
    package var description: String
    package var format: APIFormat
    package var isStream: Bool
    package var bytes: [UInt8]

    /// None where the shared data is absent.
    package static let all: [ConversionVector] = files().flatMap(vectors)

    package static let streams = all.filter(\.isStream)
    package static let whole = all.filter { !$0.isStream }

    private static let folder = URL(filePath: #filePath).appending(path: "../../../../shared/data/conversion")
        .standardizedFileURL

    private static func files() -> [URL] {
        let folders = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return folders.flatMap {
            (try? FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)) ?? []
        }.sorted { $0.path < $1.path }
    }

    private static func vectors(in file: URL) -> [ConversionVector] {
        guard let data = try? Data(contentsOf: file) else { return [] }
        let bytes = [UInt8](data)
        // Goldens are another gateway's words, with ids and times taken out.
        if file.path.contains("golden") { return [] }
        let bodies: [[UInt8]] =
            switch file.pathExtension {
            case "sse", "txt": [bytes]
            case "jsonl": [chatStream(ofLines: bytes)]
            case "yaml": Cassette.replies(in: String(decoding: bytes, as: UTF8.self))
            case "json": file.path.contains("inline_snapshot") ? snapshots(bytes) : [bytes]
            default: []
            }
        return bodies.enumerated().compactMap { index, bytes in
            guard let format = APIFormat(replyIn: bytes) else { return nil }
            let text = String(decoding: bytes.prefix(16), as: UTF8.self).drop { $0.isWhitespace }
            let isStream = text.hasPrefix("data:") || text.hasPrefix("event:")
            let name = file.lastPathComponent.split(separator: "__").last.map(String.init) ?? ""
            return ConversionVector(description: "\(name) \(index)", format: format, isStream: isStream, bytes: bytes)
        }
    }

    private static func chatStream(ofLines bytes: [UInt8]) -> [UInt8] {
        bytes.split(separator: 0x0A).flatMap { Array("data: ".utf8) + $0 + [0x0A, 0x0A] } + SSEFrame.done
    }

    /// The bodies of recorded interactions, as text or as they stand.
    private static func snapshots(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, layout: .document)
            var bodies: [[UInt8]] = []
            scanner.eachElement {
                $0.eachMember { key, scanner in
                    guard key.is("response") else { return scanner.skipValue() }
                    scanner.eachMember { key, scanner in
                        if key.is("body") {
                            bodies.append(
                                scanner.nextKind() == .string
                                    ? scanner.text()?.unescaped ?? [] : Array(scanner.rawValue())
                            )
                        } else {
                            scanner.skipValue()
                        }
                    }
                }
            }
            return bodies
        }
    }
}

extension APIFormat {
    /// The format of a recorded reply, by a word that only it has; nil for what is no reply of a model.
    fileprivate init?(replyIn bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if text.contains("\"chat.completion") {
            self = .chatCompletions
        } else if text.contains("\"object\":\"response\"") || text.contains("\"object\": \"response\"") {
            self = .responses
        } else if text.contains("\"type\":\"message\"") || text.contains("\"type\": \"message\"") {
            self = .messages
        } else {
            return nil
        }
    }
}

/// Recorded interactions as `vcrpy` writes them: as much of YAML as that takes.
private enum Cassette {
    static func replies(in text: String) -> [[UInt8]] {
        var replies: [[UInt8]] = []
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.popFirst() {
            guard let marker = line.range(of: "      string: ") else { continue }
            let first = line[marker.upperBound...]
            if first.hasPrefix("'") {
                replies.append(Array(quoted(first.dropFirst(), &lines).utf8))
            } else if first.hasPrefix("!!binary") {
                let base64 = lines.prefix { $0.hasPrefix("        ") }.joined()
                let data = Data(base64Encoded: base64.filter { $0 != " " }) ?? Data()
                replies.append(data.starts(with: [0x1F, 0x8B]) ? unzipped(data) : [UInt8](data))
            } else if first.hasPrefix("\"") {
                replies.append(Array(doubleQuoted(first.dropFirst(), &lines).utf8))
            }
        }
        return replies
    }

    /// A single-quoted text: a line's end is a space, an empty line a line's end, two quotes are one.
    private static func quoted(_ first: Substring, _ lines: inout ArraySlice<Substring>) -> String {
        folded(first, &lines) { line in
            let unescaped = line.replacingOccurrences(of: "''", with: "\u{0}")
            return unescaped.hasSuffix("'") ? (String(unescaped.dropLast()), true) : (unescaped, false)
        }.replacingOccurrences(of: "\u{0}", with: "'")
    }

    /// A double-quoted text, as JSON's but for lines that end with a backslash.
    private static func doubleQuoted(_ first: Substring, _ lines: inout ArraySlice<Substring>) -> String {
        var whole = ""
        var line: Substring? = first
        while let next = line {
            let trimmed = whole.isEmpty ? String(next) : next.trimmingCharacters(in: .whitespaces)
            if trimmed.hasSuffix("\\") {
                whole += trimmed.dropLast()
            } else if trimmed.hasSuffix("\""), !trimmed.hasSuffix("\\\"") {
                whole += trimmed.dropLast()
                break
            } else {
                whole += trimmed + " "
            }
            line = lines.popFirst()
        }
        let json = Array("\"\(whole.replacingOccurrences(of: "\\ ", with: " "))\"".utf8)
        return json.withUnsafeBytes {
            var scanner = JSONScanner($0)
            return scanner.text()?.string ?? ""
        }
    }

    private static func folded(
        _ first: Substring,
        _ lines: inout ArraySlice<Substring>,
        _ read: (String) -> (String, isLast: Bool)
    ) -> String {
        var whole = ""
        var emptyLines = 0
        var line: Substring? = first
        var isFirst = true
        while let next = line {
            let (text, isLast) = read(isFirst ? String(next) : next.trimmingCharacters(in: .whitespaces))
            if text.isEmpty, !isFirst, !isLast {
                emptyLines += 1
            } else {
                if !isFirst { whole += emptyLines == 0 ? " " : String(repeating: "\n", count: emptyLines) }
                whole += text
                emptyLines = 0
            }
            if isLast { break }
            isFirst = false
            line = lines.popFirst()
        }
        return whole
    }

    private static func unzipped(_ data: Data) -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc"]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        guard (try? process.run()) != nil else { return [] }
        // A few kilobytes: less than a pipe holds.
        try? input.fileHandleForWriting.write(contentsOf: data)
        try? input.fileHandleForWriting.close()
        let unzipped = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](unzipped)
    }
}
