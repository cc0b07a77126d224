/// A decimal number times ten to the scale, or nil where it is none or has digits below that unit.
///
/// Reads what JSON and people write (`5e-06`, `0.25`, `1.25E-7`); nothing passes through a floating-point number.
func exactDecimal(_ text: some Sequence<UInt8>, scale: Int) -> Int64? {
    var digits: Int64 = 0
    var places = scale
    var exponent = 0
    var part = DecimalPart.start
    var isNegative = false
    var isNegativeExponent = false
    for byte in text {
        switch (byte, part) {
        case (0x30...0x39, .exponentSign), (0x30...0x39, .exponentStart), (0x30...0x39, .exponent):
            exponent = exponent * 10 + Int(byte - 0x30)
            guard exponent < 100 else { return nil }
            part = .exponent
        case (0x30...0x39, _):
            let (tenfold, overflow) = digits.multipliedReportingOverflow(by: 10)
            guard !overflow, tenfold <= .max - 9 else { return nil }
            digits = tenfold + Int64(byte - 0x30)
            if part == .fraction || part == .point { places -= 1 }
            part = part == .fraction || part == .point ? .fraction : .whole
        case (UInt8(ascii: "-"), .start): (isNegative, part) = (true, .sign)
        case (UInt8(ascii: "+"), .start): part = .sign
        case (UInt8(ascii: "."), .whole): part = .point
        case (UInt8(ascii: "e"), .whole), (UInt8(ascii: "e"), .fraction): part = .exponentSign
        case (UInt8(ascii: "E"), .whole), (UInt8(ascii: "E"), .fraction): part = .exponentSign
        case (UInt8(ascii: "-"), .exponentSign): (isNegativeExponent, part) = (true, .exponentStart)
        case (UInt8(ascii: "+"), .exponentSign): part = .exponentStart
        default: return nil
        }
    }
    guard part == .whole || part == .fraction || part == .exponent else { return nil }
    guard let value = shifted(digits, by: places + (isNegativeExponent ? -exponent : exponent)) else { return nil }
    return isNegative ? -value : value
}

private enum DecimalPart {
    case start
    case sign
    case whole
    case point
    case fraction
    case exponentSign
    case exponentStart
    case exponent
}

/// A whole number times a power of ten, or nil where that is no whole number or too large.
private func shifted(_ number: Int64, by places: Int) -> Int64? {
    guard number != 0 else { return 0 }
    var value = number
    for _ in 0..<abs(places) {
        if places > 0 {
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = tenfold
        } else {
            guard value % 10 == 0 else { return nil }
            value /= 10
        }
    }
    return value
}

/// The shortest decimal text of a number of units of ten to the minus scale.
func decimalText(_ units: Int64, scale: Int) -> String {
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
    let whole = padded.dropLast(scale)
    var fraction = padded.suffix(scale)
    while fraction.last == "0" { fraction.removeLast() }
    return (units < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
}

/// A fraction of a number, rounded half to even; what does not fit is clamped.
func scaledHalfEven(_ number: Int64, by numerator: Int64, over denominator: Int64) -> Int64 {
    roundedHalfEven(Int128(number) * Int128(numerator), over: Int128(denominator))
}

/// A quotient of non-negative numbers rounded half to even, and clamped to 64 bits.
func roundedHalfEven(_ number: Int128, over divisor: Int128) -> Int64 {
    if let number = Int64(exactly: number), let divisor = Int64(exactly: divisor), divisor < .max / 2 {
        // The same in one instruction, for all but absurd numbers.
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        let twice = remainder * 2
        return quotient + (twice > divisor || (twice == divisor && quotient % 2 == 1) ? 1 : 0)
    }
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    let twice = remainder * 2
    let roundsUp = twice > divisor || (twice == divisor && quotient % 2 == 1)
    return Int64(clamping: roundsUp ? quotient + 1 : quotient)
}
