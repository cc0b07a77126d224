import Foundation

#if canImport(Glibc)
private let stream = Int32(SOCK_STREAM.rawValue)
#else
private let stream = SOCK_STREAM
#endif

/// A port that nobody listens on, most likely for as long as it takes to listen on it.
func freePort() throws -> UInt16 {
    let file = socket(AF_INET, stream, 0)
    defer { close(file) }
    var address = loopback(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(file, $0, size) == 0 && getsockname(file, $0, &size) == 0
        }
    }
    guard isBound else { throw CocoaError(.featureUnsupported) }
    return UInt16(bigEndian: address.sin_port)
}

/// Whether somebody takes connections there.
func isListening(on port: UInt16) -> Bool {
    let file = socket(AF_INET, stream, 0)
    defer { close(file) }
    var address = loopback(port: port)
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
}

private func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    return address
}
