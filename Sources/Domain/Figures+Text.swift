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

    /// `1 call`, `2 calls`.
    package func of(_ noun: String, _ plural: String? = nil) -> String {
        "\(grouped) \(self == 1 ? noun : plural ?? noun + "s")"
    }
}

extension Double {
    /// A percentage as people read it: `38%`, `0.4%`, `<0.1%`.
    package var percent: String {
        guard isFinite else { return "–" }
        if magnitude > 0, magnitude < 0.05 { return self > 0 ? "<0.1%" : ">-0.1%" }
        if magnitude > 0, magnitude < 1 { return "\(((self * 10).rounded() / 10))%" }
        return "\(Int(Double.minimum(Double.maximum(rounded(), -1e15), 1e15)))%"
    }
}

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
