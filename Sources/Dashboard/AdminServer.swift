package import Domain
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// The admin listener: pages for people, what the gateway measures for Prometheus, and reports as JSON, on a port of
/// its own.
package struct AdminServer: Service {
    /// A report's JSON, made when it is asked for.
    package typealias Answer = @Sendable () async throws -> String

    package var host: String
    package var port: Int
    package var token: Secret
    package var metrics: PrometheusMetrics
    /// By name: `/api/NAME`.
    package var reports: [String: Answer]
    /// Nil for a listener without pages.
    package var pages: ReportSource?
    package var logger: Logger
    /// Called with the port that was bound, which is another than ``port`` where that is 0.
    package var isListening: @Sendable (Int) async -> Void

    package init(
        host: String = "127.0.0.1",
        port: Int,
        token: Secret,
        metrics: PrometheusMetrics,
        reports: [String: Answer] = [:],
        pages: ReportSource? = nil,
        logger: Logger,
        isListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.token = token
        self.metrics = metrics
        self.reports = reports
        self.pages = pages
        self.logger = logger
        self.isListening = isListening
    }

    package func run() async throws {
        let bound = BoundPort()
        let application = Application(
            router: router(bound),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "suffice"),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? self.port
                bound.value = port
                await isListening(port)
            },
            logger: logger
        )
        try await application.run()
    }

    private func access(_ bound: BoundPort) -> AdminAccess<BasicRequestContext> {
        var access = AdminAccess<BasicRequestContext>(token: token, bound: bound, openPaths: ["/health"])
        if let pages {
            access.openPaths.formUnion(Pages.openPaths)
            access.formPaths = RuleForm.paths
            access.locked = {
                var response = Response(html: Pages(source: pages).locked, status: .unauthorized)
                response.headers[.wwwAuthenticate] = "Bearer"
                return response
            }
        }
        return access
    }

    func router(_ bound: BoundPort) -> Router<BasicRequestContext> {
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            PageSafety()
            access(bound)
        }
        if let pages { addPages(pages, to: router) }
        router.get("/health") { _, _ in "ok\n" }
        router.get("/metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text()))
            )
        }
        router.get("/api/{report}") { _, context in
            let name = try context.parameters.require("report")
            guard let answer = reports[name] else {
                let known = reports.keys.sorted().joined(separator: ", ")
                throw HTTPError(.notFound, message: "no report is called '\(name)'; there are \(known)")
            }
            return Response(
                status: .ok,
                headers: [.contentType: "application/json", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: try await answer()))
            )
        }
        return router
    }
}
