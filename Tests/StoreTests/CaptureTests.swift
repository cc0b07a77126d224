import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite struct CaptureTests {
    private let folder: TemporaryFolder
    private let capture: Capture
    private var path: String { folder.path + "/log.jsonl" }

    init() throws {
        folder = try TemporaryFolder()
        capture = try Capture(folder: folder.path + "/capture", pieceSize: 16)
    }

    private func keep(_ text: String, modified: Int64 = 1) throws {
        try folder.write(text, to: "log.jsonl")
        try capture.keep([Capture.Log(path: path, size: Int64(text.utf8.count), modified: modified)])
    }

    private func copies(_ range: Range<Int>) throws -> [String] {
        try capture.copies(of: path, at: Int64(range.lowerBound), count: range.count)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private var pieces: Set<String> {
        get throws { Set(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/capture/pieces")) }
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
    func `pieces are named by what sha256sum says`(text: String, name: String) {
        #expect(contentName(of: Array(text.utf8)) == name)
    }

    @Test(arguments: 1...49) func `a log of any size is kept to the byte`(size: Int) throws {
        let text = String((0..<size).map { Character(UnicodeScalar(UInt8(0x30 + $0))) })
        try keep(text)
        try FileManager.default.removeItem(atPath: path)
        #expect(try copies(0..<size) == [text])
        #expect(try copies(0..<size + 1) == [])
        for start in 0..<size { #expect(try copies(start..<start + 1) == [String(Array(text)[start])]) }
    }

    @Test func `growth keeps whole pieces and writes the last one again`() throws {
        try keep("0123456789abcdefgh")
        let before = try pieces
        try keep("0123456789abcdefghij", modified: 2)
        let after = try pieces
        #expect(before.count == 2)
        #expect(after.count == 2)
        #expect(before.intersection(after).count == 1)
        #expect(try copies(0..<20) == ["0123456789abcdefghij"])
    }

    @Test func `logs that begin alike share pieces, and one's end leaves the other's alone`() throws {
        try folder.write("0123456789abcdef", to: "other.jsonl")
        try keep("0123456789abcdef", modified: 1)
        try capture.keep([Capture.Log(path: folder.path + "/other.jsonl", size: 16, modified: 5_000_000)])
        #expect(try pieces.count == 1)
        try capture.remove(writtenBefore: .init(milliseconds: 5))
        #expect(try copies(0..<16) == [])
        #expect(try capture.copies(of: folder.path + "/other.jsonl", at: 0, count: 16).count == 1)
        try capture.remove(writtenBefore: .init(milliseconds: 6))
        #expect(try pieces.isEmpty)
    }

    @Test func `a rewritten log is kept beside what it was`() throws {
        try keep("0123456789abcdefgh", modified: 1)
        try keep("0123456789ABCDEFGHIJ", modified: 2)
        #expect(try copies(10..<18) == ["ABCDEFGH", "abcdefgh"])
        try keep("short", modified: 3)
        #expect(try copies(0..<5) == ["short", "01234", "01234"])
    }

    @Test func `a log that is gone or shorter than it was is kept as far as it goes`() throws {
        try capture.keep([Capture.Log(path: folder.path + "/nowhere", size: 10, modified: 1)])
        try folder.write("0123456789", to: "log.jsonl")
        try capture.keep([Capture.Log(path: path, size: 40, modified: 1)])
        #expect(try copies(0..<10) == ["0123456789"])
        #expect(try copies(0..<11) == [])
        #expect(try pieces.count == 1)
    }

    @Test func `a piece that somebody took away is missing, not wrong`() throws {
        try keep("0123456789abcdefgh")
        for piece in try pieces { try folder.remove("capture/pieces/" + piece) }
        #expect(try copies(0..<4) == [])
    }

    @Test func `an index of a newer version is refused`() throws {
        try capture.index.write { try $0.execute(sql: "PRAGMA user_version = 2") }
        let path = folder.path + "/capture/index.sqlite"
        #expect(throws: StoreError.newerVersion(path: path)) { try Capture(folder: folder.path + "/capture") }
    }
}
