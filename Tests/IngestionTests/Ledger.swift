import Domain
import Store
import TestSupport

@testable import Ingestion

/// All that a store shows, in an order of its own, to compare what different ways of reading come to.
struct Ledger: Equatable {
    struct Entry: Hashable {
        var session: SessionID
        var thread: ThreadID
        var project: String
        var isHeadless: Bool
        var call: Call
        var tools: [String]
    }

    struct Step: Hashable {
        var call: CallKey
        var isContext: Bool
        var arrivals: [Arrival]
        var tools: [ToolCall]
    }

    struct Thread: Hashable {
        var id: ThreadID
        var steps: [Step]
        var trailing: [Arrival]
    }

    struct SkippedPart: Hashable {
        /// The file's name without its folders.
        var file: String
        var line: Int
        var reason: String
    }

    var entries: [Entry] = []
    var sessions: [SessionID: [Thread]] = [:]
    var projects: [SessionID: String] = [:]
    var skipped: [SkippedPart] = []

    init(_ store: Store) throws {
        try store.forEachCall(withTools: true) { entry in
            entries.append(
                Entry(
                    session: entry.session,
                    thread: entry.thread,
                    project: entry.project,
                    isHeadless: entry.isHeadless,
                    call: entry.call,
                    tools: entry.tools
                )
            )
        }
        entries.sort { ($0.call.id, $0.call.key.request) < ($1.call.id, $1.call.key.request) }
        try store.forEachSession { session in
            projects[session.id] = session.project
            sessions[session.id] = session.threads.map { thread in
                Thread(
                    id: thread.id,
                    steps: thread.steps.map { step in
                        Step(
                            call: step.call.key,
                            isContext: step.isContext,
                            arrivals: step.arrivals,
                            tools: step.toolCalls
                        )
                    },
                    trailing: thread.trailing
                )
            }
        }
        skipped = try store.skippedLines().map { skipped in
            SkippedPart(
                file: skipped.file.split(separator: "/").last.map(String.init) ?? "",
                line: skipped.line.line,
                reason: skipped.line.reason
            )
        }
    }

    /// Where it says something else than another, in short.
    func differences(from other: Ledger) -> [String] {
        var differences: [String] = []
        if calls.map(\.id) != other.calls.map(\.id) { differences.append("calls \(calls.map(\.id))") }
        for (entry, expected) in zip(entries, other.entries) where entry != expected {
            differences.append("\(entry) and not \(expected)")
        }
        if sessions != other.sessions { differences.append("sessions \(sessions)") }
        if projects != other.projects { differences.append("projects \(projects)") }
        if skipped != other.skipped { differences.append("skipped lines \(skipped)") }
        return differences
    }

    var calls: [Call] { entries.map(\.call) }
    var usage: Usage { calls.reduce(.zero) { $0 + $1.billedUsage } }
    /// Ids of calls, by the session that owns them.
    var owned: [String: [String]] { Dictionary(grouping: entries, by: \.session.name).mapValues { $0.map(\.call.id) } }
    var reasons: [String] { skipped.map(\.reason) }
}

/// A home folder with Claude Code logs in it, and the store they go to.
struct ClaudeHome {
    let folder: TemporaryFolder
    let store: Store

    init(folder: TemporaryFolder? = nil, store: Store? = nil) throws {
        self.folder = try folder ?? TemporaryFolder()
        self.store = try store ?? Store.inMemory()
    }

    /// A session file's path below the home.
    static func file(_ name: String) -> String { ".claude/projects/p/" + name + ".jsonl" }

    func write(_ text: String, to name: String = "s1") throws { try folder.write(text, to: ClaudeHome.file(name)) }
    func write(_ bytes: [UInt8], to name: String = "s1") throws { try folder.write(bytes, to: ClaudeHome.file(name)) }

    func path(_ name: String = "s1") -> String { folder.path + "/" + ClaudeHome.file(name) }

    var discovery: Discovery {
        Discovery(sources: [ClaudeCodeLogs()], in: Places(home: folder.path, environment: [:]))
    }

    /// Reads what is new into the store.
    @discardableResult
    func ingest(
        _ discovery: Discovery? = nil,
        as source: any LogSource = ClaudeCodeLogs(),
        workers: Int = 1
    ) async throws -> Ingestor.Progress {
        let store = store
        return try await Ingestor(sources: [source], workers: workers)
            .run(
                discovery ?? self.discovery,
                since: try store.checkpoints(),
                pack: { PackedUpdate($0) },
                keep: { try store.keep($0) }
            )
    }

    var ledger: Ledger {
        get throws { try Ledger(store) }
    }
}
