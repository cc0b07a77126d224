import Domain
import Pricing

extension Workbench {
    /// The lines of Claude's models, as Claude Code lets a model be named.
    static let modelLines = ["haiku", "sonnet", "opus"]

    /// A model by its name, or by its line's: then the newest one of it.
    func model(named name: String) -> ModelID {
        guard Workbench.modelLines.contains(name.lowercased()) else { return ModelID(name) }
        let models = prices.models.filter { $0.line == name.lowercased() }
            .compactMap { prices.facts(of: $0) }
            .filter { $0.isCurrent(on: today) }
        return models.max { ($0.availableFrom, $0.model) < ($1.availableFrom, $1.model) }?.model ?? ModelID(name)
    }
}

extension ModelID {
    /// What Claude Code calls the line of models it is of; nil for all others.
    var line: String? { Workbench.modelLines.first { rawValue.hasPrefix("claude-\($0)-") } }
}
