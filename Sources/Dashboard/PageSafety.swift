import Hummingbird

/// The name of a header field that has no name of its own in the library.
typealias HeaderName = HTTPFields.Element.Name

/// Tells browsers to trust nothing but what this listener sends: no foreign or inline script or style, no frame, no
/// address handed on, no guessing at types.
struct PageSafety<Context: RequestContext>: RouterMiddleware {
    private static var policy: String {
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    }

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        }
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        for (name, value) in [
            // Without it a form of these pages would not say where it comes from.
            ("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ] {
            if let name = HeaderName(name) { response.headers[name] = value }
        }
        return response
    }
}
