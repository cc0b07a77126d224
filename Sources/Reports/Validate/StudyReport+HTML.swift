import Domain
import Replay

extension StudyReport {
    /// A page with the pairs side by side; nothing in it is run or fetched, whatever the texts hold.
    package var html: String {
        let steps = comparedSteps.map { step in
            let pairs = step.pairs.map { pair in
                """
                <tr><td><pre>\(pair.recorded?.markup ?? "–")</pre></td><td><pre>\(pair.candidate?.markup ?? "–")</pre></td>\
                <td>\(pair.level.markup)</td><td>\(pair.reason.markup)</td></tr>
                """
            }
            return """
                <h2>\(step.session.name.markup), step \(step.number): \(step.outcome.markup)</h2>
                \(step.text.map { "<p>\($0.markup)</p>" } ?? "")
                <table><tr><th>recorded</th><th>candidate</th><th>level</th><th>reason</th></tr>
                \(pairs.joined(separator: "\n"))
                </table>
                """
        }
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(study.candidate.model.rawValue.markup) in place of \(study.original.model.rawValue.markup)</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
            table { border-collapse: collapse; width: 100%; table-layout: fixed }
            td, th { border: 1px solid #8884; padding: .4rem; text-align: left; vertical-align: top }
            td:nth-child(n+3), th:nth-child(n+3) { width: 8rem }
            pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
            h2 { font-size: 1rem; margin-top: 2rem }
            </style></head><body>
            <h1>\(result.outcome.rawValue.markup)</h1>
            <p>\(result.text(of: study).markup)</p>
            \(steps.joined(separator: "\n"))
            </body></html>

            """
    }
}

extension RecordedAction {
    fileprivate var markup: String { "\(tool)\n\(input)".markup }
}

extension String {
    /// The text as HTML shows it: with nothing in it that markup or a quoted attribute would act on.
    package var markup: String {
        var markup = ""
        for character in unicodeScalars {
            switch character {
            case "&": markup += "&amp;"
            case "<": markup += "&lt;"
            case ">": markup += "&gt;"
            case "\"": markup += "&quot;"
            case "'": markup += "&#39;"
            default: markup.unicodeScalars.append(character)
            }
        }
        return markup
    }
}
