import Foundation
import NIOCore
import Testing

@testable import Gateway
@testable import Providers

@Suite struct CompressedRequestTests {
    /// ``Sample/request``, as zlib 1.3 packs it.
    private static let packed = unpackedBase64(
        "H4sIAAAAAAACAw2LUQqAIBAF77LfCQZ9hCfoDhEh+YhI3XAVgvDu7ecMMx8lDojk6Ii+BRh+mpjJzDRQ8u9e+UYWcqO1KiDiTyiuHxWO0K0JirYH54pcVSwX9a3/+ETDSFgAAAA="
    )
    /// 200,000 zeros.
    private static let bomb = unpackedBase64(
        "H4sIAAAAAAACA+3BMQEAAADCoPVPbQZ/oAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACA1wB7WOBcQA0DAA=="
    )
    private static let plain = Array(Sample.request.utf8)

    private static func unpackedBase64(_ text: String) -> [UInt8] { Data(base64Encoded: text).map { Array($0) } ?? [] }

    /// What the client is told first, and what the provider saw.
    private func ask(
        _ encoding: String,
        _ body: [UInt8],
        limits: GatewayLimits = .quick
    ) async throws -> (status: Int?, seen: [ScriptedUpstream.Seen]) {
        let upstream = try await ScriptedUpstream { _ in [.send(Sample.reply(200, Sample.message))] }
        let gateway = try await RunningGateway.start([.anthropic(upstream.url)], limits: limits)
        var request = ByteBuffer(
            string:
                "POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:\(gateway.port)\r\ncontent-type: application/json\r\n"
                + "content-encoding: \(encoding)\r\ncontent-length: \(body.count)\r\n\r\n"
        )
        request.writeBytes(body)
        let client = try await RawClient.connect(port: gateway.port)
        let head = try await client.channel.executeThenClose { inbound, outbound in
            try await outbound.write(request)
            return try await inbound.first { _ in true }.map { String(buffer: $0) } ?? ""
        }
        await gateway.stop()
        await upstream.stop()
        return (head.split(separator: " ").dropFirst().first.flatMap { Int($0) }, upstream.seen)
    }

    @Test(arguments: [("gzip", packed), ("X-GZIP", packed), ("identity", plain)])
    func `a compressed request is unpacked to be read, and goes on plain`(encoding: String, body: [UInt8]) async throws
    {
        let (status, seen) = try await ask(encoding, body)
        #expect(status == 200)
        #expect(seen.map(\.body) == [Self.plain])
        #expect(seen.first?.head.contains("content-encoding") == false)
    }

    @Test(arguments: [("gzip", plain), ("deflate", packed), ("gzip", [])])
    func `one that is not what it says is a 400`(encoding: String, body: [UInt8]) async throws {
        let (status, seen) = try await ask(encoding, body)
        #expect(status == 400)
        #expect(seen.isEmpty)
    }

    @Test func `one that holds more than a body may is a 413`() async throws {
        var limits = GatewayLimits.quick
        limits.bodyBytes = 100_000
        #expect(try await ask("gzip", Self.bomb, limits: limits).status == 413)
        #expect(try await ask("gzip", Self.packed, limits: limits).status == 200)
    }

    @Test(arguments: ["zstd", "br", "gzip, gzip", ""])
    func `another encoding is a 415, since the model must be read`(encoding: String) async throws {
        let (status, seen) = try await ask(encoding, Self.plain)
        #expect(status == 415)
        #expect(seen.isEmpty)
    }
}
