extension String {
    /// The text as it stands in XML, without the characters that XML forbids.
    var xml: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "\n", "\t": text += " "
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Double {
    /// With so many decimals.
    func text(_ decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        guard isFinite, abs(self) < 1e12 else { return "–" }
        let whole = Int((abs(self) * scale).rounded())
        let sign = self < 0 && whole > 0 ? "−" : ""
        guard decimals > 0 else { return sign + String(whole) }
        let digits = String(whole)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// With the fewest decimals, at most six, that tell it apart from a value so far away.
    func text(telling step: Double) -> String {
        let decimals = (0...6).first { decimals in
            let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
            return abs((self * scale).rounded() / scale - self) < step * 0.01
        }
        return text(decimals ?? 6)
    }
}
