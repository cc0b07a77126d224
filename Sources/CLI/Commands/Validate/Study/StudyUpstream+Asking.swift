import Domain
import Providers
import Replay

extension StudyUpstream {
    /// Failures that pass are tried again so often, waiting longer each time, or as long as the provider says.
    private static let waits = [1, 4, 15]
    private static let longestWait = 120

    /// Sends a request and waits for the whole reply; status 0 where none came.
    func answer(to request: ReplayRequest, through client: UpstreamClient) async -> (status: Int, body: [UInt8]) {
        var waits = Self.waits[...]
        while true {
            var delay: Int?
            let answer: (status: Int, body: [UInt8])
            do {
                let reply = try await client.reply(
                    to: request.body,
                    in: request.format,
                    from: address,
                    key: key,
                    betas: request.betas
                )
                answer = (reply.status, reply.body)
                // These were not served, and so not billed.
                if [429, 500, 502, 503, 529].contains(reply.status) { delay = reply.retryAfter ?? waits.first }
            } catch let failure as UpstreamFailure {
                answer = (0, Array(#"{"error":{"message":"\#(host): \#(failure)"}}"#.utf8))
                // Only where the provider cannot have seen the request; any other might have been billed.
                if failure == .unreachable || failure == .timedOut(.connect) { delay = waits.first }
            } catch {
                return (0, [])
            }
            guard let delay, !waits.isEmpty, delay <= Self.longestWait else { return answer }
            waits.removeFirst()
            try? await Task.sleep(for: .seconds(delay))
        }
    }
}
