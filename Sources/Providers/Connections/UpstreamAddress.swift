/// Where an upstream listens, taken from its `url`.
package struct UpstreamAddress: Hashable, Sendable {
    package let isTLS: Bool
    package let host: String
    package let port: Int
    /// What stands before `/v1/…`; empty, or a path without its last slash.
    package let path: String
    /// What `Host` says: the port only where it is not the scheme's own.
    package let hostField: String

    /// Nil where the text is no `http://` or `https://` URL with a host; one with a user, query or fragment is none.
    package init?(url: String) {
        var rest: Substring
        if url.hasPrefix("https://") {
            isTLS = true
            rest = url.dropFirst("https://".count)
        } else if url.hasPrefix("http://") {
            isTLS = false
            rest = url.dropFirst("http://".count)
        } else {
            return nil
        }
        guard rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !rest.contains(where: { "@?#\\".contains($0) })
        else { return nil }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var path = rest[slash...]
        while path.last == "/" { path.removeLast() }
        // The provider's own SDKs take `…/v1` for a base; the path asked for begins with it too.
        if path.hasSuffix("/v1") { path.removeLast("/v1".count) }
        self.path = String(path)
        rest = rest[..<slash]
        var portText: Substring?
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            let behind = rest[rest.index(after: end)...]
            guard behind.isEmpty || behind.first == ":" else { return nil }
            portText = behind.isEmpty ? nil : behind.dropFirst()
        } else {
            let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            host = parts.first.map(String.init) ?? ""
            portText = parts.count == 2 ? parts[1] : nil
        }
        if let portText {
            guard let number = UInt16(portText), number > 0 else { return nil }
            port = Int(number)
        } else {
            port = isTLS ? 443 : 80
        }
        guard !host.isEmpty else { return nil }
        let name = host.contains(":") ? "[\(host)]" : host
        hostField = port == (isTLS ? 443 : 80) ? name : "\(name):\(port)"
    }
}
