package import Domain

/// Writes events as each format frames them.
///
/// Anthropic's SDKs drop frames without an `event:` line, so that one stands wherever the format names its events; the
/// blank line behind the data is part of the frame.
package enum SSEFrame {
    /// Writes one frame round a JSON text without line feeds, as ``JSONWriter`` writes it.
    package static func append(_ name: StaticString?, _ json: some Collection<UInt8>, to bytes: inout [UInt8]) {
        if let name {
            bytes.append(contentsOf: eventField)
            bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
            bytes.append(0x0A)
        }
        bytes.append(contentsOf: dataField)
        bytes.append(contentsOf: json)
        bytes.append(contentsOf: [0x0A, 0x0A])
    }

    /// The end of a chat completion's stream.
    package static let done = Array("data: [DONE]\n\n".utf8)

    /// What keeps a silent stream open: Anthropic's own ping, or a comment where the format has no such event.
    ///
    /// Only ``SSEParser/isBetweenEvents`` and while the upstream lives.
    package static func keepAlive(in format: APIFormat) -> [UInt8] {
        switch format {
        case .messages: Array("event: ping\ndata: {\"type\": \"ping\"}\n\n".utf8)
        case .chatCompletions, .responses: Array(": keep-alive\n\n".utf8)
        }
    }

    private static let eventField = Array("event: ".utf8)
    private static let dataField = Array("data: ".utf8)
}
