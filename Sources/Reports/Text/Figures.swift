package import Domain

extension MoneyInterval {
    /// `$12 – $19`, or one amount where both ends read the same.
    package var dollars: String {
        let (from, to) = (low.roundDollars, high.roundDollars)
        return from == to ? from : "\(from) – \(to)"
    }
}

extension Int {
    /// Three or four digits and a unit, such as `1.02M` or `873.8M`: for tokens, whose exact number JSON and CSV carry.
    package var compact: String {
        let units: [(limit: UInt, suffix: String)] = [
            (1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k"),
        ]
        // 999,950 would round to "1000.0k": the next unit begins where rounding would reach it.
        guard let unit = units.first(where: { magnitude >= $0.limit - $0.limit / 20_000 }) else { return String(self) }
        let sign = self < 0 ? "-" : ""
        let hundredths = (magnitude / (unit.limit / 1000) + 5) / 10
        if hundredths < 1000 {
            return "\(sign)\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)\(unit.suffix)"
        }
        let tenths = (magnitude / (unit.limit / 100) + 5) / 10
        return "\(sign)\(tenths / 10).\(tenths % 10)\(unit.suffix)"
    }

    /// Bytes in the unit that reads best, such as `106.2 MB`.
    package var bytesText: String {
        let text = compact
        let number = text.dropLast()
        switch text.last {
        case "k": return "\(number) kB"
        case "M": return "\(number) MB"
        case "B": return "\(number) GB"
        case "T": return "\(number) TB"
        default: return "\(text) B"
        }
    }
}

extension ModelID {
    /// The name without what all of a family share and without its date, such as `opus-4-7`.
    package var short: String {
        var name = Substring(rawValue)
        if name.hasPrefix("claude-") { name = name.dropFirst("claude-".count) }
        let date = name.suffix(9)
        if name.count > 9, date.first == "-", date.dropFirst().allSatisfy(\.isWholeNumber) { name = name.dropLast(9) }
        return String(name)
    }

    /// What is to be replaced by what, for people.
    package func replaced(by target: ModelID?) -> String { target.map { "\(short) → \($0.short)" } ?? short }
}
