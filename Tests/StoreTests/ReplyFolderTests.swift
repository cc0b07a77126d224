import Domain
import Foundation
import Store
import TestSupport
import Testing

@Suite struct ReplyFolderTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/replays/study" }

    init() throws { folder = try TemporaryFolder() }

    /// Opens the folder, as a run would that ends with this.
    private func run<Outcome>(_ body: (ReplyFolder) throws -> Outcome) throws -> Outcome {
        try body(ReplyFolder(folder: path))
    }

    @Test func `a reply comes back, and is the user's alone`() throws {
        try run { replies in
            try replies.begin("a", mayCost: Money(nanoUSD: 7))
            try replies.keep(Array("reply".utf8), named: "a")
            #expect(replies.reply(named: "a") == Array("reply".utf8))
            #expect(replies.reply(named: "b") == nil)
        }
        let mode = try FileManager.default.attributesOfItem(atPath: path + "/a")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try run(\.lost) == .zero)
    }

    @Test func `what was under way when a run was killed counts as paid, from then on`() throws {
        try run { try $0.begin("a", mayCost: Money(nanoUSD: 7)) }
        #expect(try run(\.lost) == Money(nanoUSD: 7))
        try run { again in
            try again.begin("a", mayCost: Money(nanoUSD: 7))
            try again.keep([1], named: "a")
        }
        #expect(try run(\.lost) == Money(nanoUSD: 7))
    }

    @Test func `a request that cost nothing leaves nothing`() throws {
        try run { replies in
            try replies.begin("a", mayCost: Money(nanoUSD: 7))
            replies.forget("a")
        }
        #expect(try run(\.lost) == .zero)
    }

    @Test func `a study that runs is not run beside itself`() throws {
        try run { _ in
            #expect(throws: StoreError.busy(path: path)) { try ReplyFolder(folder: path) }
            // Another study is another folder.
            _ = try ReplyFolder(folder: path + "-2")
        }
        #expect(try run(\.lost) == .zero)
    }

    @Test(arguments: [(1, true), (-1, false)])
    func `studies that are older than replies are kept go with their pages`(hours: Int, isGone: Bool) throws {
        try run { try $0.keep([1], named: "a") }
        try Data("page".utf8).write(to: URL(fileURLWithPath: path + ".html"))
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        let oldest = Timestamp(milliseconds: now + Int64(hours) * 3_600_000)
        try ReplyFolder.remove(from: folder.path + "/replays", writtenBefore: oldest)
        #expect(FileManager.default.fileExists(atPath: path + "/a") != isGone)
        #expect(FileManager.default.fileExists(atPath: path + ".html") != isGone)
    }

    @Test func `a study that runs is not removed`() throws {
        try run { replies in
            try replies.keep([1], named: "a")
            try ReplyFolder.remove(from: folder.path + "/replays", writtenBefore: Timestamp(milliseconds: .max / 2))
            #expect(replies.reply(named: "a") == [1])
        }
    }
}
