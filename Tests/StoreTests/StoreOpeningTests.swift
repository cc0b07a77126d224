import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite struct StoreOpeningTests {
    private func file(_ folder: TemporaryFolder) -> String { folder.path + "/suffice.sqlite" }

    @Test func `a new store is the user's alone, and keeps what it is given`() throws {
        let folder = try TemporaryFolder()
        let inner = folder.path + "/not/there/yet"
        do { try Store(folder: inner).keep([.sample("/logs/a", .sample(calls: [.sample(1)]))]) }
        let attributes = try FileManager.default.attributesOfItem(atPath: inner + "/suffice.sqlite")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.attributesOfItem(atPath: inner)[.posixPermissions] as? Int == 0o700)
        let again = try Store(folder: inner)
        #expect(try again.newestCall() == .sample(0))
        #expect(try again.checkpoints().map(\.path) == ["/logs/a"])
    }

    @Test func `a store in memory is empty and its own`() throws {
        let store = try Store.inMemory()
        try store.keep([.sample("/logs/a", .sample(calls: [.sample(1)]))])
        #expect(try store.newestCall() != nil)
        #expect(try Store.inMemory().newestCall() == nil)
    }

    @Test func `a database of a newer version is refused and left as it is`() throws {
        let folder = try TemporaryFolder()
        do {
            let store = try Store(folder: folder.path)
            try store.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999 from the future')") }
        }
        #expect(throws: StoreError.newerVersion(path: file(folder))) { try Store(folder: folder.path) }
        #expect(throws: StoreError.newerVersion(path: file(folder))) { try Store(folder: folder.path) }
    }

    @Test(arguments: ["this is a text", String(repeating: "no database at all ", count: 5000)])
    func `a file that is no database is refused and left as it is`(text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "suffice.sqlite")
        #expect(throws: StoreError.notADatabase(path: file(folder))) { try Store(folder: folder.path) }
        #expect(try String(contentsOfFile: file(folder), encoding: .utf8) == text)
    }

    @Test func `a folder that cannot be made is named`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a file", to: "file")
        let path = folder.path + "/file/store"
        #expect {
            try Store(folder: path)
        } throws: { error in
            guard case .cannotOpen(path + "/suffice.sqlite", _) = error as? StoreError else { return false }
            return "\(error)".contains("SUFFICE_DATA")
        }
    }

    @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
    func `a folder that cannot be written is named`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path) }
        #expect {
            try Store(folder: folder.path)
        } throws: { error in
            if case .cannotOpen = error as? StoreError { true } else { false }
        }
    }

    @Test func `on a full disk what was kept stays, and nothing is kept by half`() throws {
        let folder = try TemporaryFolder()
        let store = try Store(folder: folder.path)
        try store.keep([.sample("/logs/a", .sample(calls: [.sample(1)]))])
        try store.write { try $0.execute(sql: "PRAGMA max_page_count = 1") }
        let much = (0..<5000 as Range<UInt64>).map { Call.sample($0 + 2) }
        #expect(throws: StoreError.diskFull(path: file(folder))) {
            try store.keep([
                .sample("/logs/b", .sample(calls: [.sample(2)])), .sample("/logs/c", .sample(calls: much)),
            ])
        }
        #expect(try store.checkpoints().map(\.path) == ["/logs/a"])
        #expect(try store.newestCall() == .sample(0))
    }

    /// The blobs are as the first form wrote them, of a session with a prompt, `ls` and its result.
    @Test func `a database from before pages told what tools were for is read on`() throws {
        let folder = try TemporaryFolder()
        do {
            let database = try DatabaseQueue(path: file(folder))
            try Migrations.all.migrate(database, upTo: "1 sources and pages")
            try database.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO source VALUES (1, 'claude-code', '/logs/s.jsonl', 1, 1, 1, 1, 3, 1, 1, x'');
                        INSERT INTO page VALUES (1, 1, 'claude-code', 's', '/code', 1793527201000, 1793527201000, 1, 0,
                            x'C35C2328EE5EF75E9E4CE03B02000000DFB701864CBD63AF0C00000000000000',
                            x'0100000000052F636F6465020001C35C2328EE5EF75E9E4CE03B056D73675F31D0F3E9E8B268010F636C617564652D\
                        6F7075732D342D3800020005070000000000109402BC02B7F912D1E4789AF7',
                            x'0174876C45D0FC348EC35C2328EE5EF75E9E4CE03B000442617368081078CBEDA85DA652A03CC88212AFE5BFDD',
                            x'020080E4E9E8B2680E0039D47F4D0620F7551014AE402158E6EEDD73C9FB1D1E7393A2C2928333733DD6ED4DF88F74\
                        39993C6AEC1F720059C75E8168A36BACA11E14B498109EB40A23D834A6D4C48A901D5B9800890105A01F050074876C\
                        45D0FC348E0FB138744B1D7DF7008E07B901299620FC69B67517');
                        """
                )
            }
        }
        var sessions: [Session] = []
        try Store(folder: folder.path).forEachSession { sessions.append($0) }
        let thread = try #require(sessions.first?.threads.first)
        let step = try #require(thread.steps.first)
        #expect(step.call.id == "msg_1" && step.call.usage.outputTokens == 7)
        #expect(step.toolCalls.map(\.name) == ["Bash"] && step.toolCalls.map(\.kind) == [.execute])
        #expect(step.toolCalls.map(\.action) == [.other] && step.toolCalls.map(\.command) == [""])
        #expect(step.arrivals.map(\.kind) == [.prompt] && thread.trailing.map(\.kind) == [.toolResult])
    }

    @Test func `two connections see what each other keeps`() throws {
        let folder = try TemporaryFolder()
        let stores = [try Store(folder: folder.path), try Store(folder: folder.path)]
        var counts: [Int] = []
        for round in 0..<4 as Range<UInt64> {
            // The same call each time, from another file: only the count of files changes.
            try stores[Int(round % 2)].keep([.sample("/logs/\(round)", .sample(calls: [.sample(1)]))])
            var count = 0
            try stores[Int((round + 1) % 2)].forEachCall { _ in count += 1 }
            counts.append(count)
        }
        #expect(counts == [1, 1, 1, 1])
    }

    @Test func `a checkpoint comes back as it was kept`() throws {
        let store = try Store.inMemory()
        let update = SourceUpdate.sample("/logs/é")
        try store.keep([update])
        #expect(try store.checkpoints() == [update.checkpoint])
    }

    /// A change of the schema needs a migration of its own; this text then changes with it.
    @Test func `the schema is what it was`() throws {
        let schema = try Store.inMemory().read { db in
            try String.fetchAll(db, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        }
        #expect(schema.joined(separator: "\n") == StoreOpeningTests.schema)
    }

    private static let schema = """
        CREATE TABLE exchange (
            id TEXT PRIMARY KEY,
            time INTEGER NOT NULL,
            isOver INTEGER NOT NULL,
            line BLOB NOT NULL
        ) STRICT
        CREATE INDEX exchangeByTime ON exchange (time)
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)
        CREATE TABLE page (
            id INTEGER PRIMARY KEY,
            sourceID INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
            agent TEXT NOT NULL,
            session TEXT NOT NULL,
            project TEXT NOT NULL,
            firstTime INTEGER NOT NULL,
            lastTime INTEGER NOT NULL,
            callCount INTEGER NOT NULL,
            isLeftover INTEGER NOT NULL,
            identities BLOB NOT NULL,
            calls BLOB NOT NULL,
            tools BLOB NOT NULL,
            arrivals BLOB NOT NULL
        , form INTEGER NOT NULL DEFAULT 1) STRICT
        CREATE INDEX pageBySession ON page (session, agent)
        CREATE INDEX pageBySource ON page (sourceID)
        CREATE TABLE rule (
            id TEXT PRIMARY KEY,
            finding TEXT NOT NULL,
            status TEXT NOT NULL,
            applied INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT
        CREATE INDEX ruleByFinding ON rule (finding)
        CREATE TABLE ruleEvent (
            id INTEGER PRIMARY KEY,
            ruleID TEXT NOT NULL,
            time INTEGER NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT
        CREATE INDEX ruleEventByRule ON ruleEvent (ruleID, time)
        CREATE TABLE skippedLine (
            sourceID INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (sourceID, line)
        ) STRICT, WITHOUT ROWID
        CREATE TABLE source (
            id INTEGER PRIMARY KEY,
            agent TEXT NOT NULL,
            path TEXT NOT NULL UNIQUE,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            "offset" INTEGER NOT NULL,
            lines INTEGER NOT NULL,
            tailHash INTEGER NOT NULL,
            extractorVersion INTEGER NOT NULL,
            state BLOB NOT NULL
        ) STRICT
        CREATE TABLE subagent (
            agent TEXT NOT NULL,
            session TEXT NOT NULL,
            thread TEXT NOT NULL,
            type TEXT NOT NULL,
            PRIMARY KEY (session, agent, thread)
        ) STRICT, WITHOUT ROWID
        CREATE TABLE verdict (
            study TEXT PRIMARY KEY,
            subject TEXT NOT NULL,
            time INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            model TEXT NOT NULL,
            target TEXT NOT NULL,
            steps INTEGER NOT NULL,
            agreement REAL,
            floor REAL,
            difference REAL,
            differenceLow REAL NOT NULL,
            differenceHigh REAL NOT NULL,
            extraCalls REAL NOT NULL,
            spentNanoUSD INTEGER NOT NULL,
            text TEXT NOT NULL
        ) STRICT
        CREATE INDEX verdictBySubject ON verdict (subject, time)
        """
}
