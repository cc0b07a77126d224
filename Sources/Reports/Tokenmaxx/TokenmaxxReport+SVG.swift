import Domain

extension TokenmaxxReport {
    /// The line as a picture of 1200 by 630, which is what pages show of a link.
    package var svg: String {
        let bar = 1040.0
        let part = (bar * min(max(overpaid, 0), 100) / 100).rounded()
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630" role="img" \
            aria-label="\(line.xml)">
            <rect width="1200" height="630" fill="#0f1419"/>
            <g font-family="ui-sans-serif, system-ui, Helvetica, Arial, sans-serif" fill="#e6e1cf">
            <text x="80" y="130" font-size="40" fill="#8a919b">tokenmaxx</text>
            <text x="80" y="310" font-size="180" font-weight="700">\(overpaid.percent.xml)</text>
            <rect x="80" y="360" width="\(Int(bar))" height="24" rx="12" fill="#232b36"/>
            <rect x="80" y="360" width="\(Int(part))" height="24" rx="12" fill="#e6b450"/>
            <text x="80" y="455" font-size="40">about \(recoverable.mid.roundDollars.xml) of \
            \(billing.total.roundDollars.xml) \(billing.noun.xml)</text>
            <text x="80" y="510" font-size="32" fill="#8a919b">looks overpaid over \(calls.of("call").xml)\(place.xml)</text>
            <text x="80" y="575" font-size="26" fill="#8a919b">estimated by suffice, \(period.name.xml)</text>
            </g>
            </svg>

            """
    }

    private var place: String { projects.isEmpty ? "" : ", mostly in \(projects.joined(separator: ", "))" }
}

extension String {
    fileprivate var xml: String {
        var text = ""
        for character in visible {
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            default: text.append(character)
            }
        }
        return text
    }
}
