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
    /// What is worth doing first.
    package var proposals: [RulesReport.Proposal]
    package var additions: [Addition]
    /// The command that makes the additions.
    package var command: String

    /// Takes at most three of the proposals: those whose project is on this machine first, of these the largest.
    package init(
        overview: OverviewReport,
        proposals: [RulesReport.Proposal],
        additions: [Addition],
        command: String
    ) {
        self.overview = overview
        self.proposals = Array((proposals.filter(\.isHere) + proposals.filter { !$0.isHere }).prefix(3))
        self.additions = additions
        self.command = command
    }

    package var json: JSON {
        overview.json + [
            "proposals": .array(
                proposals.map { proposal in
                    [
                        "finding": .string(proposal.finding.id), "kind": .string(proposal.finding.kind),
                        "project": .string(proposal.finding.project), "savingUSD": .money(proposal.finding.saving),
                        "action": .string(proposal.finding.action.text), "changes": .string(proposal.action.rawValue),
                        "command": .string(proposal.command),
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
        if !proposals.isEmpty { page.blocks.append(.headline("Worth doing first")) }
        for proposal in proposals {
            let finding = proposal.finding
            let place = finding.project.isEmpty ? "" : " in \(finding.project)"
            page.blocks.append(.point("\(finding.saving.dollars)  \(finding.kind)\(place): \(finding.action.inShort)"))
            page.blocks.append(.next(command: proposal.command, brings: "shows the change, and asks"))
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

extension RulesReport.Proposal {
    /// A project that is elsewhere has no settings here.
    fileprivate var command: String { "suffice rules apply \(finding.id)" + (isHere ? "" : " --everywhere") }
}

extension ProposedAction {
    /// The first sentence.
    fileprivate var inShort: String {
        text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) + "." } ?? text
    }
}
