/// Why an upstream gave no whole reply.
package enum UpstreamFailure: Error, Hashable, Sendable {
    /// No connection could be made: refused, unknown name, no route.
    case unreachable
    /// The certificate is not for this host, or not from an authority that is trusted.
    case untrusted
    /// The connection closed before the reply's first byte.
    case closedBeforeHead
    case closedInHead
    case closedInBody
    /// What came is no HTTP.
    case malformed
    case timedOut(Limit)
    /// As many connections are open as may be.
    case tooManyConnections

    package enum Limit: Hashable, Sendable {
        case connect
        case firstByte
        case idle
    }
}
