import Domain
import Foundation
import Pricing
import Providers
import Replay
import Store
import Wire

/// The batches of a study: noted on disk, sent, waited for, and their replies kept.
struct StudyBatches: Sendable {
    let folder: ReplyFolder
    let upstreams: [ModelID: StudyUpstream]
    let client: UpstreamClient
    /// Authorities that a client of its own trusts.
    let certificates: String?
    let prices: PriceBook
    /// Prices are those of then.
    let time: Timestamp
    let line: StudyProgressLine

    private static let mostRequests = 10_000
    private static let mostBytes = 96 << 20

    /// Whether all providers take batches; says so where one does not.
    func areOffered() async throws -> Bool {
        var asked: Set<String> = []
        for upstream in upstreams.values.sorted(by: { $0.host < $1.host }) where asked.insert(upstream.host).inserted {
            var waits = [1, 4][...]
            var status = await exchange(.list(of: upstream.provider, limit: 1), with: upstream).status
            while status == 0 || status == 429 || status >= 500 && status != 501, let wait = waits.popFirst() {
                try await Task.sleep(for: .seconds(wait))
                status = await exchange(.list(of: upstream.provider, limit: 1), with: upstream).status
            }
            switch status {
            case 200: continue
            case 400..<500, 501:
                Output.trouble("\(upstream.host) takes no batches (\(status)): replies are asked one by one")
                return false
            default:
                throw CommandError.failed(
                    "\(upstream.host) does not say whether it takes batches (\(status)); --no-batch asks one by one"
                )
            }
        }
        return true
    }

    /// Sends requests, each model's as a batch of its own or as several that are not too large, and waits until all have
    /// ended.
    func replies(to requests: [BatchedRequest]) async throws -> BatchOutcome {
        var failures: [String: (status: Int, body: [UInt8])] = [:]
        var areOut = false
        for (place, batch) in Self.split(requests).enumerated() {
            switch try await send(batch) {
            case .out: areOut = true
            case .refused(let status, let body):
                // Where nothing is out yet, the study may go on another way.
                if place == 0, Self.meansNotOffered(status) { return .notOffered }
                for request in batch { failures[request.name] = (status, body) }
            }
        }
        if areOut { failures.merge(try await settle()) { _, new in new } }
        return .ended(failures: failures)
    }

    static func meansNotOffered(_ status: Int) -> Bool { [404, 405, 501].contains(status) }

    /// Requests that may go in one batch: of one model, in one format, with the same betas.
    private static func split(_ requests: [BatchedRequest]) -> [[BatchedRequest]] {
        var batches: [[BatchedRequest]] = []
        var open: [String: (place: Int, bytes: Int)] = [:]
        for one in requests {
            let request = one.request
            let kind = ([request.model.rawValue, request.format.rawValue] + request.betas).joined(separator: "\n")
            let size = request.body.count
            if let (place, bytes) = open[kind], bytes + size <= mostBytes, batches[place].count < mostRequests {
                batches[place].append(one)
                open[kind] = (place, bytes + size)
            } else {
                open[kind] = (batches.count, size)
                batches.append([one])
            }
        }
        return batches
    }

    /// Waits for whatever is out, from this run or one before it, and keeps the replies; gives back what failed instead.
    @discardableResult
    func settle() async throws -> [String: (status: Int, body: [UInt8])] {
        var failures: [String: (status: Int, body: [UInt8])] = [:]
        for note in try notes {
            failures.merge(try await settle(note)) { _, new in new }
        }
        return failures
    }

    var notes: [BatchNote] {
        get throws {
            try folder.batchNotes.sorted { $0.key < $1.key }.map { tag, bytes in
                guard let note = BatchNote(bytes: bytes) else {
                    throw CommandError.failed("the note of batch \(tag) cannot be read; it may be out, and paid")
                }
                return note
            }.sorted { $0.begun < $1.begun }
        }
    }

    func upstream(of note: BatchNote) throws -> StudyUpstream {
        guard let upstream = upstreams[ModelID(note.model)], upstream.host == note.host else {
            throw CommandError.failed(
                "a batch of this study is at \(note.host), where \(note.model) is asked no more; "
                    + "name that [[upstream]] again, and its replies are taken"
            )
        }
        return upstream
    }

    /// One request and its reply; status 0 where none came.
    func exchange(
        _ call: BatchCall,
        with upstream: StudyUpstream,
        through client: UpstreamClient? = nil,
        betas: [String] = []
    ) async -> (status: Int, body: [UInt8]) {
        do {
            let reply = try await (client ?? self.client).reply(
                to: call,
                of: upstream.provider,
                from: upstream.address,
                key: upstream.key,
                betas: betas
            )
            return (reply.status, reply.body)
        } catch {
            return (0, Array(#"{"error":{"message":"\#(upstream.host): \#(error)"}}"#.utf8))
        }
    }
}
