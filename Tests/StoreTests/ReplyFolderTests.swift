import Domain
import Foundation
import Store
import TestSupport
import Testing

@Suite struct ReplyFolderTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/replays/study" }

    init() throws { folder = try TemporaryFolder() }

    @Test func `a reply comes back, and is the user's alone`() throws {
        let replies = try ReplyFolder(folder: path)
        try replies.begin("a", mayCost: Money(nanoUSD: 7))
        try replies.keep(Array("reply".utf8), named: "a")
        #expect(replies.reply(named: "a") == Array("reply".utf8))
        #expect(replies.reply(named: "b") == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: path + "/a")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try ReplyFolder(folder: path).lost == .zero)
    }

    @Test func `what was under way when a run was killed counts as paid, from then on`() throws {
        try ReplyFolder(folder: path).begin("a", mayCost: Money(nanoUSD: 7))
        #expect(try ReplyFolder(folder: path).lost == Money(nanoUSD: 7))
        let again = try ReplyFolder(folder: path)
        try again.begin("a", mayCost: Money(nanoUSD: 7))
        try again.keep([1], named: "a")
        #expect(try ReplyFolder(folder: path).lost == Money(nanoUSD: 7))
    }

    @Test func `a request that cost nothing leaves nothing`() throws {
        let replies = try ReplyFolder(folder: path)
        try replies.begin("a", mayCost: Money(nanoUSD: 7))
        replies.forget("a")
        #expect(try ReplyFolder(folder: path).lost == .zero)
    }
}
