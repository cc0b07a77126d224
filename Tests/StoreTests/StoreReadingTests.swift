import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

/// A store that is opened only to look.
@Suite struct StoreReadingTests {
    @Test func `where there is none, none is made`() throws {
        let folder = try TemporaryFolder()
        #expect(try Store(reading: folder.path) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `it sees what another keeps, and that something has changed`() throws {
        let folder = try TemporaryFolder()
        let writer = try Store(folder: folder.path)
        let reader = try #require(try Store(reading: folder.path))
        let before = try reader.state()
        #expect(try reader.newestCall() == nil)
        #expect(try reader.state() == before)
        try writer.keep([.sample("/logs/a", .sample(calls: [.sample(1)]))])
        #expect(try reader.state() != before)
        #expect(try reader.newestCall() == .sample(0))
    }

    @Test func `it does not wait for one that writes`() throws {
        let folder = try TemporaryFolder()
        let writer = try Store(folder: folder.path)
        try writer.keep([.sample("/logs/a", .sample(calls: [.sample(1)]))])
        try writer.write { db in
            try db.execute(sql: "DELETE FROM page")
            #expect(try Store(reading: folder.path)?.newestCall() == .sample(0))
        }
    }

    @Test func `it cannot write`() throws {
        let folder = try TemporaryFolder()
        _ = try Store(folder: folder.path)
        let reader = try #require(try Store(reading: folder.path))
        #expect(throws: StoreError.self) { try reader.keep([.sample("/logs/a", .sample(calls: [.sample(1)]))]) }
    }

    @Test func `a database that was only begun is brought up first`() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "suffice.sqlite")
        #expect(try Store(reading: folder.path)?.newestCall() == nil)
    }

    @Test func `one of a newer version, or none at all, is refused`() throws {
        let folder = try TemporaryFolder()
        do {
            let store = try Store(folder: folder.path)
            try store.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999 from the future')") }
        }
        let path = folder.path + "/suffice.sqlite"
        #expect(throws: StoreError.newerVersion(path: path)) { try Store(reading: folder.path) }
        let other = try TemporaryFolder()
        try other.write(String(repeating: "no database ", count: 500), to: "suffice.sqlite")
        #expect(throws: StoreError.notADatabase(path: other.path + "/suffice.sqlite")) {
            try Store(reading: other.path)
        }
    }
}
