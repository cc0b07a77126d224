import Domain

extension Certificate {
    /// The promise in words and numbers, and what it rests on.
    package var text: String {
        let requests = claim.requests ?? rows
        let often = requests == 0 ? "in the long run" : "in the long run and of the next \(requests)"
        return """
            Of all requests, at most \(claim.alpha.inPercent) go to \(cheaper), come out worse there\(tolerated), and would not \
            have on \(stronger): \(often), with a confidence of \((1 - claim.delta).inPercent). \(share.inPercent) of the requests \
            go to \(cheaper). Of \(rows) held-out rows \(worse) came out worse; the true share is below \(bound.inPercent).
            """
    }

    private var tolerated: String { claim.tolerance > 0 ? " by more than \(claim.tolerance)" : "" }
}

extension Claim.Abstention {
    /// Why every request stays on the model asked for, and what would help.
    package var text: String {
        switch self {
        case .tooFewRows(let rows, let needed):
            "\(rows) held-out rows cannot carry the promise, whatever they say: at least \(needed) are needed."
        case .tooRisky(let rows, let sent, let worse):
            """
            Already of the \(sent) requests that look safest \(worse) came out worse, of \(rows): more rows, a larger alpha \
            or a better scorer may help.
            """
        }
    }
}

extension Double {
    /// In percent with one decimal, and none where it is zero.
    fileprivate var inPercent: String {
        let tenths = Int((self * 1000).rounded())
        return tenths.isMultiple(of: 10) ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
    }
}
