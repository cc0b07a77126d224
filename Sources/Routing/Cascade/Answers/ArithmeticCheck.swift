/// Works out again what an answer claims to have worked out, such as `16 - 3 - 4 = 9`.
///
/// Looks at each equals sign with a sum of plain numbers before it and a number behind it; chains such as `2 * 3 = 6 + 1 = 7`
/// are read link by link. What holds words or names is left alone.
struct ArithmeticCheck: Hashable {
    var checked = 0
    /// The number behind the sign is not what the sum before it comes to, even when rounded.
    var wrong = 0

    init(_ text: [UInt8]) {
        for index in text.indices where text[index] == UInt8(ascii: "=") {
            guard let said = Self.number(in: text, behind: index), let sum = Self.sum(in: text, before: index) else {
                continue
            }
            checked += 1
            if !said.isRounding(of: sum) { wrong += 1 }
        }
    }

    private struct Said {
        var value: Double
        var decimals: Int

        /// Half of the last place that is written, or what a person rounds away.
        func isRounding(of exact: Double) -> Bool {
            var place = 1.0
            for _ in 0..<min(12, decimals) { place /= 10 }
            return abs(value - exact) <= max(place * 0.501, 0.002 * abs(exact))
        }
    }

    private static func number(in text: [UInt8], behind sign: Int) -> Said? {
        var index = sign + 1
        while index < text.count, text[index] == 0x20 || text[index] == UInt8(ascii: "$") { index += 1 }
        guard index < text.count, let number = NumberScan.number(in: text, at: index) else { return nil }
        // A sum goes on: its own equals sign, if it has one, is looked at by itself.
        var next = number.range.upperBound
        while next < text.count, text[next] == 0x20 { next += 1 }
        if next + 1 < text.count, text[next].isOperator, text[next] != UInt8(ascii: "-") || text[next + 1] == 0x20 {
            return nil
        }
        if next < text.count, text[next] == UInt8(ascii: "%") { return nil }
        let point = text[number.range].firstIndex(of: UInt8(ascii: "."))
        return Said(value: number.value, decimals: point.map { number.range.upperBound - $0 - 1 } ?? 0)
    }

    /// In bytes; longer runs of numbers are tables, not sums.
    private static let longestSum = 400

    /// The value of the longest run of numbers, operators and brackets that ends before the sign; it needs an operator.
    private static func sum(in text: [UInt8], before sign: Int) -> Double? {
        var start = sign
        while start > 0, text[start - 1].isOfSum { start -= 1 }
        guard sign - start <= longestSum else { return nil }
        // What is left of a word ends in a place where a sum cannot start.
        while start < sign, !text[start].startsSum { start += 1 }
        guard start < sign else { return nil }
        if start > 0, text[start - 1].isLetterlike { return nil }
        var reader = SumReader(text[start..<sign])
        return reader.value()
    }
}

extension UInt8 {
    fileprivate var isOperator: Bool {
        self == UInt8(ascii: "+") || self == UInt8(ascii: "-") || self == UInt8(ascii: "*") || self == UInt8(ascii: "/")
    }

    fileprivate var isOfSum: Bool {
        isNumeral || isOperator || self == 0x20 || self == UInt8(ascii: "(") || self == UInt8(ascii: ")")
            || self == UInt8(ascii: ".") || self == UInt8(ascii: ",") || self == UInt8(ascii: "$")
            || self == UInt8(ascii: "x")
    }

    fileprivate var startsSum: Bool {
        isNumeral || self == UInt8(ascii: "(") || self == UInt8(ascii: "-") || self == UInt8(ascii: "$")
            || self == UInt8(ascii: ".")
    }
}

/// Reads sums, products and brackets by the usual precedence.
private struct SumReader {
    private let text: ArraySlice<UInt8>
    private var index: Int
    private var operators = 0
    private var depth = 0

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        index = text.startIndex
    }

    mutating func value() -> Double? {
        guard let value = sum(), index == text.endIndex, operators > 0, value.isFinite else { return nil }
        return value
    }

    private mutating func peek() -> UInt8? {
        while index < text.endIndex, text[index] == 0x20 || text[index] == UInt8(ascii: "$") { index += 1 }
        return index < text.endIndex ? text[index] : nil
    }

    private mutating func sum() -> Double? {
        guard var value = product() else { return nil }
        while let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            index += 1
            operators += 1
            guard let next = product() else { return nil }
            value += sign == UInt8(ascii: "+") ? next : -next
        }
        return value
    }

    private mutating func product() -> Double? {
        guard var value = factor() else { return nil }
        while let sign = peek(), sign == UInt8(ascii: "*") || sign == UInt8(ascii: "/") || sign == UInt8(ascii: "x") {
            index += 1
            operators += 1
            guard let next = factor() else { return nil }
            value = sign == UInt8(ascii: "/") ? value / next : value * next
        }
        return value
    }

    private mutating func factor() -> Double? {
        guard let first = peek(), depth < 50 else { return nil }
        depth += 1
        defer { depth -= 1 }
        if first == UInt8(ascii: "-") {
            index += 1
            return factor().map { -$0 }
        }
        if first == UInt8(ascii: "(") {
            index += 1
            guard let value = sum(), peek() == UInt8(ascii: ")") else { return nil }
            index += 1
            return value
        }
        let rest = Array(text[index...])
        guard let number = NumberScan.number(in: rest, at: 0) else { return nil }
        index += number.range.upperBound
        return number.value
    }
}
