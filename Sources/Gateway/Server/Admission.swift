package import Providers

/// Who may speak to the gateway at all: keeps pages in the user's browser, and whoever tricks them, away from it.
///
/// Host and Origin are compared as a whole; a comparison of beginnings has let others in elsewhere.
package struct Admission: Hashable, Sendable {
    /// What `Host` may say: name and port.
    package var hosts: Set<String>
    /// What `Origin` may say, where it is sent: browsers send it, agents do not.
    package var origins: Set<String>

    /// - Parameters:
    ///   - port: the one the gateway listens on; at it the names of the loopback interface are admitted.
    ///   - hosts: further values of `Host`, such as `gateway.internal:8080`.
    ///   - origins: values of `Origin` that are admitted.
    package init(port: Int, hosts: Set<String> = [], origins: Set<String> = []) {
        self.hosts = Set(
            (["localhost", "127.0.0.1", "[::1]"].map { "\($0):\(port)" } + hosts).map { $0.lowercased() }
        )
        if port == 80 { self.hosts.formUnion(["localhost", "127.0.0.1", "[::1]"]) }
        self.origins = origins
    }

    package enum Refusal: Hashable, Sendable {
        case unknownHost
        case foreignOrigin
        case notJSON

        var status: Int {
            switch self {
            case .unknownHost: 421
            case .foreignOrigin: 403
            case .notJSON: 415
            }
        }

        var message: String {
            switch self {
            case .unknownHost:
                "The Host field names no address of this gateway; add it to [serve] hosts if it is meant to."
            case .foreignOrigin:
                "The Origin field names a page that may not use this gateway; add it to [serve] origins if it may."
            case .notJSON: "The content type must be application/json."
            }
        }
    }

    /// Nil: admitted.
    package func refusal(of head: HTTPRequestHead) -> Refusal? {
        if let host = head.fields.first("host"), !isAdmitted(host) { return .unknownHost }
        if let origin = head.fields.first("origin"), !origins.contains(origin) { return .foreignOrigin }
        // A browser sends text/plain and forms to any host without asking, and JSON never.
        if head.method == .post, !isJSON(head.fields.first("content-type")) { return .notJSON }
        return nil
    }

    private func isAdmitted(_ host: String) -> Bool { hosts.contains(host) || hosts.contains(host.lowercased()) }

    private func isJSON(_ type: String?) -> Bool {
        guard let type else { return false }
        if type == "application/json" { return true }
        let name = type.prefix { $0 != ";" }
        return name.lowercased().filter { $0 != " " && $0 != "\t" } == "application/json"
    }
}
