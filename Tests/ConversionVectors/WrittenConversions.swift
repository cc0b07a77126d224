import Domain
package import Foundation
import Wire

extension ConversionVector {
    /// Writes every recorded reply as each client gets it, for `Scripts/check-converted-replies.py`, which says what the
    /// files' names mean.
    package static func writeConversions(to folder: URL) throws {
        for (number, vector) in all.enumerated() {
            for client in APIFormat.allCases {
                for (kind, bytes) in try vector.given(to: client) {
                    let name = "\(number).\(vector.format.rawValue).\(kind).\(client.rawValue)"
                    try Data(bytes).write(to: folder.appending(path: name))
                }
            }
        }
    }

    /// What a client of a format gets: the whole, and of a stream what breaks off after a third.
    private func given(to client: APIFormat) throws -> [(kind: String, bytes: [UInt8])] {
        guard isStream else {
            guard client != format else { return [("whole", bytes)] }
            let reply = try bytes.withUnsafeBufferPointer { body throws(ReplyFailure) in
                try ConvertedReply(UnsafeRawBufferPointer(body), from: format, to: client, for: ConversionVector.view)
            }
            return [("whole", reply.body)]
        }
        let cut = Array(bytes[..<(bytes.count / 3)])
        guard client != format else { return [("stream", bytes), ("cut", try brokenOff(cut))] }
        return [("stream", converted(bytes, to: client)), ("cut", converted(cut, to: client))]
    }

    private static let view = ClientView(
        model: "shown-model",
        createdAt: 1_700_000_000,
        fallbackID: "fallback",
        includesUsage: true
    )

    private func converted(_ bytes: [UInt8], to client: APIFormat) -> [UInt8] {
        var converter = StreamConverter(from: format, to: client, for: ConversionVector.view)
        return bytes.withUnsafeBytes { converter.read($0) } + converter.end()
    }

    /// A relayed stream that breaks off.
    private func brokenOff(_ bytes: [UInt8]) throws -> [UInt8] {
        var relay = EventRelay()
        var meter = UsageMeter(format: format, isStream: true)
        return try bytes.withUnsafeBytes {
            meter.read($0)
            return try relay.read($0) + meter.ending(with: ReplyFailure(.timeout, "the provider fell silent"))
        }
    }
}
