import Hummingbird
import Logging
import NIOCore
import Reports

extension AdminServer {
    /// Adds the pages, their files and the stream of changes.
    func addPages(_ source: ReportSource, to router: Router<BasicRequestContext>) {
        let pages = Pages(source: source)
        for path in Pages.paths {
            router.get(RouterPath(path)) { request, _ in
                await response(to: request) { query in
                    if TableFiles.isAsked(by: query) {
                        return try await pages.table(at: path, query).map { Response(file: $0) }
                    }
                    return try await pages.page(at: path, query).map { Response(html: $0) }
                }
            }
        }
        for form in RuleForm.allCases {
            router.post(RouterPath("\(form.path)")) { request, _ in
                let bytes = try await request.body.collect(upTo: AdminAccess<BasicRequestContext>.longestForm)
                return await response(to: request) { _ in
                    Response(html: try await pages.answer(to: form, Query(String(buffer: bytes))))
                }
            }
        }
        router.get("/file") { request, _ in
            await response(to: request) { query in
                try await pages.file(query).map { Response(file: $0) }
            }
        }
        router.get("/asset") { request, _ in
            let name = Query(request.uri.query)["name"]
            guard let asset = Asset.all.first(where: { $0.name == name }) else { throw HTTPError(.notFound) }
            return asset.response
        }
        let changes = ChangeStream(state: source.state)
        router.get("/events") { _, _ in changes.response }
    }

    /// Turns what can go wrong into a page that says so, and tells how long it took.
    private func response(
        to request: Request,
        _ answer: (Query) async throws -> Response?
    ) async -> Response {
        let started = ContinuousClock.now
        var response: Response
        do {
            let found = try await answer(Query(request.uri.query))
            response = found ?? Response(html: Pages.trouble("Not here", "There is no such page."), status: .notFound)
        } catch let error as BadQuestion {
            response = Response(html: Pages.trouble("That cannot be asked", error.text), status: .badRequest)
        } catch let error as Missing {
            response = Response(html: Pages.trouble("Not here", error.text), status: .notFound)
        } catch {
            logger.error("page.failed", metadata: ["page": "\(request.uri.path)", "error": "\(error)"])
            response = Response(
                html: Pages.trouble("That did not work", "\(error)"),
                status: .internalServerError
            )
        }
        let milliseconds = (ContinuousClock.now - started) / .milliseconds(1)
        if let name = HeaderName("Server-Timing") { response.headers[name] = "app;dur=\(milliseconds.coordinate)" }
        return response
    }
}

extension Response {
    init(html: HTML, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html.markup))
        )
    }

    fileprivate init(file: (name: String, format: ReportFormat, text: String)) {
        let isJSON = file.format == .json
        self.init(
            status: .ok,
            headers: [
                .contentType: isJSON ? "application/json" : "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "\(isJSON ? "inline" : "attachment"); filename=\"\(file.name)\"",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: file.text))
        )
    }
}
