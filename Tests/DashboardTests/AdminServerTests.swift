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
    private func serving<T: Sendable>(
        _ pages: ReportSource = .sample(),
        _ body: (String) async throws -> T
    ) async throws -> T {
        let metrics = PrometheusMetrics()
        Counter(label: "suffice.requests", factory: metrics).increment()
        let (ports, heard) = AsyncStream.makeStream(of: Int.self)
        let server = AdminServer(
            port: 0,
            token: Secret("t0ken"),
            metrics: metrics,
            reports: ["gateway": { #"{"schema":1}"# }],
            pages: pages,
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
        _ headers: [(String, String)] = [],
        method: HTTPMethod = .GET
    ) async throws -> (status: UInt, type: String?, text: String) {
        var request = HTTPClientRequest(url: url)
        request.method = method
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

    @Test(arguments: ["/", "/findings", "/sessions", "/file?report=spend&format=json"])
    func `the pages are read without the token, and nothing else is`(path: String) async throws {
        let (read, written, beside) = try await serving { url in
            (
                try await ask(url + path, token: nil), try await ask(url + path, token: nil, method: .POST),
                try await ask(url + "/api/gateway", token: nil)
            )
        }
        #expect(read.status == 200)
        #expect(written.status == 401)
        #expect(beside.status == 401)
    }

    @Test func `pitfall 33: a page is not read under another name or from another origin`() async throws {
        let (rebound, foreign) = try await serving { url in
            (
                try await ask(url + "/", token: nil, [("Host", "attacker.example")]),
                try await ask(url + "/file?report=spend&format=json", token: nil, [("Origin", "null")])
            )
        }
        #expect(rebound.status == 421)
        #expect(foreign.status == 403)
    }

    @Test(arguments: ["/", "/session?agent=pi&id=none", "/asset?name=script.js"])
    func `a browser is told to run and load nothing but what lies here`(path: String) async throws {
        let policy = try await serving { url -> String? in
            let reply = try await HTTPClient.shared.execute(HTTPClientRequest(url: url + path), timeout: .seconds(10))
            return reply.headers.first(name: "content-security-policy")
        }
        #expect(policy?.hasPrefix("default-src 'none'; style-src 'self'; script-src 'self'") == true)
        #expect(policy?.contains("unsafe") == false)
    }

    private func send(
        _ url: String,
        _ form: String,
        origin: String?,
        type: String = "application/x-www-form-urlencoded"
    ) async throws -> (status: UInt, text: String) {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: type)
        if let origin { request.headers.add(name: "Origin", value: origin) }
        request.body = .bytes(ByteBuffer(string: form))
        let reply = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        return (reply.status.code, String(buffer: try await reply.body.collect(upTo: 1 << 20)))
    }

    @Test(
        arguments: ["/rules/preview", "/rules/apply", "/rules/undo"],
        ["", "&token=", "&token=t0ke", "&token=t0kenx"]
    )
    func `a form without the admin token changes nothing, shows no diff and says where the token is`(
        path: String,
        token: String
    ) async throws {
        let reply = try await serving { try await send($0 + path, "id=f\(token)", origin: $0) }
        #expect(reply.status == 401)
        #expect(reply.text.contains("~/admin.token"))
        #expect(!reply.text.contains("+f") && !reply.text.contains("t0ke"))
    }

    @Test func `pitfall 33: a form of another page is refused, token or not`() async throws {
        let form = "id=f&token=t0ken"
        let (foreign, null, none) = try await serving { url in
            (
                try await send(url + "/rules/apply", form, origin: "http://attacker.example"),
                try await send(url + "/rules/apply", form, origin: "null"),
                try await send(url + "/rules/apply", form, origin: nil)
            )
        }
        #expect(foreign.status == 403)
        #expect(null.status == 403)
        #expect(none.status == 403)
    }

    @Test func `what is no form, or too long for one, is refused`() async throws {
        let long = "id=f&token=t0ken&more=" + String(repeating: "x", count: 20_000)
        let (text, much) = try await serving { url in
            (
                try await send(url + "/rules/apply", "id=f&token=t0ken", origin: url, type: "text/plain"),
                try await send(url + "/rules/apply", long, origin: url)
            )
        }
        #expect(text.status == 415)
        #expect(much.status == 413)
    }

    @Test func `a change is announced first, and only what was announced is applied`() async throws {
        let (announced, applied, other) = try await serving { url in
            let announced = try await send(url + "/rules/preview", "id=f&token=t0ken", origin: url)
            let plan = announced.text.firstMatch(of: #/name="plan" value="([0-9a-z]+)"/#).map { String($0.1) } ?? ""
            return (
                announced, try await send(url + "/rules/apply", "id=f&plan=\(plan)&token=t0ken", origin: url),
                try await send(url + "/rules/apply", "id=f&plan=x&token=t0ken", origin: url)
            )
        }
        #expect(announced.text.contains("<h1>Apply this?</h1>") && announced.text.contains("+f"))
        #expect(applied.text.contains("<h1>Applied</h1>"))
        #expect(other.text.contains("Nothing was written") && other.text.contains("<h1>Apply this?</h1>"))
        #expect(!announced.text.contains("t0ken"))
    }

    @Test func `what is wished of a rule goes through both forms, in the words of the command`() async throws {
        let wish = "&shared=on&again=on&as=instruction&profile=cheap"
        let (announced, applied, other) = try await serving { url in
            let announced = try await send(url + "/rules/preview", "id=f&token=t0ken\(wish)", origin: url)
            let fields = announced.text.matches(of: #/type="hidden" name="([a-z]+)" value="([^"]*)"/#)
                .map { "\($0.1)=\($0.2)" }.joined(separator: "&")
            let plan = fields.split(separator: "&").first { $0.hasPrefix("plan=") } ?? ""
            return (
                fields, try await send(url + "/rules/apply", fields + "&token=t0ken", origin: url),
                try await send(url + "/rules/apply", "id=f&\(plan)&token=t0ken", origin: url)
            )
        }
        #expect(announced.contains("shared=on") && announced.contains("again=on"))
        #expect(announced.contains("as=instruction") && announced.contains("profile=cheap"))
        #expect(applied.text.contains("<h1>Applied</h1>"))
        #expect(other.text.contains("Nothing was written"))
    }

    @Test(
        arguments: [
            ("as=mood", "&#39;mood&#39; is nothing that a rule changes"),
            ("profile=a/b", "&#39;a/b&#39; is no name of a profile"),
            ("shared=on&everywhere=on", "leave out --everywhere"),
        ]
    )
    func `a wish that cannot be is told, and nothing is announced`(wish: String, text: String) async throws {
        let reply = try await serving { try await send($0 + "/rules/preview", "id=f&token=t0ken&\(wish)", origin: $0) }
        #expect(reply.status == 400)
        #expect(reply.text.contains(text) && !reply.text.contains("Apply this?"))
    }

    @Test func `a table's file is a file, whatever its text, and is as guarded as its page`() async throws {
        let address = "/gateway?table=errors&format="
        let source = try ReportSource.full(saying: "<script>alert(1)</script>")
        let (csv, json, unknown, foreign, rebound, sent) = try await serving(source) { url in
            (
                try await HTTPClient.shared.execute(
                    HTTPClientRequest(url: url + address + "csv"),
                    timeout: .seconds(10)
                ),
                try await HTTPClient.shared.execute(
                    HTTPClientRequest(url: url + address + "json"),
                    timeout: .seconds(10)
                ),
                try await ask(url + address + "html", token: nil),
                try await ask(url + address + "csv", token: nil, [("Origin", "http://attacker.example")]),
                try await ask(url + address + "csv", token: nil, [("Host", "attacker.example")]),
                try await ask(url + address + "csv", token: nil, method: .POST)
            )
        }
        for (reply, type, name) in [
            (csv, "text/csv; charset=utf-8", "attachment; filename=\"suffice-errors.csv\""),
            (json, "application/json", "inline; filename=\"suffice-errors.json\""),
        ] {
            #expect(reply.status == .ok)
            #expect(reply.headers.first(name: "content-type") == type)
            #expect(reply.headers.first(name: "content-disposition") == name)
            #expect(reply.headers.first(name: "x-content-type-options") == "nosniff")
            #expect(reply.headers.first(name: "content-security-policy")?.hasPrefix("default-src 'none'") == true)
        }
        #expect(unknown.status == 404 && unknown.text.contains("csv and json"))
        #expect(foreign.status == 403 && rebound.status == 421 && sent.status == 401)
    }

    @Test func `what cannot be asked so is told on a page, with a status that says so`() async throws {
        let reply = try await serving { try await ask($0 + "/?since=%3Cb%3E", token: nil) }
        #expect(reply.status == 400)
        #expect(reply.text.contains("&#39;&lt;b&gt;&#39; is no time"))
    }

    @Test func `an open page is told at once how things stand`() async throws {
        let event = try await serving { url -> String in
            let reply = try await HTTPClient.shared.execute(
                HTTPClientRequest(url: url + "/events"),
                timeout: .seconds(10)
            )
            for try await piece in reply.body { return String(buffer: piece) }
            return ""
        }
        #expect(event == "event: state\ndata: 1\n\n")
    }

    @Test func `health needs no token`() async throws {
        let reply = try await serving { try await ask($0 + "/health", token: nil) }
        #expect(reply.text == "ok\n")
    }
}
