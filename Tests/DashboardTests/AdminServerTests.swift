import AsyncHTTPClient
import Dashboard
import Domain
import Logging
import Metrics
import NIOCore
import NIOHTTP1
import Testing

@Suite struct AdminServerTests {
    /// Runs a real listener for as long as the body does.
    private func serving<T: Sendable>(_ body: (String) async throws -> T) async throws -> T {
        let metrics = PrometheusMetrics()
        Counter(label: "suffice.requests", factory: metrics).increment()
        let (ports, heard) = AsyncStream.makeStream(of: Int.self)
        let server = AdminServer(
            port: 0,
            token: Secret("t0ken"),
            metrics: metrics,
            reports: ["gateway": { #"{"schema":1}"# }],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            isListening: { heard.yield($0) }
        )
        return try await withThrowingTaskGroup { group in
            group.addTask { try await server.run() }
            var port = ports.makeAsyncIterator()
            let found = try #require(await port.next())
            let result = try await body("http://127.0.0.1:\(found)")
            group.cancelAll()
            return result
        }
    }

    private func ask(
        _ url: String,
        token: String? = "t0ken",
        _ headers: [(String, String)] = []
    ) async throws -> (status: UInt, type: String?, text: String) {
        var request = HTTPClientRequest(url: url)
        request.headers.add(contentsOf: headers)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        let reply = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let text = String(buffer: try await reply.body.collect(upTo: 1 << 20))
        return (reply.status.code, reply.headers.first(name: "content-type"), text)
    }

    @Test func `metrics are in Prometheus' text`() async throws {
        let reply = try await serving { try await ask($0 + "/metrics") }
        #expect(reply.status == 200)
        #expect(reply.type == "text/plain; version=0.0.4; charset=utf-8")
        #expect(reply.text == "# TYPE suffice_requests_total counter\nsuffice_requests_total 1\n")
    }

    @Test func `a report is JSON, and an unknown one says which there are`() async throws {
        let (known, unknown) = try await serving { url in
            (try await ask(url + "/api/gateway"), try await ask(url + "/api/nothing"))
        }
        #expect(known.type == "application/json")
        #expect(known.text == #"{"schema":1}"#)
        #expect(unknown.status == 404)
        #expect(unknown.text.contains("there are gateway"))
    }

    @Test(arguments: [nil, "", "t0ke", "t0kens", "T0ken"] as [String?])
    func `pitfall 33: without the admin token nothing is told`(token: String?) async throws {
        let reply = try await serving { try await ask($0 + "/metrics", token: token) }
        #expect(reply.status == 401)
        #expect(!reply.text.contains("suffice_requests"))
        #expect(!reply.text.contains("t0ken"))
    }

    @Test(arguments: ["example.com", "localhost.example.com:1", "127.0.0.1", "127.0.0.1:1"])
    func `pitfall 33: a host of another name is refused`(host: String) async throws {
        let reply = try await serving { try await ask($0 + "/metrics", [("Host", host)]) }
        #expect(reply.status == 421)
    }

    @Test func `pitfall 33: a page of another origin is refused, one of its own is not`() async throws {
        let (foreign, own) = try await serving { url in
            (
                try await ask(url + "/metrics", [("Origin", "\(url).example.com")]),
                try await ask(url + "/metrics", [("Origin", url)])
            )
        }
        #expect(foreign.status == 403)
        #expect(own.status == 200)
    }

    @Test func `health needs no token`() async throws {
        let reply = try await serving { try await ask($0 + "/health", token: nil) }
        #expect(reply.text == "ok\n")
    }
}
