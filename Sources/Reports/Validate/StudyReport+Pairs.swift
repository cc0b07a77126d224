package import Domain
import Replay

/// A recorded step beside what the candidate would have done.
package struct ComparedStep: Sendable {
    /// An action beside the one it was matched with; nil where there is none on that side.
    package struct Pair: Sendable {
        package var recorded: RecordedAction?
        package var candidate: RecordedAction?
        /// `E0` to `E4`, or `none`.
        package var level: String
        package var reason: String
    }

    package var session: SessionID
    package var id: String
    /// Its place in its thread, from 1 on.
    package var number: Int
    package var agrees: Bool
    package var outcome: String
    /// What the recorded model came to when it was asked again; nil where it did not answer.
    package var original: String?
    package var fidelity: Fidelity
    package var pairs: [Pair]
    /// What stands in place of pairs where there are none.
    package var text: String?
}

extension StudyReport {
    /// The steps that were asked, those that differ first.
    package var comparedSteps: [ComparedStep] {
        run.rows.filter { $0.candidate != nil }.map(ComparedStep.init).sorted { a, b in
            a.agrees != b.agrees ? !a.agrees : (a.session, a.number) < (b.session, b.number)
        }
    }

    /// What was recorded beside what the candidate would have done.
    var pairBlocks: [Page.Block] {
        comparedSteps.flatMap { step -> [Page.Block] in
            let title = "\(step.session.name) step \(step.number): \(step.outcome)"
            if let text = step.text { return [.heading(title), .text(text)] }
            return [.heading(title), .table(step.table)]
        }
    }
}

extension ComparedStep {
    /// Its actions, each beside the one it was matched with.
    package var table: Table {
        Table(
            pairs,
            fields: [
                Field(Table.Column("recorded", key: "recorded", shortening: .end(atLeast: 20))) {
                    Table.Cell($0.recorded?.line ?? "–", exact: $0.recorded?.line ?? "")
                },
                Field(Table.Column("candidate", key: "replayed", shortening: .end(atLeast: 20))) {
                    Table.Cell($0.candidate?.line ?? "–", exact: $0.candidate?.line ?? "")
                },
                Field(Table.Column("level", key: "level")) { Table.Cell($0.level) },
                Field(Table.Column("reason", key: "reason", shortening: .end(atLeast: 10))) {
                    Table.Cell($0.reason, tone: .dim)
                },
            ]
        )
    }

    fileprivate init(_ row: StudyRow) {
        let verdict = row.candidate?.verdict
        session = row.step.session
        id = row.step.id
        number = row.step.place + 1
        agrees = verdict?.agrees ?? true
        outcome = verdict?.kind.rawValue ?? row.candidate?.reply.outcome.rawValue ?? "not asked"
        original = row.original?.verdict?.kind.rawValue
        fidelity = row.fidelity
        pairs = (verdict?.pairs ?? []).map {
            Pair(recorded: $0.recorded, candidate: $0.replayed, level: $0.level, reason: $0.reason)
        }
        text = pairs.isEmpty ? row.candidate?.reply.trouble ?? "Both stop." : nil
    }
}

extension RecordedAction {
    /// On one line.
    var line: String { "\(tool) \(input.split(whereSeparator: \.isNewline).joined(separator: " "))" }
}
