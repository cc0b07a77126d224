import Domain
import NIOCore
import Providers
import Wire

/// How a request shows an upstream that it may.
enum ShownCredential: Hashable, Sendable {
    /// As the client showed it.
    case clients
    /// In place of whatever the client showed.
    case key(Secret)
}

extension HTTPRequestHead {
    /// The head as it goes to an upstream of the client's own provider: all of the client's fields but those of its
    /// connection and its way to us.
    ///
    /// Compressed replies are not asked for, since usage is read from a copy of them. A body that was unpacked goes as it
    /// is now.
    func forwarded(
        to address: UpstreamAddress,
        provider: Provider,
        showing credential: ShownCredential,
        bodyLength: Int?,
        isUnpacked: Bool
    ) -> ByteBuffer {
        var head = ByteBuffer()
        head.reserveCapacity(target.count + 256 + fields.count * 64)
        switch method {
        case .get: head.writeStaticString("GET ")
        case .head: head.writeStaticString("HEAD ")
        case .post, .other: head.writeStaticString("POST ")
        }
        head.writeString(address.path)
        head.writeBytes(target)
        head.writeStaticString(" HTTP/1.1\r\n")
        head.write(name: "host", value: address.hostField)
        let hides = if case .key = credential { true } else { false }
        let connectionFields = fields.connectionFields
        fields.eachField { name, value in
            if isHopByHop(name) || isOurs(name) { return }
            if isUnpacked, isName(name, "content-encoding") { return }
            if isCredential(name), hides || isLocal(value) { return }
            if !connectionFields.isEmpty, connectionFields.contains(where: { $0 == name.map(lowercased) }) { return }
            head.write(name: name, value: value)
        }
        head.writeStaticString("accept-encoding: identity\r\n")
        head.write(credential, for: provider)
        if let bodyLength { head.write(name: "content-length", value: String(bodyLength)) }
        head.writeStaticString("\r\n")
        return head
    }

    /// Fields about the way from the client to us, and those that are said anew.
    private func isOurs(_ name: UnsafeRawBufferPointer) -> Bool {
        switch name.count {
        case 4: isName(name, "host")
        case 6: isName(name, "expect") || isName(name, "origin") || isName(name, "cookie")
        case 14: isName(name, "content-length")
        case 15: isName(name, "accept-encoding") || isSuffice(name)
        default: isSuffice(name)
        }
    }

    private func isSuffice(_ name: UnsafeRawBufferPointer) -> Bool {
        name.count > 10 && isName(UnsafeRawBufferPointer(rebasing: name[..<10]), "x-suffice-")
    }

    /// A key of the gateway's own is nobody else's business.
    private func isLocal(_ value: UnsafeRawBufferPointer) -> Bool {
        let prefix = ClientCredentials.localPrefix.utf8
        let bearer = 7
        return value.starts(with: prefix) || value.dropFirst(bearer).drop { $0 == 0x20 }.starts(with: prefix)
    }

    private func isCredential(_ name: UnsafeRawBufferPointer) -> Bool {
        isName(name, "authorization") || isName(name, "x-api-key")
    }

    private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}

extension ByteBuffer {
    fileprivate mutating func write(_ credential: ShownCredential, for provider: Provider) {
        guard case .key(let key) = credential else { return }
        switch provider {
        case .anthropic: write(name: "x-api-key", value: key.value)
        case .openAI: write(name: "authorization", value: "Bearer " + key.value)
        }
    }
}

extension UpstreamRequest {
    /// The head as it goes to another provider, whose fields are others: what a plain client of it would send.
    static func head(
        to address: UpstreamAddress,
        format: APIFormat,
        key: Secret,
        isStreaming: Bool,
        bodyLength: Int
    ) -> ByteBuffer {
        var head = ByteBuffer()
        head.writeStaticString("POST ")
        head.writeString(address.path)
        head.writeString(format.path)
        head.writeStaticString(" HTTP/1.1\r\n")
        head.write(name: "host", value: address.hostField)
        head.writeStaticString("content-type: application/json\r\naccept-encoding: identity\r\n")
        head.write(name: "accept", value: isStreaming ? "text/event-stream" : "application/json")
        head.write(.key(key), for: format.provider)
        if format == .messages { head.writeStaticString("anthropic-version: 2023-06-01\r\n") }
        head.write(name: "content-length", value: String(bodyLength))
        head.writeStaticString("\r\n")
        return head
    }
}
