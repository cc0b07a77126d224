internal import Domain
internal import JSONText

/// Who a rollout file belongs to, and whose records it replays.
///
/// A forked or spawned thread's file begins with its own `session_meta`, then may repeat its parent's records, with new
/// timestamps or the old ones, before its own begin.
struct CodexThread {
    private(set) var id = ""
    private(set) var session = ""
    private(set) var isSubagent = false
    private(set) var agentType: String?
    private(set) var isHeadless = false
    /// A provider other than OpenAI, so that no ChatGPT plan can pay.
    private(set) var hasOwnProvider = false
    var project = ""
    /// Calls of this thread and of every copy of it are told apart under this hash where turns have no id of their own.
    private var lineage: UInt64 = 0
    private var parent: UInt64 = 0
    /// Some records may be copies of another thread's.
    private(set) var mayReplay = false
    /// When the thread was made, by the time in its id.
    private var created: Int64?
    /// When the file was begun.
    private var begun: Int64?

    init() {}

    /// A file whose head is missing still names its thread.
    init(fileStem stem: String) {
        let tail = String(stem.suffix(36))
        let isUnique = CodexTurn(tail).isUnique
        id = isUnique ? tail : stem
        session = id
        created = CodexTurn(id).created
        if isUnique { lineage = stableHash(id) }
    }

    /// Neither a record nor the file's name says which thread this is.
    var isNameless: Bool { lineage == 0 }

    var sessionID: SessionID { SessionID(agent: .codex, name: session) }

    var threadID: ThreadID {
        guard isSubagent else { return .main }
        return ThreadID(kind: agentType == "compact" ? .compaction : .subagent, name: id)
    }

    /// How the calls are paid for where no plan is named.
    var billingWithoutPlan: Billing { hasOwnProvider ? .api : .unknown }

    /// Takes in a `session_meta`: the first says whose file it is, a later one whose records follow.
    mutating func read(_ meta: CodexPayload, isFirst: Bool, time: Timestamp?) {
        let source = meta.source.map { CodexSource($0) } ?? CodexSource()
        let name = meta.id?.nonEmptyString ?? id
        let parentName = meta.parentThread?.nonEmptyString ?? source.parent
        let forkedFrom = meta.forkedFrom?.nonEmptyString
        if !isFirst {
            if name != id { mayReplay = true }
            lineage = stableHash(forkedFrom ?? name)
            return
        }
        id = name
        isSubagent = source.isSubagent || meta.threadSource?.is("subagent") == true
        agentType = source.agentType
        isHeadless =
            source.isExec || meta.originator?.is("codex_exec") == true
            || meta.originator?.starts(with: "codex_sdk") == true
        session = name
        if isSubagent { session = meta.session?.nonEmptyString ?? parentName ?? name }
        if isSubagent, session == name, let parentName { session = parentName }
        project = meta.cwd?.string ?? ""
        hasOwnProvider = meta.provider.map { $0.count > 0 && !$0.is("openai") } ?? false
        lineage = stableHash(forkedFrom ?? name)
        parent = (forkedFrom ?? parentName).map { stableHash($0) } ?? 0
        mayReplay = forkedFrom != nil || parentName != nil
        created = CodexTurn(name).created
        begun = time?.milliseconds
    }

    /// Whether a record is a copy of the parent's.
    func isReplayed(_ turn: CodexTurn, time: Timestamp) -> Bool {
        guard mayReplay else { return false }
        if let started = turn.created, let created { return started < created }
        // Replays are written in one go, at the fork's own time or with the times of old.
        guard let begun else { return false }
        return time.milliseconds <= begun + CodexThread.replayMilliseconds
    }

    private static let replayMilliseconds: Int64 = 2000

    /// The hash under which a response without a turn of its own is told apart.
    func origin(isReplayed: Bool) -> UInt64 {
        isReplayed && lineage == stableHash(id) && parent != 0 ? parent : lineage
    }
}

/// `source` of a `session_meta`: what started the thread.
struct CodexSource {
    var isExec = false
    var isSubagent = false
    var agentType: String?
    var parent: String?

    init() {}

    init(_ raw: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(raw)
        if scanner.nextKind() == .string {
            isExec = scanner.text()?.is("exec") ?? false
            return
        }
        var read = CodexSource()
        scanner.eachField { key, scanner in
            guard key.is("subagent") || key.is("sub_agent") else { return scanner.skipValue() }
            read.isSubagent = true
            read.readSubagent(&scanner)
        }
        self = read
    }

    /// A name such as `review`, or an object with one key: `thread_spawn` or `other`.
    private mutating func readSubagent(_ scanner: inout JSONScanner) {
        if scanner.nextKind() == .string {
            agentType = scanner.text()?.nonEmptyString
            return
        }
        var read = self
        scanner.eachField { key, scanner in
            if key.is("thread_spawn") {
                scanner.eachField { key, scanner in
                    switch key.count {
                    case 10 where key.is("agent_role"):
                        read.agentType = scanner.text()?.nonEmptyString ?? read.agentType
                    case 10 where key.is("agent_type"):
                        read.agentType = scanner.text()?.nonEmptyString ?? read.agentType
                    case 16 where key.is("parent_thread_id"): read.parent = scanner.text()?.nonEmptyString
                    default: scanner.skipValue()
                    }
                }
            } else if key.is("other") {
                read.agentType = scanner.text()?.nonEmptyString
            } else {
                scanner.skipValue()
            }
        }
        self = read
    }
}

/// The turn that records belong to, by its id.
struct CodexTurn: Equatable {
    private(set) var hash: UInt64 = 0
    /// The id is a UUID; older versions count turns from 0 in each process.
    private(set) var isUnique = false
    /// Milliseconds since 1970 in an id of version 7.
    private(set) var created: Int64?

    init() {}

    init(_ id: String) {
        var id = id
        self = id.withUTF8 { CodexTurn(UnsafeRawBufferPointer($0)) }
    }

    init(_ id: UnsafeRawBufferPointer) {
        hash = stableHash(id)
        guard id.count == 36 else { return }
        var time: Int64 = 0
        for (place, byte) in id.enumerated() {
            if place == 8 || place == 13 || place == 18 || place == 23 {
                guard byte == UInt8(ascii: "-") else { return }
                continue
            }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return }
            if place < 13 { time = time << 4 | Int64(digit) }
        }
        isUnique = true
        if id[14] == UInt8(ascii: "7") { created = time }
    }
}

extension CodexThread {
    func write(to state: inout ResumeStateWriter) {
        state.write(id)
        state.write(session)
        state.write(isSubagent)
        state.write(agentType)
        state.write(isHeadless)
        state.write(hasOwnProvider)
        state.write(project)
        state.write(lineage)
        state.write(parent)
        state.write(mayReplay)
        state.write(created.map { UInt64(bitPattern: $0) })
        state.write(begun.map { UInt64(bitPattern: $0) })
    }

    init(from state: inout ResumeStateReader) {
        id = state.text()
        session = state.text()
        isSubagent = state.flag()
        agentType = state.optionalText()
        isHeadless = state.flag()
        hasOwnProvider = state.flag()
        project = state.text()
        lineage = state.number()
        parent = state.number()
        mayReplay = state.flag()
        created = state.optionalNumber().map { Int64(bitPattern: $0) }
        begun = state.optionalNumber().map { Int64(bitPattern: $0) }
    }
}

extension CodexTurn {
    func write(to state: inout ResumeStateWriter) {
        state.write(hash)
        state.write(isUnique)
        state.write(created.map { UInt64(bitPattern: $0) })
    }

    init(from state: inout ResumeStateReader) {
        hash = state.number()
        isUnique = state.flag()
        created = state.optionalNumber().map { Int64(bitPattern: $0) }
    }
}
