import Reports

/// What an agent may ask, and what it reads of it with every request to its model: hence so few words.
enum MCPTool: String, CaseIterable {
    case shouldDowngrade = "should_downgrade_for_task"
    case findings = "get_findings"
    case spend = "get_spend"
    case explanation = "explain_decision"

    static let instructions =
        "Before a small task or a subagent, ask should_downgrade_for_task whether a cheaper model suffices."

    var definition: JSON {
        [
            "name": .string(rawValue), "description": .string(summary),
            "inputSchema": [
                "type": "object", "properties": .object(parameters.map { ($0.name, $0.schema) }),
                "required": .array(parameters.filter(\.isRequired).map { .string($0.name) }),
            ],
            "annotations": ["readOnlyHint": .bool(true)],
        ]
    }

    private var summary: String {
        switch self {
        case .shouldDowngrade: "Would a cheaper model do for a task? By this project's history; asks no model."
        case .findings: "What of the spend is recoverable, and how."
        case .spend: "What calls of models cost, at list prices."
        case .explanation: "Which model the router picks for a prompt, and why."
        }
    }

    var parameters: [Parameter] {
        let project = Parameter("project", "folder or its name")
        let since = Parameter("since", "30d, 2026-08-01 or all")
        return switch self {
        case .shouldDowngrade:
            [
                Parameter("prompt", "the task, as it would be given", isRequired: true),
                Parameter("model", "the one it would run on"), project,
                Parameter("files", "paths it will read", kind: .texts),
            ]
        case .findings: [project, since, Parameter("kind", "such as model-downgrade")]
        case .spend:
            [Parameter("by", "", kind: .choice(SpendGrouping.allCases.map(\.rawValue))), project, since]
        case .explanation: [Parameter("prompt", "", isRequired: true), Parameter("model", "the one asked for")]
        }
    }

    struct Parameter {
        enum Kind {
            case text
            case texts
            case choice([String])
        }

        var name: String
        var summary: String
        var kind: Kind
        var isRequired: Bool

        init(_ name: String, _ summary: String, kind: Kind = .text, isRequired: Bool = false) {
            self.name = name
            self.summary = summary
            self.kind = kind
            self.isRequired = isRequired
        }

        fileprivate var schema: JSON {
            let type: JSON =
                switch kind {
                case .text: ["type": "string"]
                case .texts: ["type": "array", "items": ["type": "string"]]
                case .choice(let values): ["enum": .array(values.map { .string($0) })]
                }
            return summary.isEmpty ? type : type + ["description": .string(summary)]
        }
    }
}
