import Domain
import Foundation
import TestSupport
import Testing

@testable import Store

@Suite struct RequestCopiesTests {
    private let folder: TemporaryFolder
    private let copies: RequestCopies

    init() throws {
        folder = try TemporaryFolder()
        copies = try RequestCopies(folder: folder.path + "/capture/requests")
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path + "/capture/requests").sorted() }
    }

    @Test func `a body comes back by its hash, and is the user's alone`() throws {
        let name = try copies.keep(Array("abc".utf8))
        #expect(name == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(copies.body(named: name) == Array("abc".utf8))
        let path = folder.path + "/capture/requests"
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o700)
        let mode = try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test func `the same body is kept once, and a body that was changed is none`() throws {
        let name = try copies.keep([1, 2, 3])
        #expect(try copies.keep([1, 2, 3]) == name)
        #expect(try names == [name])
        try folder.write([9], to: "capture/requests/" + name)
        #expect(copies.body(named: name) == nil)
        #expect(copies.body(named: "../x") == nil)
    }

    @Test func `a body goes when its time is up, one that was sent again later`() throws {
        let (old, again, new) = (try copies.keep([1]), try copies.keep([2]), try copies.keep([3]))
        for name in [old, again] { try folder.touch("capture/requests/" + name, at: 1000) }
        try folder.write([7], to: "capture/requests/unfinished-1-1")
        try folder.touch("capture/requests/unfinished-1-1", at: 1000)
        _ = try copies.keep([2])
        copies.remove(keptBefore: Timestamp(milliseconds: 2_000_000))
        #expect(try names == [again, new].sorted())
    }

    @Test func `bodies kept at once are all whole`() async throws {
        let copies = copies
        let kept = try await withThrowingTaskGroup(of: (String, UInt8).self) { group in
            for number in 0..<40 as Range<UInt8> {
                group.addTask { (try copies.keep([UInt8](repeating: number % 10, count: 100_000)), number % 10) }
            }
            return try await group.reduce(into: [String: UInt8]()) { $0[$1.0] = $1.1 }
        }
        #expect(kept.count == 10)
        for (name, byte) in kept { #expect(copies.body(named: name) == [UInt8](repeating: byte, count: 100_000)) }
        #expect(try names == kept.keys.sorted())
    }
}
