import Dashboard
import Domain
import Reports
import Store

extension PageDesk {
    /// As `suffice rules` left them: to measure them anew writes, and pages only read.
    func rules() throws -> RulesReport? {
        try telling {
            try bench.telling {
                let rules = try bench.store.rules()
                guard !rules.isEmpty else { return nil }
                return RulesReport(rules: rules, events: try bench.store.ruleEvents(), zone: bench.zone)
            }
        }
    }

    /// What `suffice rules apply` and `undo` do, for who holds the admin token.
    func ruleDoor(tokenFile: String) -> RuleDoor {
        RuleDoor(
            tokenFile: tokenFile,
            apply: { finding, wish, announced in
                try await lines.read()
                return try telling {
                    var shown: RuleChangeReport?
                    let done = try bench.at(.now).makeRule(of: finding, wish) { report in
                        shown = report
                        return report.fingerprint == announced
                    }
                    guard let report = done ?? shown else { throw CommandError.refused }
                    return report
                }
            },
            undo: { rule in try telling { try bench.at(.now).takeBack(rule, by: "on the pages") } }
        )
    }
}
