import Analysis
import Domain

extension Finding {
    /// The settings that could bring it about; nil where only the user can do something.
    ///
    /// A default model is changed only where the flagged work makes most of the scope's spend: elsewhere it would move
    /// more than it is about.
    func action(flaggedShare share: Double, hasSubagents: Bool, hasGateway: Bool) -> Rule.Action? {
        switch action.kind {
        // A newer model of the same tier takes over everything or nothing.
        case "model" where kind == SameTierCheaper.kind: share > 0.5 ? .model : hasGateway ? .route : nil
        case "model": share > 0.5 ? .model : hasSubagents && isAboutSubagents ? .subagentModel : .instruction
        case "subagent-model": hasSubagents ? .subagentModel : .instruction
        case "cache-lifetime": .cacheLifetime
        case "route": hasGateway ? .route : .instruction
        case "instruction": instruction == nil ? nil : .instruction
        default: nil
        }
    }

    private var isAboutSubagents: Bool {
        let subagents = candidates.filter { $0.unit == .subagent }.reduce(Money.zero) { $0 + $1.saving }
        return subagents.usd > saving.usd / 2
    }

    /// The one replacement that saves most.
    var mainReplacement: (model: ModelID, target: ModelID)? {
        var savings: [[ModelID]: Money] = [:]
        for candidate in candidates {
            guard let target = candidate.target else { continue }
            savings[[candidate.model, target], default: .zero] += candidate.saving
        }
        let pair = savings.max { ($0.value, $1.key[0]) < ($1.value, $0.key[0]) }?.key
        return pair.map { ($0[0], $0[1]) }
    }

    /// An agent's work that its default model would be changed for.
    ///
    /// That of the one replacement where the finding names several: another default moves the work of all models.
    func replaceable(of agent: Agent) -> [Candidate] {
        let pair = mainReplacement
        return candidates.filter { candidate in
            candidate.session.agent == agent
                && (pair == nil || candidate.model == pair?.model && candidate.target == pair?.target)
        }
    }

    /// The agent whose sessions save most.
    var mainAgent: Agent? {
        var savings: [Agent: Money] = [:]
        for candidate in candidates { savings[candidate.session.agent, default: .zero] += candidate.saving }
        for evidence in evidence where candidates.isEmpty { savings[evidence.session.agent, default: .zero] += .zero }
        return savings.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
    }

    /// What an agent is told so that it happens less; nil where telling it would not help.
    var instruction: String? {
        let target = mainReplacement?.target.rawValue
        switch kind {
        case "model-downgrade", "subagent-oversized":
            return target.map {
                "Give small, self-contained steps (one look-up, one command, a short answer) to a subagent with model "
                    + "\($0), and hand it only the question."
            }
        case "routing-by-phase":
            return target.map {
                "Have looking around, running tests and reviewing done by subagents with model \($0); plan and edit in "
                    + "the main conversation."
            }
        case "context-resend":
            return "Keep tool output short: read only the lines you need, and cut long output with head, tail or grep."
        case "retry-loop":
            return
                "When a command fails, do not run it again unchanged: read the error and change something first, or ask."
        case "script-instead":
            return "When the same commands are run in the same order again, write a script for them once and run that."
        case "repeat-request":
            return "When a request comes again that was answered before, look for the earlier answer or script first."
        default: return nil
        }
    }
}
