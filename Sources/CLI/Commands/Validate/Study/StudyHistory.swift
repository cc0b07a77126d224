import Domain
import Foundation
import Ingestion
import Replay
import Store
import Synchronization

/// The recorded steps of a task, and the requests that led to them.
final class StudyHistory: Sendable {
    /// What the sampler may choose from.
    let population: [Sampler.Candidate]
    let fidelity: [Fidelity: Int]
    /// The log of each step.
    let files: [String: String]
    private let agents: [String: Agent]
    /// Bodies that the gateway kept, by the id of the reply.
    private let captured: [String: (name: String, format: APIFormat)]
    private let copies: RequestCopies?
    /// The installed agent's, where it was caught.
    let prompt: StandingPrompt?
    /// Of the steps whose prompt is not known, the agent's versions.
    let guessedVersions: Set<String>
    /// The log that was read last: steps come session by session.
    private let open = Mutex<(path: String, transcript: any RecordedConversation)?>(nil)

    /// Reads the logs of a task; steps whose requests can only be guessed are left out where others can be built.
    init(_ task: StudyTask, in bench: Workbench, with prompt: StandingPrompt? = nil) throws {
        self.prompt = prompt
        captured = try bench.capturedRequests(for: task)
        copies = captured.isEmpty ? nil : try? RequestCopies(folder: bench.requestFolder)
        var candidates: [(Sampler.Candidate, Fidelity)] = []
        var files: [String: String] = [:]
        var agents: [String: Agent] = [:]
        var guessed: Set<String> = []
        for (file, ids) in task.calls.sorted(by: { $0.key < $1.key }) {
            guard let session = task.sessions[file], let transcript = Self.transcript(at: file, of: session.agent)
            else { continue }
            agents[file] = session.agent
            for step in transcript.steps(of: session) where ids.contains(step.id) && step.model == task.model {
                // A call that several files show is one step.
                guard files[step.id] == nil else { continue }
                files[step.id] = file
                let fidelity = captured[step.id] != nil ? .exact : transcript.fidelity(of: step.id, with: prompt)
                if fidelity == .inferred {
                    let version = transcript.version(of: step.id) ?? "of no version"
                    guessed.insert("\(session.agent == .codex ? "Codex" : "Claude Code") \(version)")
                }
                candidates.append((Sampler.Candidate(step: step, stratum: Stratum(step)), fidelity))
            }
        }
        let known = candidates.filter { $0.1 != .inferred }
        let counted = known.isEmpty ? candidates : known
        population = counted.map(\.0)
        fidelity = Dictionary(grouping: counted, by: \.1).mapValues(\.count)
        self.files = files
        self.agents = agents
        guessedVersions = guessed
    }

    func request(for step: RecordedStep) -> RebuiltRequest? {
        if let kept = captured[step.id], let body = copies?.body(named: kept.name) {
            return RebuiltRequest(format: kept.format, body: body, fidelity: .exact)
        }
        guard let file = files[step.id] else { return nil }
        return open.withLock { open in
            if open?.path != file {
                open = agents[file].flatMap { Self.transcript(at: file, of: $0) }.map { (file, $0) }
            }
            return open?.transcript.rebuiltRequest(of: step.id, with: prompt) { contentName(of: $0) }
        }
    }

    /// Nil of a log that is gone, or of an agent whose logs cannot be read as conversations.
    private static func transcript(at path: String, of agent: Agent) -> (any RecordedConversation)? {
        guard agent == .claudeCode || agent == .codex, let log = FileManager.default.contents(atPath: path) else {
            return nil
        }
        return agent == .codex ? CodexTranscript(log: Array(log)) : ClaudeCodeTranscript(log: Array(log))
    }

    /// Whether requests are built in OpenAI's Responses.
    var isOfCodex: Bool { agents.values.contains(.codex) }
}

extension Workbench {
    /// The requests of a task that the gateway kept.
    fileprivate func capturedRequests(for task: StudyTask) throws -> [String: (name: String, format: APIFormat)] {
        guard FileManager.default.fileExists(atPath: requestFolder) else { return [:] }
        let ids = task.calls.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        var found: [String: (name: String, format: APIFormat)] = [:]
        try telling {
            try store.forEachExchange { exchange in
                guard let reply = exchange.outcome?.replyID, ids.contains(reply), let name = exchange.intent.content
                else { return }
                found[reply] = (name, exchange.intent.format)
            }
        }
        return found
    }
}
