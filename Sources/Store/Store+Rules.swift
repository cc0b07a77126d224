package import Domain
import Foundation
import GRDB

extension Store {
    /// The rules there are or were, the newest first.
    package func rules() throws -> [Rule] {
        try read { db in
            try String.fetchAll(db, sql: "SELECT body FROM rule ORDER BY applied DESC, id").compactMap { body in
                try? JSONDecoder().decode(Rule.self, from: Data(body.utf8))
            }
        }
    }

    /// Keeps a rule as it stands now, together with what has happened to it.
    package func keep(_ rule: Rule, after event: RuleEvent? = nil) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let body = String(decoding: try encoder.encode(rule), as: UTF8.self)
        try write { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO rule (id, finding, status, applied, body) VALUES (?, ?, ?, ?, ?)",
                arguments: [rule.id, rule.finding, rule.status.rawValue, rule.applied.milliseconds, body]
            )
            guard let event else { return }
            try db.execute(
                sql: "INSERT INTO ruleEvent (ruleID, time, kind, text) VALUES (?, ?, ?, ?)",
                arguments: [event.rule, event.time.milliseconds, event.kind.rawValue, event.text]
            )
        }
    }

    /// Forgets a rule that was never applied, with all that it says.
    package func forgetRule(_ id: String) throws {
        try write { db in try db.execute(sql: "DELETE FROM rule WHERE id = ?", arguments: [id]) }
    }

    /// What happened to all rules, or to one, the oldest first.
    package func ruleEvents(of rule: String? = nil) throws -> [RuleEvent] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT ruleID, time, kind, text FROM ruleEvent WHERE ?1 IS NULL OR ruleID = ?1 ORDER BY time, id",
                arguments: [rule]
            ).compactMap { row in
                RuleEvent.Kind(rawValue: row[2]).map { kind in
                    RuleEvent(rule: row[0], time: Timestamp(milliseconds: row[1]), kind: kind, text: row[3])
                }
            }
        }
    }
}
