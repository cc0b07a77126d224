#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a judge without a model sees of an answer beside its prompt: about thirty numbers that make sense for any answer.
///
/// Counts are on a logarithmic scale, so that one long answer does not outweigh all others.
package struct AnswerFeatures: Hashable, Sendable {
    /// In the order of ``names``; all finite.
    package var values: [Double]

    /// `earlier` is what a cheaper model answered to the same prompt, where one was asked.
    package init(of answer: Answer, to prompt: String, after earlier: Answer? = nil) {
        let text = [UInt8](lowercasing: answer.text)
        let asked = [UInt8](lowercasing: prompt)
        let numbers = NumberScan(text)
        let promptBytes = AnswerShape(asked).bytes
        let givenNumbers = NumberScan(asked)
        let shape = AnswerShape(text)
        let used = NumbersUsed(prompt: givenNumbers, answer: numbers)
        let sums = ArithmeticCheck(text)
        let hedging = Hedging(text)
        let final = FinalAnswer(text, numbers: numbers)
        let truncation = Truncation(text, stopReason: answer.stopReason)
        let agreement = earlier.map { Agreement(of: text, final, with: [UInt8](lowercasing: $0.text)) }
        let number = final.number ?? 0
        values = [
            log1p(Double(shape.bytes)),
            log1p(Double(shape.lines)),
            log1p(Double(shape.bytes)) - log1p(Double(promptBytes)),
            log1p(Double(shape.bytes) / Double(max(1, shape.lines))),
            shape.digitShare,
            shape.repeatedLines,
            shape.repeatedPhrases,
            shape.listedLines,
            shape.hasCode ? 1 : 0,
            shape.bytes == 0 ? 1 : 0,
            log1p(Double(used.inAnswer)),
            log1p(Double(used.given)),
            used.used,
            used.repeated,
            log1p(Double(used.inAnswer)) - log1p(Double(used.given)),
            log1p(Double(sums.checked)),
            sums.checked == 0 ? 0 : Double(sums.wrong) / Double(sums.checked),
            log1p(Double(sums.wrong)),
            log1p(Double(hedging.hedges)),
            hedging.refuses ? 1 : 0,
            truncation == .certain ? 1 : 0,
            truncation == .likely ? 1 : 0,
            final.isMarked ? 1 : 0,
            log1p(Double(final.text.count)),
            final.number == nil ? 0 : 1,
            number < 0 ? 1 : 0,
            number == number.rounded() ? 0 : 1,
            log1p(min(1e12, abs(number))),
            givenNumbers.found.contains { $0.value == number } ? 1 : 0,
            agreement?.isSameAnswer == true ? 1 : 0,
            agreement?.isSameAnswer == false ? 1 : 0,
            agreement?.sharedWords ?? 0,
        ]
    }

    package static let names = [
        "length", "lines", "length over prompt's", "line length", "digits", "repeated lines", "repeated phrases",
        "listed lines", "code", "empty", "numbers", "prompt's numbers", "prompt's numbers used",
        "numbers from the prompt", "numbers over prompt's", "sums", "wrong sums, share", "wrong sums", "hedges",
        "refusal", "cut off", "open end", "marked final answer", "final answer's length", "final number",
        "negative final number", "broken final number", "final number's size", "final number from the prompt",
        "agrees with the earlier answer", "disagrees with the earlier answer", "words shared with the earlier answer",
    ]
}
