import NIOCore
import Providers

/// How the end of a reply is told to a client.
enum ReplyFraming: Hashable, Sendable {
    case none
    case length(Int)
    case chunked
    /// For clients of HTTP/1.0.
    case untilClose
}

extension HTTPResponseHead {
    /// The head as the client gets it: all of the upstream's fields but those of its connection.
    func forwarded(framing: ReplyFraming, closes: Bool, note: DecisionNote?) -> ByteBuffer {
        var head = ByteBuffer()
        head.reserveCapacity(256 + fields.count * 64)
        head.writeStatusLine(status)
        let connectionFields = fields.connectionFields
        fields.eachField { name, value in
            if isHopByHop(name) || isName(name, "content-length") || isName(name, "alt-svc") { return }
            if !connectionFields.isEmpty, connectionFields.contains(where: { isSame($0, name) }) { return }
            head.write(name: name, value: value)
        }
        head.writeEnd(framing: framing, closes: closes, note: note)
        return head
    }

    /// The head of a reply whose body is converted: its content is described anew.
    func converted(status: Int, isEventStream: Bool, framing: ReplyFraming, closes: Bool, note: DecisionNote?)
        -> ByteBuffer
    {
        var head = ByteBuffer()
        head.writeStatusLine(status)
        fields.eachField { name, value in
            guard isName(name, "retry-after") || isName(name, "retry-after-ms") || isName(name, "x-should-retry") else {
                return
            }
            head.write(name: name, value: value)
        }
        head.write(name: "content-type", value: isEventStream ? "text/event-stream" : "application/json")
        head.writeEnd(framing: framing, closes: closes, note: note)
        return head
    }

    private func isSame(_ lowercased: [UInt8], _ name: UnsafeRawBufferPointer) -> Bool {
        lowercased.count == name.count
            && lowercased.indices.allSatisfy {
                lowercased[$0] == ((0x41...0x5A).contains(name[$0]) ? name[$0] | 0x20 : name[$0])
            }
    }
}

/// What every reply says of its decision.
struct DecisionNote: Hashable, Sendable {
    var decision: String
    var model: String
}

extension ByteBuffer {
    mutating func writeEnd(framing: ReplyFraming, closes: Bool, note: DecisionNote?) {
        if let note {
            write(name: "x-suffice-decision", value: note.decision)
            write(name: "x-suffice-model", value: note.model)
        }
        switch framing {
        case .none, .untilClose: break
        case .length(let count): write(name: "content-length", value: String(count))
        case .chunked: writeStaticString("transfer-encoding: chunked\r\n")
        }
        if closes { writeStaticString("connection: close\r\n") }
        writeStaticString("\r\n")
    }
}
