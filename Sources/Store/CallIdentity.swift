import Domain

/// What settling copies needs of a call, in 32 bytes, so that no call has to be unpacked for it.
struct CallIdentity {
    static let size = 32

    var id: UInt64
    var request: UInt32
    var flags: Flags
    /// A hash of the thread the call was made on; from the gateway's journal, of the exchange.
    var thread: UInt64
    /// Tokens of all attempts: the larger record of a call is the whole one.
    var tokens: Int64

    struct Flags: OptionSet {
        let rawValue: UInt32
        static let isEcho = Flags(rawValue: 1)
        static let isOnMainThread = Flags(rawValue: 2)
        /// From the gateway's journal.
        static let isExchange = Flags(rawValue: 4)
    }

    init(_ call: Call, in strand: Reading.Strand, threadHash: UInt64) {
        id = call.key.id
        request = call.key.request
        flags = []
        if strand.isEcho { flags.insert(.isEcho) }
        if strand.thread.kind == .main { flags.insert(.isOnMainThread) }
        thread = threadHash
        if let exchange = strand.exchange {
            flags.insert(.isExchange)
            thread = ThreadID(kind: .main, name: exchange).stableHash
        }
        tokens = Int64(call.billedUsage.totalTokens)
    }

    /// Reads the identity at a place of a page's identities.
    init(at index: Int, of bytes: UnsafeRawBufferPointer) {
        let offset = index * CallIdentity.size
        id = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        request = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt32.self))
        flags = Flags(
            rawValue: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
        )
        thread = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self))
        tokens = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 24, as: Int64.self))
    }

    /// Only the id, which is all that most calls are asked for.
    static func id(at index: Int, of bytes: UnsafeRawBufferPointer) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * size, as: UInt64.self))
    }

    /// Whether a differing request id may only mean that the log lost or changed it.
    var hasWeakRequest: Bool { request == 0 || flags != .isOnMainThread }
}

extension ByteWriter {
    mutating func identity(_ identity: CallIdentity) {
        fixed64(identity.id)
        fixed32(identity.request)
        fixed32(identity.flags.rawValue)
        fixed64(identity.thread)
        fixed64(UInt64(bitPattern: identity.tokens))
    }
}

extension ThreadID {
    /// A hash that tells a session's threads apart (64-bit FNV-1a).
    var stableHash: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in [kind.rawValue] + Array(name.utf8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }
}
