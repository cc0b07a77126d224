import Domain
import JSONText

/// What an object of a JSON file stands for.
private enum JSONRecord {
    case rated(RawRow)
    case contaminated(String)
    case unusable(String)
}

extension RawRows {
    /// Rated prompts in JSON: an object a line, or one array of objects.
    ///
    /// Nil where the bytes hold nothing of the kind. An object has its text under `prompt`, `question` or `query`, and results in one of these shapes:
    /// - `"results":[{"model","score","costUSD","response"}]`, the plain form;
    /// - `"arms":{MODEL:{"reward","cost"}}`, ParetoBandit's;
    /// - `"scores":{MODEL:0.5}`, LLMRouter's, and `"costs":{MODEL:0.01}` perhaps;
    /// - `"model"` and `"score"` (or `performance`, `reward`): one result an object, such as MT-Bench's judgements, whose
    ///   question is read out of the judge's prompt.
    init?(json bytes: [UInt8]) {
        self.init()
        var isJSON = false
        bytes.withUnsafeBytes { bytes in
            let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            let bytes = UnsafeRawBufferPointer(rebasing: bytes[start...])
            switch bytes.first(where: { $0 > 0x20 }) {
            case UInt8(ascii: "["): isJSON = readArray(bytes)
            case UInt8(ascii: "{"): isJSON = readLines(bytes)
            default: break
            }
        }
        guard isJSON else { return nil }
        join()
    }

    /// Whether the lines held anything that is known.
    private mutating func readLines(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes
        var line = 0
        while !rest.isEmpty {
            line += 1
            let end = firstLineFeed(in: rest) ?? rest.count
            let text = UnsafeRawBufferPointer(rebasing: rest[..<end])
            rest = UnsafeRawBufferPointer(rebasing: rest[min(end + 1, rest.count)...])
            guard text.contains(where: { $0 > 0x20 }) else { continue }
            var scanner = JSONScanner(text)
            let record = scanner.record(on: line)
            take(scanner.isBroken || !scanner.endLine() ? .unusable("no JSON, or cut") : record, on: line)
        }
        return !rows.isEmpty || !contaminated.isEmpty
    }

    private mutating func readArray(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var scanner = JSONScanner(bytes, layout: .document)
        guard scanner.enterArray() else { return false }
        var line = 1
        var counted = 0
        while scanner.nextElement() {
            // Steps over the white space before the element.
            _ = scanner.nextKind()
            line += scanner.bytes(from: counted).count { $0 == 0x0A }
            counted = scanner.offset
            let record = scanner.record(on: line)
            if scanner.isBroken { break }
            take(record, on: line)
        }
        if scanner.isBroken { skip(line, "no JSON, or cut; the rest of the file is left out") }
        return !rows.isEmpty || !contaminated.isEmpty
    }

    private mutating func take(_ record: JSONRecord, on line: Int) {
        switch record {
        case .rated(let row): rows.append(row)
        case .contaminated(let prompt): contaminated.append(prompt)
        case .unusable(let reason): skip(line, reason)
        }
    }
}

extension JSONScanner {
    /// What the next value stands for; steps over it.
    fileprivate mutating func record(on line: Int) -> JSONRecord {
        guard enterObject() else {
            skipValue()
            return .unusable("no object")
        }
        var row = RawRow(id: nil, prompt: "", results: [], line: line)
        var judgePrompt: String?
        var contaminated: String?
        var single = ResultFields()
        var costs: [ModelID: Double] = [:]
        while let key = nextKey() {
            switch key.string {
            case "prompt", "question", "query": row.prompt = promptText() ?? row.prompt
            case "id", "sample_id", "question_id": row.id = label()
            case "results", "arms", "scores": row.results += results()
            case "costs": costs = numbers()
            case "user_prompt": judgePrompt = text()?.string
            case "eval_prompt": contaminated = text()?.string
            case let key: single.take(key, from: &self)
            }
        }
        if let contaminated { return .contaminated(contaminated) }
        if let result = single.result { row.results.append(result) }
        for index in row.results.indices where row.results[index].cost == nil {
            row.results[index].cost = costs[row.results[index].model].flatMap { Money(dollars: $0) }
        }
        if row.prompt.isEmpty, let judgePrompt { row.prompt = judgedQuestion(in: judgePrompt) ?? "" }
        if row.prompt.isEmpty { return .unusable("no prompt") }
        if row.results.isEmpty { return .unusable("no model has a score") }
        return .rated(row)
    }

    /// Results as a list, or under the names of their models.
    private mutating func results() -> [RawRow.Result] {
        var results: [RawRow.Result] = []
        if enterArray() {
            while nextElement() {
                if let result = resultFields().result { results.append(result) }
            }
        } else if enterObject() {
            while let key = nextKey() {
                var fields = resultFields()
                fields.model = key.string
                if let result = fields.result { results.append(result) }
            }
        } else {
            skipValue()
        }
        return results
    }

    /// An object's fields; of a bare number, its score.
    private mutating func resultFields() -> ResultFields {
        var fields = ResultFields()
        guard enterObject() else {
            fields.score = score()
            return fields
        }
        while let key = nextKey() { fields.take(key.string, from: &self) }
        return fields
    }

    private mutating func numbers() -> [ModelID: Double] {
        var numbers: [ModelID: Double] = [:]
        guard enterObject() else {
            skipValue()
            return numbers
        }
        while let key = nextKey() {
            let model = ModelID(key.string)
            if let value = number().flatMap({ Double($0) }) { numbers[model] = value }
        }
        return numbers
    }

    fileprivate mutating func score() -> Double? {
        switch nextKind() {
        case .bool: bool().map { $0 ? 1 : 0 }
        case .number: number().flatMap { Double(score: String($0)) }
        case .string: text().flatMap { Double(score: $0.string) }
        default:
            {
                skipValue()
                return nil
            }()
        }
    }

    /// A text or a number, as text.
    private mutating func label() -> String? {
        nextKind() == .number ? number().map(String.init) : text()?.string
    }

    /// A text, or what the messages of a list say, one under the other.
    private mutating func promptText() -> String? {
        guard enterArray() else { return text()?.string }
        var parts: [String] = []
        while nextElement() {
            if enterObject() {
                while let key = nextKey() {
                    if key.is("content"), let text = text() { parts.append(text.string) } else { skipValue() }
                }
            } else if let text = text() {
                parts.append(text.string)
            }
        }
        return parts.joined(separator: "\n\n")
    }

    /// The question put to the judged model: between the marks that FastChat's prompts for judges set.
    private func judgedQuestion(in prompt: String) -> String? {
        for (start, end) in [("[Question]\n", "\n\n[The Start of"), ("### User:\n", "\n\n### ")] {
            guard let start = prompt.firstRange(of: start) else { continue }
            let rest = prompt[start.upperBound...]
            return String(rest[..<(rest.firstRange(of: end)?.lowerBound ?? rest.endIndex)])
        }
        return nil
    }
}

/// The fields of one result, under any of the names they go by.
private struct ResultFields {
    var model: String?
    var score: Double?
    var cost: Double?
    var response: String?

    mutating func take(_ key: String, from scanner: inout JSONScanner) {
        switch key {
        case "model", "model_name", "model_id": model = scanner.text()?.string
        case "score", "performance", "reward": score = scanner.score()
        case "costUSD", "cost", "cost_usd", "total_cost": cost = scanner.number().flatMap { Double($0) }
        case "response": response = scanner.text()?.string
        default: scanner.skipValue()
        }
    }

    var result: RawRow.Result? {
        guard let model, !model.isEmpty, let score else { return nil }
        return RawRow.Result(
            model: ModelID(model),
            score: score,
            cost: cost.flatMap { Money(dollars: $0) },
            response: response
        )
    }
}
