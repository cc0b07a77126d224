import Domain
import Foundation
import Providers
import Replay
import Store
import Wire

extension StudyBatches {
    enum Sent {
        case out
        /// Nothing of it was asked.
        case refused(status: Int, body: [UInt8])
    }

    /// Seconds before it is tried again, where the provider was busy or could not be reached.
    private static let waits = [1, 4, 15]

    /// Notes a batch, sends it, and notes the id it was given.
    ///
    /// Where nobody knows whether the provider took it, it is looked for there before it is sent again.
    func send(_ requests: [BatchedRequest]) async throws -> Sent {
        guard let first = requests.first?.request, let upstream = upstreams[first.model] else {
            return .refused(status: 0, body: [])
        }
        var note = BatchNote(
            tag: UUID().uuidString.filter { $0 != "-" }.lowercased(),
            model: first.model,
            format: first.format,
            host: upstream.host,
            names: requests.map(\.name),
            mayCost: requests.reduce(.zero) { $0 + $1.most },
            begun: Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)),
            newest: try await newest(at: upstream)
        )
        let entries = requests.indices.map {
            BatchEntry(name: note.entryName($0), body: requests[$0].request.batchBody)
        }
        try folder.note(note.bytes, ofBatch: note.tag)
        var waits = Self.waits[...]
        while true {
            let (status, body) = await create(entries, note, at: upstream, betas: first.betas)
            if (200..<300).contains(status), let state = BatchState(body, of: upstream.provider) {
                note.id = state.id
                try folder.note(note.bytes, ofBatch: note.tag)
                let count = requests.count.of("request")
                Output.progress("\(count) to \(first.model) sent as batch \(state.id) to \(upstream.host)\n")
                return .out
            }
            let isRefused = status == 501 || (400..<500).contains(status) && status != 408 && status != 429
            let wait = isRefused ? nil : waits.popFirst()
            if let wait { try await Task.sleep(for: .seconds(wait)) }
            // Where it was too busy, it took nothing; where it broke off, it may have.
            if !isRefused, status != 429, let id = try await find(note, at: upstream) {
                note.id = id
                try folder.note(note.bytes, ofBatch: note.tag)
                return .out
            }
            guard wait != nil else {
                folder.forget(batch: note.tag)
                return .refused(status: status, body: body)
            }
        }
    }

    /// On a connection of its own: a used one may have closed, and the request would be sent a second time unasked.
    private func create(
        _ entries: [BatchEntry],
        _ note: BatchNote,
        at upstream: StudyUpstream,
        betas: [String]
    ) async -> (status: Int, body: [UInt8]) {
        var call = BatchCall.messages(entries)
        if upstream.provider == .openAI {
            let uploaded = await exchange(.upload(entries, in: note.format, named: note.tag), with: upstream)
            guard (200..<300).contains(uploaded.status), let file = BatchState.file(uploaded.body) else {
                return uploaded
            }
            call = .batch(ofFile: file, in: note.format, named: note.tag)
        }
        guard let client = try? await UpstreamClient(certificates: certificates) else { return (0, []) }
        return await exchange(call, with: upstream, through: client, betas: betas)
    }

    private func newest(at upstream: StudyUpstream) async throws -> String? {
        let (status, body) = await exchange(.list(of: upstream.provider, limit: 1), with: upstream)
        guard status == 200, let page = BatchState.page(body, of: upstream.provider) else { return nil }
        return page.batches.first?.id
    }

    /// The id of a noted batch, where the provider took it.
    ///
    /// OpenAI keeps its tag. Anthropic keeps nothing that could be asked for: there every younger batch of as many requests
    /// is waited for, and its results say whose it is.
    func find(_ note: BatchNote, at upstream: StudyUpstream) async throws -> String? {
        let known = Set(try notes.compactMap(\.id))
        var after: String?
        while true {
            let (status, body) = await exchange(.list(of: upstream.provider, limit: 100, after: after), with: upstream)
            guard status == 200, let page = BatchState.page(body, of: upstream.provider) else {
                throw CommandError.failed(
                    "nobody knows whether \(upstream.host) took a batch: it does not list them now (\(status)); "
                        + "the same command looks again"
                )
            }
            for state in page.batches {
                if state.id == note.newest { return nil }
                if upstream.provider == .openAI, state.tag == note.tag { return state.id }
                guard upstream.provider == .anthropic, state.total == note.names.count, !known.contains(state.id)
                else { continue }
                let ended = try await end(of: state.id, at: upstream, since: note.begun)
                let results = try await results(of: ended, at: upstream)
                if results.contains(where: { note.name(ofEntry: $0.name) != nil }) { return state.id }
            }
            guard page.hasMore, let last = page.batches.last else { return nil }
            after = last.id
        }
    }
}
