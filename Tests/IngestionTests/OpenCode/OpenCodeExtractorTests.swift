import Domain
import Foundation
import GRDB
import JSONText
import Testing

@testable import Ingestion

@Suite struct OpenCodeExtractorTests {
    private let source = OpenCodeLogs()

    private static let reply = """
        "role":"assistant","modelID":"claude-sonnet-4-5","providerID":"anthropic","agent":"build","cost":0.25,\
        "path":{"cwd":"/code/app"},"finish":"tool-calls","time":{"created":1767261601000,"completed":1767261609000},\
        "tokens":{"input":10,"output":20,"reasoning":5,"cache":{"read":30,"write":40}}
        """
    private static let prompt = #""role":"user","time":{"created":1767261600000},"summary":{"title":"x"}"#
    private static let promptPart = #"{"type":"text","text":"fix it"}"#
    private static let parts = [
        #"{"type":"reasoning","text":"hm"}"#,
        #"{"type":"tool","callID":"t1","tool":"read","state":{"status":"error","input":{"filePath":"/a"},"error":"no such file","time":{"start":1,"end":1767261605000}}}"#,
        #"{"type":"step-finish","cost":0.25,"tokens":{"input":10,"output":20,"reasoning":5,"cache":{"read":30,"write":40}}}"#,
    ]

    private static let export = """
        {"info":{"id":"ses_1","directory":"/code/app","time":{"created":1767261500000}},"messages":[
          {"info":{"id":"msg_1","sessionID":"ses_1",\(prompt)},"parts":[\(promptPart)]},
          {"info":{"id":"msg_2","sessionID":"ses_1",\(reply)},"parts":[\(parts.joined(separator: ","))]}]}
        """
    private static let file = #"{"id":"msg_2","sessionID":"ses_1",\#(reply)}"#

    @Test func `reasoning comes on top of the output`() {
        let run = ExtractorRun(document: OpenCodeExtractorTests.export, of: source)
        #expect(
            run.calls.map(\.usage) == [
                Usage(
                    inputTokens: 10,
                    outputTokens: 25,
                    cacheReadTokens: 30,
                    cacheWrite5mTokens: 40,
                    reasoningTokens: 5
                )
            ]
        )
        #expect(run.calls.map(\.loggedCost) == [Money(approximatingUSD: 0.25)])
        #expect(run.calls.map(\.stopReason) == [.toolUse])
        #expect(run.strands.map(\.project) == ["/code/app"])
        #expect(run.arrivals.map(\.kind) == [.prompt, .toolResult])
        #expect(run.arrivals.last?.isError == true)
        #expect(run.toolCalls.map(\.targetHash) == [stableHash("/a")])
    }

    @Test func `export, file and database give the same keys`() throws {
        let path = try database { db in
            try insert("msg_1", OpenCodeExtractorTests.prompt, [OpenCodeExtractorTests.promptPart], into: db)
            try insert("msg_2", OpenCodeExtractorTests.reply, OpenCodeExtractorTests.parts, into: db)
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let export = ExtractorRun(document: OpenCodeExtractorTests.export, of: source)
        let file = ExtractorRun(document: OpenCodeExtractorTests.file, of: source)
        let database = try read(path)
        #expect(export.calls.map(\.key) == file.calls.map(\.key))
        #expect(export.calls.map(\.key) == database.calls.map(\.key))
        #expect(export.toolCalls == database.toolCalls)
        #expect(export.arrivals.map(\.contentHash) == database.arrivals.map(\.contentHash))
        #expect(export.strands.map(\.session) == database.strands.map(\.session))
    }

    @Test func `one message of several requests is several calls`() {
        let steps = [20, 30].map {
            #"{"type":"step-finish","cost":0.1,"tokens":{"input":\#($0),"output":1,"reasoning":0,"cache":{"read":0,"write":0}}}"#
        }
        let message =
            #""role":"assistant","modelID":"m","cost":0.2,"time":{"created":1767261601000,"completed":1767261602000},"tokens":{"input":30,"output":1,"reasoning":0,"cache":{"read":0,"write":0}}"#
        let run = ExtractorRun(
            document:
                #"{"info":{"id":"s"},"messages":[{"info":{\#(message)},"parts":[\#(steps.joined(separator: ","))]}]}"#,
            of: source
        )
        #expect(run.calls.map(\.usage.inputTokens) == [20, 30])
        let file = ExtractorRun(document: "{\(message)}", of: source)
        #expect(file.calls.map(\.key) == [run.calls[1].key])
    }

    @Test func `a fork's copies carry the same keys and yield`() {
        let fork = OpenCodeExtractorTests.export
            .replacing("ses_1", with: "ses_9").replacing("msg_", with: "msg_9")
            .replacing(#""created":1767261500000"#, with: #""created":1767269999000"#)
        let original = ExtractorRun(document: OpenCodeExtractorTests.export, of: source)
        let copy = ExtractorRun(document: fork, of: source)
        #expect(copy.calls.map(\.key) == original.calls.map(\.key))
        #expect(copy.strands.map(\.isEcho) == [true])
    }

    @Test func `a cost of zero is a plan's, not a price`() {
        let free = OpenCodeExtractorTests.file.replacing("0.25", with: "0")
        #expect(ExtractorRun(document: free, of: source).calls.map(\.loggedCost) == [nil])
    }

    @Test func `child sessions are threads of the session at the top`() throws {
        let path = try database { db in
            try db.execute(sql: "INSERT INTO session VALUES ('ses_2', 'ses_1', '/code/app', 1)")
            try db.execute(sql: "INSERT INTO session VALUES ('ses_3', 'ses_2', '/code/app', 1)")
            try insert("msg_2", OpenCodeExtractorTests.reply, [], session: "ses_3", into: db)
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let run = try read(path)
        #expect(run.strands.map(\.session.name) == ["ses_1"])
        #expect(run.strands.map(\.thread) == [ThreadID(kind: .subagent, name: "ses_3")])
        #expect(run.strands.map(\.agentType) == ["build"])
    }

    @Test func `a database is read on from where it was left, once each`() throws {
        let path = try database { db in
            try insert("msg_1", OpenCodeExtractorTests.prompt, [OpenCodeExtractorTests.promptPart], into: db)
            let open = OpenCodeExtractorTests.reply.replacing(#","completed":1767261609000"#, with: "")
                .replacing(#""finish":"tool-calls","#, with: "").replacing(#""input":10"#, with: #""input":0"#)
                .replacing(#""output":20,"reasoning":5"#, with: #""output":0,"reasoning":0"#)
                .replacing(#""read":30,"write":40"#, with: #""read":0,"write":0"#)
            try insert("msg_2", open, OpenCodeExtractorTests.parts, into: db)
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = try read(path)
        #expect(first.calls.isEmpty, "a response that is not complete is none yet")
        #expect(first.arrivals.count == 1)
        try DatabaseQueue(path: path).write { db in
            try db.execute(
                sql: "UPDATE message SET data = ?, time_updated = 1767261609000 WHERE id = 'msg_2'",
                arguments: ["{\(OpenCodeExtractorTests.reply)}"]
            )
            // Titles are written to a prompt long after it was sent.
            try db.execute(sql: "UPDATE message SET time_updated = 1767261700000 WHERE id = 'msg_1'")
        }
        let second = try read(path, resuming: first.state)
        #expect(second.calls.count == 1)
        #expect(second.arrivals.map(\.kind) == [.toolResult])
        let third = try read(path, resuming: second.state)
        #expect(third.strands.isEmpty)
    }

    @Test func `a database that only has messages is read too, what it cannot say left empty`() throws {
        let path = NSTemporaryDirectory() + "opencode-\(UUID().uuidString).db"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try DatabaseQueue(path: path).write { db in
            try db.execute(sql: "CREATE TABLE message (id TEXT, session_id TEXT, data TEXT)")
            try db.execute(
                sql: "INSERT INTO message VALUES ('m', 'ses_1', ?), ('n', NULL, 'no json'), (NULL, NULL, NULL)",
                arguments: ["{\(OpenCodeExtractorTests.reply)}"]
            )
        }
        let run = try read(path)
        #expect(run.calls.map(\.usage.outputTokens) == [25])
        #expect(run.strands.map(\.project) == ["/code/app"])
        #expect(run.reasons == ["message n: no JSON", "message : no JSON"])
    }

    @Test func `a database that is being written to is read meanwhile`() throws {
        let path = NSTemporaryDirectory() + "opencode-\(UUID().uuidString).db"
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        let pool = try DatabasePool(path: path)
        try pool.write { db in
            try db.execute(sql: "CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, data TEXT)")
            try db.execute(
                sql: "INSERT INTO message VALUES ('m', 'ses_1', ?)",
                arguments: ["{\(OpenCodeExtractorTests.reply)}"]
            )
        }
        try pool.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                try db.execute(sql: "DELETE FROM message")
                #expect(try read(path).calls.count == 1, "what is not committed is not seen")
                return .rollback
            }
        }
    }

    @Test func `what is no database of OpenCode's is no trouble`() throws {
        let path = NSTemporaryDirectory() + "opencode-\(UUID().uuidString).db"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE other (x)") }
        #expect(try read(path).strands.isEmpty)
        try Data("not a database".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: (any Error).self) { try read(path) }
    }

    @Test(arguments: ["7", "[]", "{}", #"{"messages":7,"info":[]}"#, #"{"role":"assistant","tokens":{"input":-1}}"#])
    func `other documents hold no calls`(text: String) {
        #expect(ExtractorRun(document: text, of: source).calls.isEmpty)
    }

    @Test func `only messages, exports and databases are read`() {
        #expect(source.layout(of: "opencode.db", under: "") == .database)
        #expect(source.layout(of: "opencode-beta.db", under: "") == .database)
        #expect(source.layout(of: "storage/message/ses_1/msg_1.json", under: "") == .document)
        #expect(source.layout(of: "project/x/storage/session/message/ses_1/msg_1.json", under: "") == .document)
        #expect(source.layout(of: "export.json", under: "") == .document)
        #expect(source.layout(of: "storage/part/msg_1/prt_1.json", under: "") == nil)
        #expect(source.layout(of: "opencode.db-wal", under: "") == nil)
    }

    // A database laid out as OpenCode's own.

    private func database(_ fill: (Database) throws -> Void) throws -> String {
        let path = NSTemporaryDirectory() + "opencode-\(UUID().uuidString).db"
        try DatabaseQueue(path: path).write { db in
            try db.execute(
                sql: """
                    CREATE TABLE session (id TEXT PRIMARY KEY, parent_id TEXT, directory TEXT, time_created INTEGER);
                    CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT);
                    CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT, session_id TEXT, data TEXT);
                    INSERT INTO session VALUES ('ses_1', NULL, '/code/app', 1767261500000);
                    """
            )
            try fill(db)
        }
        return path
    }

    private func insert(
        _ id: String,
        _ data: String,
        _ parts: [String],
        session: String = "ses_1",
        into db: Database
    ) throws {
        try db.execute(
            sql: "INSERT INTO message VALUES (?, ?, 1767261600000, 1767261601000, ?)",
            arguments: [id, session, "{\(data)}"]
        )
        for (number, part) in parts.enumerated() {
            try db.execute(
                sql: "INSERT INTO part VALUES (?, ?, ?, ?)",
                arguments: ["prt_\(id)_\(number)", id, session, part]
            )
        }
    }

    private func read(_ path: String, resuming state: [UInt8] = []) throws -> ExtractorRun {
        try ExtractorRun(database: path, of: source, resuming: state)
    }
}
