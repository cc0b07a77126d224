/// Why the bytes of an HTTP/1.1 message are refused.
package enum HTTPFault: Error, Hashable, Sendable {
    /// Not HTTP as RFC 9112 has it, or ambiguous where proxies disagree about the end of a message.
    case malformed(String)
    /// The head is longer, or has more fields, than is taken.
    case headTooLarge
    /// The request's body is longer than is taken.
    case bodyTooLarge
    case unsupportedVersion
}
