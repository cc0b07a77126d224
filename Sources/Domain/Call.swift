/// One response of a model, counted once however many log lines, files, homes or doors show it.
package struct Call: Hashable, Sendable {
    /// What makes two records the same call.
    package var key: CallKey
    /// The id a person can search the log for, such as `msg_01G5…`.
    package var id: String
    package var time: Timestamp
    package var model: ModelID
    package var mode: ServingMode
    package var usage: Usage
    /// Billed attempts before the one in ``usage``, each on its own model, such as a refused one that fell back.
    package var earlierAttempts: [Attempt]
    package var effort: Effort?
    package var stopReason: StopReason
    /// Bytes of text, thinking and tool input that the log shows of the reply.
    package var visibleOutputBytes: Int
    /// The logged output is a streaming placeholder: the true count is higher.
    package var outputIsLowerBound: Bool
    /// What the agent itself says the call cost, where it does.
    package var loggedCost: Money?
    /// Why the provider says the prompt cache was not read (`cache_miss_reason`), where it does.
    package var cacheMissReason: String?
    package var position: LogPosition

    package init(
        key: CallKey,
        id: String,
        time: Timestamp,
        model: ModelID,
        mode: ServingMode = .standard,
        usage: Usage,
        earlierAttempts: [Attempt] = [],
        effort: Effort? = nil,
        stopReason: StopReason = .unknown,
        visibleOutputBytes: Int = 0,
        outputIsLowerBound: Bool = false,
        loggedCost: Money? = nil,
        cacheMissReason: String? = nil,
        position: LogPosition
    ) {
        self.key = key
        self.id = id
        self.time = time
        self.model = model
        self.mode = mode
        self.usage = usage
        self.earlierAttempts = earlierAttempts
        self.effort = effort
        self.stopReason = stopReason
        self.visibleOutputBytes = visibleOutputBytes
        self.outputIsLowerBound = outputIsLowerBound
        self.loggedCost = loggedCost
        self.cacheMissReason = cacheMissReason
        self.position = position
    }

    /// Tokens of all attempts together.
    package var billedUsage: Usage { earlierAttempts.reduce(usage) { $0 + $1.usage } }

    /// The output, or where that is only a placeholder, what the visible text comes to at 3.6 bytes a token.
    package var estimatedOutputTokens: Int {
        guard outputIsLowerBound else { return usage.outputTokens }
        return max(usage.outputTokens, visibleOutputBytes.tokensByLength)
    }

    /// Measured over English text and code in real logs.
    package static let bytesPerToken = 3.6
}

extension Int {
    /// What so many bytes of text come to, in tokens.
    package var tokensByLength: Int { Int((Double(self) / Call.bytesPerToken).rounded()) }
}

/// The identity of a call, from the ids its provider and its agent gave it.
///
/// Two different responses share an ``id`` with probability below one in ten million for a history of a million calls.
package struct CallKey: Hashable, Sendable {
    /// A hash of the response's own id, such as `message.id`.
    package var id: UInt64
    /// A hash of the request's id, 0 where the log has none: some proxies repeat response ids.
    package var request: UInt32

    package init(id: UInt64, request: UInt32 = 0) {
        self.id = id
        self.request = request
    }
}

/// A billed try at a response that another model then gave.
package struct Attempt: Hashable, Sendable {
    package var model: ModelID
    package var usage: Usage

    package init(model: ModelID, usage: Usage) {
        self.model = model
        self.usage = usage
    }
}

/// How hard the model was asked to think.
package enum Effort: UInt8, Sendable, CaseIterable, Codable {
    case none = 1
    case minimal
    case low
    case medium
    case high
    case xhigh
    case max

    package init?(name: String) {
        switch name {
        case "none": self = .none
        case "minimal": self = .minimal
        case "low": self = .low
        case "medium": self = .medium
        case "high": self = .high
        case "xhigh": self = .xhigh
        case "max": self = .max
        default: return nil
        }
    }
}

/// Why the model stopped, in the words all providers share.
package enum StopReason: UInt8, Sendable, CaseIterable, Codable {
    case unknown
    case endTurn
    case toolUse
    case maxTokens
    case stopSequence
    case refusal
    case pauseTurn
    case error
}

/// Where a record stands in the log it came from, so that later steps can read the original.
package struct LogPosition: Hashable, Sendable {
    /// Bytes from the start of the file; for a SQLite log, the row.
    package var offset: Int64
    /// Bytes of the record's first line.
    package var length: Int

    package init(offset: Int64, length: Int) {
        self.offset = offset
        self.length = length
    }
}
