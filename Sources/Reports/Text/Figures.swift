package import Domain

extension Money {
    /// The exact amount in dollars without an exponent or trailing zeros, such as `1.25` or `0.000000003`.
    package var decimal: String {
        let (whole, billionths) = nanoUSD.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        let sign = nanoUSD < 0 ? "-" : ""
        guard billionths > 0 else { return sign + String(whole) }
        var digits = String(billionths)
        digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
        while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
        return "\(sign)\(whole).\(digits)"
    }

    /// The amount as people read it: whole cents, `<$0.01` for the crumbs below.
    package var dollars: String {
        if nanoUSD == 0 { return "$0.00" }
        if nanoUSD.magnitude < 5_000_000 { return nanoUSD < 0 ? ">-$0.01" : "<$0.01" }
        let (cents, rest) = nanoUSD.magnitude.quotientAndRemainder(dividingBy: 10_000_000)
        let rounded = rest >= 5_000_000 ? cents + 1 : cents
        let (whole, part) = rounded.quotientAndRemainder(dividingBy: 100)
        return "\(nanoUSD < 0 ? "-" : "")$\(Int(clamping: whole).grouped).\(part < 10 ? "0" : "")\(part)"
    }

    /// The amount where cents say nothing: `$1,632`, but `$4.20` below ten dollars.
    package var roundDollars: String {
        guard nanoUSD.magnitude >= 10_000_000_000 else { return dollars }
        let whole = (nanoUSD.magnitude + 500_000_000) / 1_000_000_000
        return "\(nanoUSD < 0 ? "-" : "")$\(Int(clamping: whole).grouped)"
    }

    /// The part this is of a whole, in percent, or nil of nothing.
    package func share(of whole: Money) -> Double? { whole.nanoUSD > 0 ? usd / whole.usd * 100 : nil }
}

extension MoneyInterval {
    /// `$12 – $19`, or one amount where both ends read the same.
    package var dollars: String {
        let (from, to) = (low.roundDollars, high.roundDollars)
        return from == to ? from : "\(from) – \(to)"
    }
}

extension Int {
    /// With a comma every three digits.
    package var grouped: String {
        var digits: [Character] = []
        for (index, digit) in String(magnitude).reversed().enumerated() {
            if index > 0, index % 3 == 0 { digits.append(",") }
            digits.append(digit)
        }
        return (self < 0 ? "-" : "") + String(digits.reversed())
    }

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

    /// `1 call`, `2 calls`.
    package func of(_ noun: String, _ plural: String? = nil) -> String {
        "\(grouped) \(self == 1 ? noun : plural ?? noun + "s")"
    }
}

extension Double {
    /// A percentage as people read it: `38%`, `0.4%`.
    package var percent: String {
        guard isFinite else { return "–" }
        if magnitude > 0, magnitude < 1 { return "\(((self * 10).rounded() / 10))%" }
        return "\(Int(clamping: Int64(rounded())))%"
    }
}

extension ModelID {
    /// The name without what all of a family share and without its date, such as `opus-4-7`.
    var short: String {
        var name = Substring(rawValue)
        if name.hasPrefix("claude-") { name = name.dropFirst("claude-".count) }
        let date = name.suffix(9)
        if name.count > 9, date.first == "-", date.dropFirst().allSatisfy(\.isWholeNumber) { name = name.dropLast(9) }
        return String(name)
    }

    /// What is to be replaced by what, for people.
    func replaced(by target: ModelID?) -> String { target.map { "\(short) → \($0.short)" } ?? short }
}
