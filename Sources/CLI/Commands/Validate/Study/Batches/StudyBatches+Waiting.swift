import Domain
import Foundation
import Pricing
import Replay
import Store
import Wire

extension StudyBatches {
    /// A batch is over after a day, whatever has become of it; then an hour for its results.
    private static let patience: Int64 = 25 * 3_600_000

    /// Waits until a batch has ended, and keeps its replies.
    func settle(_ noted: BatchNote) async throws -> [String: (status: Int, body: [UInt8])] {
        let upstream = try upstream(of: noted)
        var note = noted
        if note.id == nil {
            // The run that sent it ended before it knew.
            note.id = try await find(note, at: upstream)
            guard note.id != nil else {
                folder.forget(batch: note.tag)
                return [:]
            }
            try folder.note(note.bytes, ofBatch: note.tag)
        }
        guard let id = note.id else { return [:] }
        let state = try await end(of: id, at: upstream, since: note.begun, noted: note)
        var failures: [String: (status: Int, body: [UInt8])] = [:]
        if case .refused(let reason) = state.phase {
            let body = failure(reason)
            for name in note.names { failures[name] = (400, body) }
            await forget(note, state, at: upstream)
            return failures
        }
        var pricer = Pricer(book: prices)
        for result in try await results(of: state, at: upstream) {
            guard let name = note.name(ofEntry: result.name) else { continue }
            guard result.status == 200 else {
                failures[name] = (result.status, result.body)
                continue
            }
            let reply = ReplayReply(status: 200, body: result.body, in: note.format)
            let cost = pricer.cost(of: reply, on: ModelID(note.model), isBatched: true, at: time)
            try folder.keep(result.body, named: name, cost: cost)
        }
        await forget(note, state, at: upstream)
        return failures
    }

    /// The replies are kept: nothing of the conversations is to lie about.
    private func forget(_ note: BatchNote, _ state: BatchState, at upstream: StudyUpstream) async {
        folder.forget(batch: note.tag)
        for call in BatchCall.cleaning(up: state, at: upstream.provider) { _ = await exchange(call, with: upstream) }
    }

    /// Asks again and again until a batch has ended, at first each second, then less and less often, at last each minute.
    func end(
        of id: String,
        at upstream: StudyUpstream,
        since begun: Int64,
        noted note: BatchNote? = nil
    ) async throws -> BatchState {
        var wait = 1.0
        line.saysOnInterrupt(true)
        defer { line.saysOnInterrupt(false) }
        while true {
            let (status, body) = await exchange(.state(of: id, at: upstream.provider), with: upstream)
            if status == 200, let state = BatchState(body, of: upstream.provider) {
                guard state.phase == .underway else { return state }
                line.show(state, at: upstream.host)
            } else if [401, 403, 404, 410].contains(status) {
                if status == 404 || status == 410, let note {
                    try folder.lose(batch: note.tag, mayHaveCost: Money(nanoUSD: note.mayCostNanoUSD))
                }
                throw CommandError.failed("\(upstream.host) does not tell of batch \(id) any more (\(status))")
            }
            let now = Int64(Date().timeIntervalSince1970 * 1000)
            guard now - begun < Self.patience else {
                throw CommandError.failed(
                    "batch \(id) has not ended a day after it was sent; the same command looks again, --cancel ends it"
                )
            }
            try await Task.sleep(for: .seconds(wait))
            wait = min(wait * 1.5, 60)
        }
    }

    func results(of state: BatchState, at upstream: StudyUpstream) async throws -> [BatchResult] {
        var results: [BatchResult] = []
        for call in BatchCall.results(of: state, at: upstream.provider) {
            var waits = [1, 4, 15, 60][...]
            while true {
                let (status, body) = await exchange(call, with: upstream)
                if status == 200 {
                    results += BatchResult.results(in: body, of: upstream.provider)
                    break
                }
                guard status == 0 || status == 429 || status >= 500, let wait = waits.popFirst() else {
                    throw CommandError.failed(
                        "the replies of batch \(state.id) cannot be had (\(status)); the same command tries again"
                    )
                }
                try await Task.sleep(for: .seconds(wait))
            }
        }
        return results
    }

    /// Asks the providers to end what is out, and tells what is.
    func cancel() async throws {
        let notes = try notes
        if notes.isEmpty { Output.progress("no batch of this study is out\n") }
        for note in notes {
            let upstream = try upstream(of: note)
            guard let id = note.id else {
                Output.progress(
                    "a batch to \(note.host) was never confirmed; the same command without --cancel looks\n"
                )
                continue
            }
            let (status, _) = await exchange(.cancel(id, at: upstream.provider), with: upstream)
            Output.progress(
                status == 200
                    ? "batch \(id) is being cancelled; what was answered by then is billed, and taken by the next run\n"
                    : "batch \(id) was not cancelled: \(note.host) answered \(status)\n"
            )
        }
    }

    private func failure(_ reason: String) -> [UInt8] {
        let text = (try? JSONEncoder().encode(["message": reason])).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        return Array(#"{"error":\#(text)}"#.utf8)
    }
}
