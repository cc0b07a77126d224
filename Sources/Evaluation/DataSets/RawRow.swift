import Domain

/// A row as its file has it: scores on whatever scale, results of one prompt perhaps on several lines.
struct RawRow {
    struct Result {
        var model: ModelID
        var score: Double
        var cost: Money?
        var response: String?
    }

    var id: String?
    var prompt: String
    var results: [Result]
    var line: Int
}

/// What a reader made of a file.
struct RawRows {
    var rows: [RawRow] = []
    var skipped: [(line: Int, reason: String)] = []
    /// Prompts that a list of contaminated ones names.
    var contaminated: [String] = []

    mutating func skip(_ line: Int, _ reason: String) { skipped.append((line, reason)) }

    /// Puts lines of one prompt together, in the order of the first of each.
    mutating func join() {
        var places: [String: Int] = [:]
        var joined: [RawRow] = []
        for row in rows {
            let key = row.id.map { "id \($0)" } ?? row.prompt
            if let place = places[key] {
                joined[place].results += row.results
                if joined[place].prompt.isEmpty { joined[place].prompt = row.prompt }
            } else {
                places[key] = joined.count
                joined.append(row)
            }
        }
        rows = joined
    }
}

extension Double {
    /// A score as files spell it: a number, or whether the answer was right.
    init?(score text: String) {
        switch text {
        case "True", "true", "TRUE": self = 1
        case "False", "false", "FALSE": self = 0
        default:
            guard let value = Double(text), value.isFinite else { return nil }
            self = value
        }
    }
}

extension Money {
    /// Dollars as files spell them; nil for nothing, and for what is no price.
    init?(dollars text: String) {
        guard let value = Double(text) else { return nil }
        self.init(dollars: value)
    }

    init?(dollars value: Double) {
        guard value.isFinite, value >= 0 else { return nil }
        self.init(approximatingUSD: value)
    }
}
