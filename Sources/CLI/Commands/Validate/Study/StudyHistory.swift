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
    /// Bodies that the gateway kept, by the id of the reply.
    private let captured: [String: (name: String, format: APIFormat)]
    private let copies: RequestCopies?
    /// The installed agent's, where it was caught.
    let prompt: StandingPrompt?
    /// Of the steps whose prompt is not known, the agent's versions.
    let guessedVersions: Set<String>
    /// The log that was read last: steps come session by session.
    private let open = Mutex<(path: String, transcript: ClaudeCodeTranscript)?>(nil)

    /// Reads the logs of a task; steps whose requests can only be guessed are left out where others can be built.
    init(_ task: StudyTask, in bench: Workbench, with prompt: StandingPrompt? = nil) throws {
        self.prompt = prompt
        captured = try bench.capturedRequests(for: task)
        copies = captured.isEmpty ? nil : try? RequestCopies(folder: bench.requestFolder)
        var candidates: [(Sampler.Candidate, Fidelity)] = []
        var files: [String: String] = [:]
        var guessed: Set<String> = []
        for (file, ids) in task.calls.sorted(by: { $0.key < $1.key }) {
            guard let session = task.sessions[file], session.agent == .claudeCode,
                let transcript = Self.transcript(at: file)
            else { continue }
            for step in transcript.steps(of: session) where ids.contains(step.id) && step.model == task.model {
                // A call that several files show is one step.
                guard files[step.id] == nil else { continue }
                files[step.id] = file
                let fidelity = captured[step.id] != nil ? .exact : transcript.fidelity(of: step.id, with: prompt)
                if fidelity == .inferred { guessed.insert(transcript.version(of: step.id) ?? "of no version") }
                candidates.append((Sampler.Candidate(step: step, stratum: Stratum(step)), fidelity))
            }
        }
        let known = candidates.filter { $0.1 != .inferred }
        let counted = known.isEmpty ? candidates : known
        population = counted.map(\.0)
        fidelity = Dictionary(grouping: counted, by: \.1).mapValues(\.count)
        self.files = files
        guessedVersions = guessed
    }

    func request(for step: RecordedStep) -> RebuiltRequest? {
        if let kept = captured[step.id], let body = copies?.body(named: kept.name) {
            return RebuiltRequest(format: kept.format, body: body, fidelity: .exact)
        }
        guard let file = files[step.id] else { return nil }
        return open.withLock { open in
            if open?.path != file { open = Self.transcript(at: file).map { (file, $0) } }
            return open?.transcript.rebuiltRequest(of: step.id, with: prompt) { contentName(of: $0) }
        }
    }

    private static func transcript(at path: String) -> ClaudeCodeTranscript? {
        FileManager.default.contents(atPath: path).map { ClaudeCodeTranscript(log: Array($0)) }
    }
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
