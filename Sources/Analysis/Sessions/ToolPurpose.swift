import Domain

extension ToolCall {
    /// What it was for; for a tool that only its kind is known of, what that says.
    var purpose: ActionKind {
        guard action == .other else { return action }
        switch kind {
        case .read: return .readFile
        case .search: return .search
        case .edit: return .edit
        case .web: return .lookUp
        case .subagent: return .delegate
        case .plan: return .plan
        case .question: return .ask
        case .execute, .other: return .other
        }
    }
}
