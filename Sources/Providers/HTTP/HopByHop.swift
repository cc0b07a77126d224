/// Whether a field belongs to one connection and not to the message (RFC 9110, 7.6.1), so that it is never passed on.
///
/// Fields that `Connection` names besides are in ``HTTPFields/connectionFields``.
package func isHopByHop(_ name: UnsafeRawBufferPointer) -> Bool {
    switch name.count {
    case 2: isName(name, "te")
    case 7: isName(name, "trailer") || isName(name, "upgrade")
    case 10: isName(name, "connection") || isName(name, "keep-alive")
    case 16: isName(name, "proxy-connection")
    case 17: isName(name, "transfer-encoding")
    case 18: isName(name, "proxy-authenticate")
    case 19: isName(name, "proxy-authorization")
    default: false
    }
}

extension HTTPFields {
    /// Names that a `Connection` field declares to be of this connection alone, in lower case; nearly always none.
    package var connectionFields: [[UInt8]] {
        var names: [[UInt8]] = []
        eachField { name, value in
            guard isName(name, "connection") else { return }
            forEachToken(in: value) { token in
                guard !isName(token, "close"), !isName(token, "keep-alive") else { return }
                names.append(token.map(asciiLowercased))
            }
        }
        return names
    }
}
