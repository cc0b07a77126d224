import Domain
import Pricing

extension PriceBook {
    /// The cost in US$, as exact text, of a usage on a model at noon of a day.
    func usd(
        _ usage: Usage,
        _ model: String,
        on day: String = "2026-11-20",
        mode: ServingMode = .standard
    ) -> String? {
        guard let day = Day(day) else { return nil }
        let noon = Timestamp(milliseconds: day.start.milliseconds + 43_200_000)
        return cost(of: usage, on: ModelID(model), mode: mode, at: noon)?.exactUSD
    }

    /// The input price on a day in US$ per million tokens.
    func input(_ model: String, on day: String = "2026-11-20") -> String? {
        Day(day).flatMap { price(of: ModelID(model), on: $0) }?.standard.first?.rates.input.perMillionText
    }
}

extension Money {
    var exactUSD: String {
        let digits = String(nanoUSD)
        let padded = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
        var fraction = padded.suffix(9)
        while fraction.last == "0" { fraction.removeLast() }
        return padded.dropLast(9) + (fraction.isEmpty ? "" : "." + fraction)
    }
}

extension Usage {
    /// A million of each kind that is named.
    static func million(
        input: Bool = false,
        output: Bool = false,
        read: Bool = false,
        write5m: Bool = false,
        write1h: Bool = false
    ) -> Usage {
        Usage(
            inputTokens: input ? 1_000_000 : 0,
            outputTokens: output ? 1_000_000 : 0,
            cacheReadTokens: read ? 1_000_000 : 0,
            cacheWrite5mTokens: write5m ? 1_000_000 : 0,
            cacheWrite1hTokens: write1h ? 1_000_000 : 0
        )
    }
}

extension Call {
    static func sample(
        model: String,
        usage: Usage = Usage(outputTokens: 1_000_000),
        mode: ServingMode = .standard,
        attempts: [Attempt] = []
    ) -> Call {
        Call(
            key: CallKey(id: 1),
            id: "msg_1",
            time: Day(year: 2026, month: 11, day: 20).start,
            model: ModelID(model),
            mode: mode,
            usage: usage,
            earlierAttempts: attempts,
            position: LogPosition(offset: 0, length: 0)
        )
    }
}

extension PriceOverride {
    static func sample(
        _ model: String,
        input: Double,
        output: Double,
        cacheRead: Double? = nil,
        from: String? = nil
    ) -> PriceOverride? {
        guard let input = TokenPrice(perMillion: input), let output = TokenPrice(perMillion: output) else { return nil }
        return PriceOverride(
            model: ModelID(model),
            from: from.flatMap { Day($0) },
            input: input,
            output: output,
            cacheRead: cacheRead.flatMap { TokenPrice(perMillion: $0) }
        )
    }
}
