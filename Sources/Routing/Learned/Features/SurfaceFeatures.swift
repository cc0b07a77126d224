import Foundation

/// What stands on a prompt's surface, whatever it is about: how long it is, what kinds of characters and words it has.
///
/// Counts enter as log(1 + n) and the rest as shares, so that a prompt of a page and one of a line can be compared.
struct SurfaceFeatures {
    static let count = 35

    private var bytes = ByteCounts()
    private var words = WordCounts()

    init(_ text: UnsafeBufferPointer<UInt8>, _ scan: ScannedWords) {
        bytes.read(text)
        words.read(scan)
    }

    var values: [Float] {
        let length = Float(max(1, bytes.count))
        let wordCount = Float(max(1, words.count))
        let sentences = Float(bytes.sentenceEnds + 1)
        let options = bytes.options.count
        let stem = options >= 2 ? bytes.options.start : bytes.count
        return [
            log1(bytes.count), log1(words.count), Float(words.letters) / wordCount, Float(words.long) / wordCount,
            Float(words.veryLong) / wordCount, Float(bytes.digits) / length, log1(bytes.numbers),
            Float(min(bytes.longestNumber, 12)), log1(bytes.decimals), log1(bytes.currency),
            Float(bytes.operators) / length, Float(bytes.markup) / length, log1(bytes.questionMarks),
            log1(words.questions), words.asksForQuantity ? 1 : 0, log1(words.negations), Float(min(options, 8)),
            log1(words.comparisons), Float(words.comparisons) / wordCount, Float(bytes.code) / length,
            bytes.hasBlank ? 1 : 0, Float(bytes.nonASCII) / length, log1(Int(sentences)),
            log1p(wordCount / sentences), Float(words.distinct) / wordCount, log1(bytes.quotes),
            log1(words.imperatives), log1(words.conditions), log1(stem),
            log1p(Float(bytes.count - stem) / Float(max(1, options))), Float(words.functions) / wordCount,
            log1(words.persons), Float(words.numeric) / wordCount, log1(bytes.commas),
            bytes.endsInQuestion ? 1 : 0,
        ]
    }

    private func log1(_ count: Int) -> Float { log1p(Float(count)) }
}

/// Counts of characters.
private struct ByteCounts {
    var count = 0
    var digits = 0
    var numbers = 0
    var longestNumber = 0
    var decimals = 0
    var currency = 0
    var operators = 0
    var markup = 0
    var code = 0
    var questionMarks = 0
    var quotes = 0
    var commas = 0
    var sentenceEnds = 0
    var nonASCII = 0
    var hasBlank = false
    var endsInQuestion = false
    var options = OptionMarks()

    mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
        count = text.count
        endsInQuestion = text.last == UInt8(ascii: "?")
        var at = 0
        while at < text.count {
            let byte = text[at]
            switch byte {
            case 0x30...0x39:
                at = readNumber(text, from: at)
                continue
            case 0x61...0x7A: break
            case 0x20: options.look(at: text, behind: at)
            case 0x80...:
                nonASCII += 1
                if byte == 0xE2 || byte == 0xC2 { readSign(text, at) }
            case UInt8(ascii: "$"), UInt8(ascii: "%"): currency += 1
            case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "^"),
                UInt8(ascii: "<"), UInt8(ascii: ">"):
                operators += 1
            case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): markup += 1
            case UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
                UInt8(ascii: "`"):
                code += 1
            case UInt8(ascii: "_"):
                code += 1
                if at > 0, text[at - 1] == byte { hasBlank = true }
            case UInt8(ascii: "?"):
                questionMarks += 1
                countSentenceEnd(text, at)
            case UInt8(ascii: "."), UInt8(ascii: "!"): countSentenceEnd(text, at)
            case UInt8(ascii: "\""): quotes += 1
            case UInt8(ascii: ","): commas += 1
            default: break
            }
            at += 1
        }
    }

    private mutating func countSentenceEnd(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) {
        if at + 1 < text.count, text[at + 1] == 0x20 { sentenceEnds += 1 }
    }

    /// `€`, `£` and curly quotes.
    private mutating func readSign(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) {
        if text[at] == 0xC2 {
            if at + 1 < text.count, text[at + 1] == 0xA3 { currency += 1 }
        } else if at + 2 < text.count {
            if text[at + 1] == 0x82, text[at + 2] == 0xAC { currency += 1 }
            if text[at + 1] == 0x80, text[at + 2] == 0x9C || text[at + 2] == 0x9D { quotes += 1 }
        }
    }

    /// Digits with separators between them; answers where they end.
    private mutating func readNumber(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var at = start
        var length = 0
        var isDecimal = false
        while at < text.count {
            let byte = text[at]
            if byte >= 0x30, byte <= 0x39 {
                length += 1
            } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ","), at + 1 < text.count,
                text[at + 1] >= 0x30, text[at + 1] <= 0x39
            {
                isDecimal = isDecimal || byte == UInt8(ascii: ".")
            } else {
                break
            }
            at += 1
        }
        numbers += 1
        digits += length
        longestNumber = max(longestNumber, length)
        if isDecimal { decimals += 1 }
        return at
    }
}

/// Finds the marks of a list of options, `a.` `b.` or `(1)` `(2)`, each following the one before.
private struct OptionMarks {
    var count = 0
    /// Where the first mark stands.
    var start = 0
    private var isOfLetters = true

    /// Looks behind a space for the next mark: an optional bracket, one letter or digit, one of `.):`, and a space.
    @inline(__always)
    mutating func look(at text: UnsafeBufferPointer<UInt8>, behind space: Int) {
        var at = space + 1
        guard at + 1 < text.count else { return }
        if text[at] == UInt8(ascii: "(") { at += 1 }
        guard at + 1 < text.count else { return }
        let end = text[at + 1]
        guard end == UInt8(ascii: ".") || end == UInt8(ascii: ")") || end == UInt8(ascii: ":") else { return }
        guard at + 2 == text.count || text[at + 2] == 0x20 else { return }
        let mark = text[at]
        if count == 0 {
            guard mark == UInt8(ascii: "a") || mark == UInt8(ascii: "1") else { return }
            isOfLetters = mark == UInt8(ascii: "a")
            start = space
            count = 1
        } else if mark == (isOfLetters ? UInt8(ascii: "a") : UInt8(ascii: "1")) &+ UInt8(count), count < 9 {
            count += 1
        }
    }
}

/// Counts of words.
private struct WordCounts {
    var count = 0
    var letters = 0
    var long = 0
    var veryLong = 0
    var distinct = 0
    var numeric = 0
    var negations = 0
    var questions = 0
    var comparisons = 0
    var conditions = 0
    var imperatives = 0
    var functions = 0
    var persons = 0
    var asksForQuantity = false

    mutating func read(_ scan: ScannedWords) {
        count = scan.words.count
        // A bit a hash: a text of many thousand words counts a few too low.
        var seen = [UInt64](repeating: 0, count: 1024)
        var followsHow = false
        for word in scan.words {
            letters += Int(word.count)
            if word.count >= 7 { long += 1 }
            if word.count >= 10 { veryLong += 1 }
            if word.isNumeric { numeric += 1 }
            let place = Int(word.hash >> 48)
            let bit: UInt64 = 1 << UInt64(place & 63)
            if seen[place >> 6] & bit == 0 {
                seen[place >> 6] |= bit
                distinct += 1
            }
            let kind = WordClass.of(word.hash)
            if followsHow, kind.contains(.measure) { asksForQuantity = true }
            followsHow = kind.contains(.how)
            guard !kind.isEmpty else { continue }
            if kind.contains(.negation) { negations += 1 }
            if kind.contains(.question) { questions += 1 }
            if kind.contains(.comparison) { comparisons += 1 }
            if kind.contains(.condition) { conditions += 1 }
            if kind.contains(.imperative) { imperatives += 1 }
            if kind.contains(.function) { functions += 1 }
            if kind.contains(.person) { persons += 1 }
        }
    }
}
