import NIOHTTP1
import Testing

@testable import Providers

/// Beside SwiftNIO's decoder, which is llhttp: where two readers disagree about a message's end, requests are smuggled.
@Suite struct HTTPFuzz {
    @Test(arguments: 0..<8, Direction.allCases)
    func `what is taken means the same to another parser`(seed: Int, direction: Direction) {
        var http = RandomHTTP(seed: UInt64(seed))
        for _ in 0..<1500 {
            let bytes = http.connection(direction)
            let ours = ReadConnection([bytes], direction)
            let theirs = ReadConnection.bySwiftNIO([bytes], direction)
            let taken = ours.whole.prefix { !$0.hasUnknownMethod }
            #expect(
                theirs.messages.starts(with: taken),
                "\(direction) \(String(reflecting: String(decoding: bytes, as: UTF8.self)))\n\(ours)\n\(theirs)"
            )
        }
    }

    @Test(arguments: Direction.allCases)
    func `a message means the same wherever it is cut`(direction: Direction) {
        var http = RandomHTTP(seed: 99)
        for _ in 0..<300 {
            let bytes = http.connection(direction)
            let whole = ReadConnection([bytes], direction)
            for cut in bytes.indices {
                let read = ReadConnection([Array(bytes[..<cut]), Array(bytes[cut...])], direction)
                #expect(read == whole, "cut at \(cut): \(String(reflecting: String(decoding: bytes, as: UTF8.self)))")
            }
            #expect(ReadConnection(bytes.map { [$0] }, direction) == whole)
        }
    }
}

extension ReadConnection.Message {
    /// llhttp takes those of a list; ours are answered with 404 whatever they are, and never passed on.
    fileprivate var hasUnknownMethod: Bool {
        let method = start.prefix { $0 != " " }
        guard Int(method) == nil else { return false }
        if case .RAW(value: let name) = HTTPMethod(rawValue: String(method)) { return name != "SOURCE" }
        return false
    }
}
