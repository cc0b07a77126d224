/// The fields behind the last chunk, byte by byte; they must be fields, and nobody reads them (RFC 9112, 7.1.2).
struct TrailerSection: Sendable {
    private enum Phase: Sendable {
        case lineStart
        case name
        case value
        case lineFeed(isLast: Bool)
    }

    private static let mostBytes = 4096

    private var phase = Phase.lineStart
    private var count = 0
    /// Of the line that is read, in lower case.
    private var name: [UInt8] = []

    /// Whether the message is over.
    mutating func read(_ byte: UInt8) throws(HTTPFault) -> Bool {
        count += 1
        guard count <= TrailerSection.mostBytes else { throw .malformed("the trailer is too long") }
        switch (phase, byte) {
        case (.lineStart, 0x0D): phase = .lineFeed(isLast: true)
        case (.lineStart, _) where isTokenByte(byte):
            phase = .name
            name = [asciiLowercased(byte)]
        case (.name, UInt8(ascii: ":")):
            // A reader that took it over would see another end than we do (RFC 9110, 6.5.1).
            guard !name.elementsEqual("content-length".utf8), !name.elementsEqual("transfer-encoding".utf8) else {
                throw .malformed("the trailer says where the body ends")
            }
            phase = .value
        case (.name, _) where isTokenByte(byte): name.append(asciiLowercased(byte))
        case (.value, 0x0D): phase = .lineFeed(isLast: false)
        case (.value, 0x09), (.value, 0x20...0x7E), (.value, 0x80...): break
        case (.lineFeed(let isLast), 0x0A):
            phase = .lineStart
            return isLast
        default: throw .malformed("the trailer holds what is no field")
        }
        return false
    }
}
