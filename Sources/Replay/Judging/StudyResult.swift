package import Domain
package import Statistics

/// What a study showed: agreement with history one step at a time, never quality.
package struct StudyResult: Sendable {
    /// A share with its 95% interval.
    package struct Share: Hashable, Sendable {
        package var value: Double
        package var interval: Interval
        package var count: Int
    }

    /// One group of steps.
    package struct Group: Hashable, Sendable {
        package var name: String
        package var value: String
        package var steps: Int
        package var agreement: Double
        package var floor: Double
    }

    /// How replies ended, for one model.
    package struct Endings: Hashable, Sendable {
        package var answered = 0
        package var truncated = 0
        package var refused = 0
        package var failed = 0
        /// What the last failure said.
        package var trouble: String?
    }

    package var outcome: Verdict.Outcome
    /// What keeps it from being supported, in words.
    package var doubts: [String]
    /// About so many more steps would decide; nil where it is decided, or no study of this kind would.
    package var stepsNeeded: Int?
    package var agreement: Share?
    package var floor: Share?
    package var difference: Double?
    package var differenceInterval: Interval
    /// How likely so good a difference would be, were the true one at the margin.
    package var pValue: Double
    package var pairs: Int
    package var sessions: Int
    package var effectivePairs: Double
    package var correlation: Double
    /// The candidate's verdicts by kind.
    package var kinds: [StepVerdict.Kind: Int]
    package var originalKinds: [StepVerdict.Kind: Int]
    /// Of the steps where the original agreed with its record, those where the candidate did not.
    package var differsOnStable: Int
    package var differsOnUnstable: Int
    /// Both the same by name only, and every action canonically equal: a looser and a stricter measure.
    package var sameTools: Double?
    package var strict: Double?
    package var schemaValid: Double?
    package var stopMismatches: Share?
    package var originalStopMismatches: Share?
    package var extraCalls: Double
    package var candidateEndings: Endings
    package var originalEndings: Endings
    package var groups: [Group]
    package var fidelity: [Fidelity: Int]
    package var changes: [String: Int]
}

extension StudyResult {
    /// The largest loss of agreement that is borne is the study's; the rest are these.
    private static let leastEffectivePairs = 40.0
    private static let leastFloor = 0.5
    private static let leastSchemaValid = 0.98

    package init(of rows: [StudyRow], in study: Study) {
        // What was guessed proves nothing: it counts only where there is nothing else.
        let known = rows.filter { $0.fidelity != .inferred }
        let counted = known.isEmpty ? rows : known
        let paired = counted.filter(\.isPair)
        let sample = study.sample
        let candidates = paired.compactMap(\.candidate?.verdict)
        let originals = paired.compactMap(\.original?.verdict)
        let difference = PairedDifference(pairing: paired, in: sample)
        let stops = PairedDifference(rows: paired, in: sample) { $0.kind == .stopMismatch }
        func share(_ measured: (StudyRow) -> Bool?) -> Share? {
            Share(of: ClusteredSample(rows: paired, in: sample) { row in measured(row).map { $0 ? 1 : 0 } })
        }
        agreement = share { $0.candidate?.verdict?.agrees }
        floor = share { $0.original?.verdict?.agrees }
        self.difference = difference.mean
        differenceInterval = difference.interval()
        pValue = difference.pValue(ofAtMost: study.margin)
        pairs = paired.count
        sessions = difference.differences.clusters.count
        effectivePairs = difference.effectiveCount
        correlation = difference.correlation
        kinds = Dictionary(grouping: candidates, by: \.kind).mapValues(\.count)
        originalKinds = Dictionary(grouping: originals, by: \.kind).mapValues(\.count)
        differsOnStable = paired.count {
            $0.original?.verdict?.agrees == true && $0.candidate?.verdict?.agrees == false
        }
        differsOnUnstable = paired.count {
            $0.original?.verdict?.agrees == false && $0.candidate?.verdict?.agrees == false
        }
        sameTools =
            share { row in
                row.candidate.map { $0.reply.actions.map(\.tool).sorted() == row.step.actions.map(\.tool).sorted() }
            }?.value
        strict = share { $0.candidate?.verdict.map { $0.pairs.allSatisfy { ["E0", "E1"].contains($0.level) } } }?.value
        let calls = candidates.reduce(0) { $0 + $1.calls }
        schemaValid = calls > 0 ? Double(candidates.reduce(0) { $0 + $1.validCalls }) / Double(calls) : nil
        stopMismatches = share { $0.candidate?.verdict.map { $0.kind == .stopMismatch } }
        originalStopMismatches = share { $0.original?.verdict.map { $0.kind == .stopMismatch } }
        let originalCalls = originals.reduce(0) { $0 + $1.calls }
        extraCalls = originalCalls > 0 ? max(1, Double(calls) / Double(originalCalls)) : 1
        candidateEndings = Endings(rows.compactMap(\.candidate))
        originalEndings = Endings(rows.compactMap(\.original))
        groups = Group.all(in: paired)
        fidelity = Dictionary(grouping: rows, by: \.fidelity).mapValues(\.count)
        changes = rows.reduce(into: [:]) { counts, row in for change in row.changes { counts[change, default: 0] += 1 }
        }

        doubts = []
        stepsNeeded = nil
        outcome = .inconclusive
        let worseStops = stops.interval().low > 0
        if worseStops { doubts.append("it stops where the record goes on, or goes on where it stops, more often") }
        if let schemaValid, schemaValid < Self.leastSchemaValid {
            doubts.append("\((schemaValid * 100).percent) of its calls are ones the tools' schemas take, not 98%")
        }
        if effectivePairs < Self.leastEffectivePairs {
            doubts.append("the steps are worth \(Int(effectivePairs)) independent ones, not 40")
        }
        if differenceInterval.low <= study.margin {
            doubts.append("it may agree \(Int((-differenceInterval.low * 100).rounded())) points less often")
        }
        if known.isEmpty, !rows.isEmpty {
            outcome = .indicative
            doubts = ["the requests had to be guessed: this says something and proves nothing"]
        } else if paired.isEmpty {
            outcome = .cannotTell
            doubts = ["no step was answered by both models"]
        } else if let floor, floor.value < Self.leastFloor {
            outcome = .cannotTell
            doubts = [
                "asked again, the recorded model agreed with its own record \((floor.value * 100).percent) of the time: "
                    + "the requests are not what they were, or the work is free"
            ]
        } else if doubts.isEmpty {
            outcome = .supported
        } else if differenceInterval.high < study.margin {
            outcome = .contradicted
            let least = Int((-differenceInterval.high * 100).rounded(.down))
            doubts = ["it agrees at least \(least) points less often than the recorded model does with itself"]
        } else {
            stepsNeeded = StudyResult.stepsNeeded(difference, study.margin)
        }
    }

    /// As many as the interval needs, and as the steps' worth does.
    private static func stepsNeeded(_ difference: PairedDifference, _ margin: Double) -> Int? {
        guard let forInterval = difference.pairsNeeded(against: margin) else { return nil }
        let worth = max(1, difference.effectiveCount)
        let forWorth = Double(difference.differences.count) * (leastEffectivePairs / worth - 1)
        return max(1, forInterval, Int(max(0, forWorth).rounded(.up)))
    }

    /// The results as they count beside one another: with several claims at once, one may hold by luck (Holm, 1979).
    package static func heldTogether(_ results: [StudyResult]) -> [StudyResult] {
        let adjusted = Holm.adjusted(results.map(\.pValue))
        return zip(results, adjusted).map { result, pValue in
            guard result.outcome == .supported, pValue > 0.025 else { return result }
            var result = result
            result.outcome = .inconclusive
            result.doubts = ["beside \(results.count - 1) others that were looked at, it may hold by luck"]
            return result
        }
    }
}

extension StudyResult.Share {
    /// Nil without a value.
    init?(of sample: ClusteredSample) {
        guard let mean = sample.mean else { return nil }
        value = mean
        count = sample.count
        interval = sample.shareInterval()
    }
}

extension StudyResult.Endings {
    init(_ answers: [StudyRow.Answer]) {
        for answer in answers {
            switch answer.reply.outcome {
            case .answered: answered += 1
            case .truncated: truncated += 1
            case .refused: refused += 1
            case .failed:
                failed += 1
                trouble = answer.reply.trouble
            }
        }
    }
}

extension StudyResult.Group {
    static func all(in rows: [StudyRow]) -> [StudyResult.Group] {
        var grouped: [String: [StudyRow]] = [:]
        var order: [(name: String, value: String)] = []
        for row in rows {
            for group in row.stratum.groups {
                if grouped[group.name + "\n" + group.value] == nil { order.append(group) }
                grouped[group.name + "\n" + group.value, default: []].append(row)
            }
        }
        return order.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map { group in
            let rows = grouped[group.name + "\n" + group.value] ?? []
            let count = Double(max(1, rows.count))
            return StudyResult.Group(
                name: group.name,
                value: group.value,
                steps: rows.count,
                agreement: Double(rows.count { $0.candidate?.verdict?.agrees == true }) / count,
                floor: Double(rows.count { $0.original?.verdict?.agrees == true }) / count
            )
        }
    }
}
