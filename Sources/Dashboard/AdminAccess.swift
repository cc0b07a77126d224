import Domain
import Hummingbird

/// Lets in only who asks for this machine by name and comes from no foreign page; and where more is asked for than to
/// read the pages, only who holds the admin token.
///
/// A page on the internet can make a browser ask a server on loopback. Host and Origin are therefore compared whole,
/// never by how they begin (`localhost.example.com`), and a browser cannot send the token.
struct AdminAccess<Context: RequestContext>: RouterMiddleware {
    var token: Secret
    /// The port that clients name.
    var bound: BoundPort
    /// Paths that are read without the token; all others, and all that change something, need it.
    var openPaths: Set<String>

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
