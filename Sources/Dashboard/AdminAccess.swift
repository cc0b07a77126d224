import Domain
import Hummingbird
import NIOCore

/// Lets in only who asks for this machine by name and comes from no foreign page; and where more is asked for than to
/// read the pages, only who holds the admin token.
///
/// A page on the internet can make a browser ask a server on loopback. Host and Origin are therefore compared whole,
/// never by how they begin (`localhost.example.com`), and a browser cannot send the token by itself: a script sends it as
/// `Authorization: Bearer …`, the pages' own forms as a field that their user fills in.
struct AdminAccess<Context: RequestContext>: RouterMiddleware {
    /// No form of the pages holds more bytes.
    static var longestForm: Int { 16_384 }

    var token: Secret
    /// The port that clients name.
    var bound: BoundPort
    /// Paths that are read without the token; all others, and all that change something, need it.
    var openPaths: Set<String>
    /// Where forms of the pages are sent to.
    var formPaths: Set<String> = []
    /// What is answered to a form without the token.
    var locked: @Sendable () -> Response = { Response(status: .unauthorized) }

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let hosts = ["127.0.0.1", "localhost", "[::1]"].map { "\($0):\(bound.value)" }
        guard let host = request.head.authority, hosts.contains(host.lowercased()) else {
            throw HTTPError(.misdirectedRequest, message: "this is not the host asked for; ask for http://127.0.0.1")
        }
        if let origin = request.headers[.origin], !hosts.contains(where: { origin == "http://\($0)" }) {
            throw HTTPError(.forbidden, message: "pages of other origins may not ask")
        }
        let onlyReads = request.method == .get || request.method == .head
        if onlyReads, openPaths.contains(request.uri.path) { return try await next(request, context) }
        let isForm = request.method == .post && formPaths.contains(request.uri.path)
        if isForm, request.headers[.authorization] == nil {
            // Browsers name the page that a form stands on.
            guard request.headers[.origin] != nil else {
                throw HTTPError(.forbidden, message: "a form is sent from its own page")
            }
            let (filled, fields) = try await form(of: request)
            guard (fields["token"] ?? "").isSame(as: token.value) else { return locked() }
            return try await next(filled, context)
        }
        let shown = request.headers[.authorization] ?? ""
        guard shown.isSame(as: "Bearer \(token.value)") else {
            throw HTTPError(
                .unauthorized,
                headers: [.wwwAuthenticate: "Bearer"],
                message: "send the admin token: Authorization: Bearer …; `suffice serve` says where it is kept"
            )
        }
        return try await next(request, context)
    }

    /// Reads a form, and puts what was read back for who answers it.
    @concurrent
    private func form(of request: Request) async throws -> (Request, Query) {
        guard request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true else {
            throw HTTPError(.unsupportedMediaType, message: "this takes a form")
        }
        let bytes: ByteBuffer
        do {
            bytes = try await request.body.collect(upTo: Self.longestForm)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge, message: "no form is that long")
        }
        var filled = request
        filled.body = RequestBody(buffer: bytes)
        return (filled, Query(String(buffer: bytes)))
    }
}

extension String {
    /// Whether two texts are equal, in a time that does not tell where they differ.
    fileprivate func isSame(as other: String) -> Bool {
        let own = Array(utf8)
        let theirs = Array(other.utf8)
        guard own.count == theirs.count else { return false }
        return zip(own, theirs).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
