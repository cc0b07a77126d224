internal import Domain

/// Reads the events of one format's stream as events of no format.
protocol ReplyStreamReader: Sendable {
    /// The format's last event has come.
    var isOver: Bool { get }

    /// What was read and has no word among the neutral events.
    var loss: ConversionLoss { get }

    /// Reads one event; what is no JSON or of no known kind is passed over.
    mutating func read(_ data: UnsafeRawBufferPointer, into events: inout [ReplyEvent])
}

/// Writes events of no format as one format's stream.
protocol ReplyStreamWriter: Sendable {
    var loss: ConversionLoss { get }

    mutating func write(_ event: ReplyEvent, to bytes: inout [UInt8])

    /// The upstream's stream is over: ends the client's as its format ends, or with an error where the model has not
    /// said why it stopped.
    mutating func end(to bytes: inout [UInt8])
}

extension ReplyFailure {
    /// What a client is told of a stream that breaks off, in its provider's words.
    static func brokenOff(of provider: Provider) -> ReplyFailure {
        ReplyFailure(.api, "the provider's reply broke off before its end").told(by: .anthropic, to: provider)
    }
}
