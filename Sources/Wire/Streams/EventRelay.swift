internal import JSONText

/// Passes a stream on in whole events, byte for byte, so that an error can be put behind the last of them when the
/// stream breaks off.
///
/// Of a stream of chat completions it can withhold the chunk that tells the tokens, which the gateway asked for in the
/// place of a client that did not.
package struct EventRelay: Sendable {
    private var parser = SSEParser()
    private var passing: Passing

    package init(withholdingUsage: Bool = false) { passing = Passing(withholdsUsage: withholdingUsage) }

    /// The bytes that go to the client for a chunk that came.
    package mutating func read(_ chunk: UnsafeRawBufferPointer) throws(SSEError) -> [UInt8] {
        passing.begin(chunk)
        try parser.read(chunk, for: &passing) { $0.end($1) }
        return passing.takeBytes(isBetweenEvents: parser.isBetweenEvents)
    }

    /// The bytes that were held back of an event that never ended; for a stream that ended otherwise well.
    package mutating func end() -> [UInt8] {
        parser = SSEParser()
        return passing.takeBytes(isBetweenEvents: true)
    }
}

private struct Passing: Sendable {
    let withholdsUsage: Bool
    /// Bytes of the event that has not ended, and of the chunk that is read.
    private var held: [UInt8] = []
    /// How many of those held are passed on or withheld.
    private var gone = 0
    /// Where the chunk begins among those held.
    private var chunkStart = 0
    private var passed: [UInt8] = []

    init(withholdsUsage: Bool) { self.withholdsUsage = withholdsUsage }

    mutating func begin(_ chunk: UnsafeRawBufferPointer) {
        chunkStart = held.count
        held.append(contentsOf: chunk)
    }

    mutating func end(_ event: SSEEvent) {
        let end = chunkStart + event.end
        if !(withholdsUsage && event.data.tellsOnlyUsage) { passed.append(contentsOf: held[gone..<end]) }
        gone = end
    }

    mutating func takeBytes(isBetweenEvents: Bool) -> [UInt8] {
        if isBetweenEvents {
            passed.append(contentsOf: held[gone...])
            held.removeAll(keepingCapacity: true)
        } else {
            held.removeFirst(gone)
        }
        gone = 0
        defer { passed = [] }
        return passed
    }
}

extension UnsafeRawBufferPointer {
    /// A chunk without choices that tells the tokens.
    fileprivate var tellsOnlyUsage: Bool {
        var scanner = JSONScanner(self, layout: .document)
        var choices: Int?
        var hasUsage = false
        scanner.eachMember { key, scanner in
            if key.is("choices") {
                var count = 0
                scanner.eachElement {
                    count += 1
                    $0.skipValue()
                }
                choices = count
            } else if key.is("usage") {
                hasUsage = scanner.nextKind() == .object
                scanner.skipValue()
            } else {
                scanner.skipValue()
            }
        }
        return !scanner.isBroken && choices == 0 && hasUsage
    }
}
