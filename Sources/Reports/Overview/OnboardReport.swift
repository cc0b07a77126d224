import Domain

/// The overview of a first run, with what is worth doing first and what could be added to the agents.
package struct OnboardReport: Report {
    /// Something that Suffice can add to an agent.
    package struct Addition: Sendable {
        package var agent: String
        package var title: String
        package var isMade: Bool

        package init(agent: String, title: String, isMade: Bool) {
            self.agent = agent
            self.title = title
            self.isMade = isMade
        }
    }

    package var overview: OverviewReport
    package var additions: [Addition]
    /// The command that makes the additions.
    package var command: String

    package init(overview: OverviewReport, additions: [Addition], command: String) {
        self.overview = overview
        self.additions = additions
        self.command = command
    }

    /// The largest findings, at most three, each with the command that shows what it is about.
    private var proposals: [(found: OptimizeReport.Found, command: String)] {
        overview.optimize.findings.prefix(3).map { found in
            (found, "suffice optimize --finding \(found.finding.kind)\(overview.optimize.period.flags)")
        }
    }

    package var json: JSON {
        overview.json + [
            "proposals": .array(
                proposals.map { found, command in
                    [
                        "finding": .string(found.finding.id), "kind": .string(found.finding.kind),
                        "project": .string(found.finding.project), "savingUSD": .money(found.finding.saving),
                        "action": .string(found.finding.action.text), "command": .string(command),
                    ]
                }
            ),
            "additions": .array(
                additions.map {
                    ["agent": .string($0.agent), "title": .string($0.title), "made": .bool($0.isMade)]
                }
            ),
        ]
    }

    package var sheet: Table { overview.sheet }

    package var page: Page {
        var page = overview.page
        let proposals = proposals
        if !proposals.isEmpty { page.blocks.append(.headline("Worth doing first")) }
        for (found, command) in proposals {
            let place = found.finding.project.isEmpty ? "" : " in \(found.finding.project)"
            page.blocks.append(
                .point("\(found.finding.saving.dollars)  \(found.finding.kind)\(place): \(found.finding.action.text)")
            )
            page.blocks.append(.next(command: command, brings: "which work"))
        }
        let open = additions.filter { !$0.isMade }
        if !open.isEmpty {
            page.blocks.append(.headline("Can be added to your agents"))
            for addition in open { page.blocks.append(.point("\(addition.agent): \(addition.title)")) }
            page.blocks.append(.next(command: command, brings: "adds it; suffice offboard takes it away again"))
        }
        return page
    }
}
