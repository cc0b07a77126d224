package import Domain

/// Why nothing can be compared.
package enum ComparisonError: Error, Equatable, CustomStringConvertible {
    case noRows
    case unknownModel(ModelID, known: [ModelID])
    case oneModel(ModelID)
    case samePair(ModelID)
    case tooFewRows(Int)
    case tooManyLabels(Int, rows: Int)
    case nothingInCommon

    package var description: String {
        switch self {
        case .noRows: "no rated prompt to judge on; name files that hold some"
        case .unknownModel(let model, let known):
            "no result of '\(model)'; there are \(known.map(\.rawValue).joined(separator: ", "))"
        case .oneModel(let model): "all results are of '\(model)'; a router needs at least two models"
        case .samePair(let model): "'\(model)' cannot stand in for itself; name two models with --weak and --strong"
        case .tooFewRows(let count):
            "\(count) prompts with results of all models are too few to learn from and to judge on; give at least 10"
        case .tooManyLabels(let count, let rows):
            "learning from \(count) rows leaves nothing to judge on; there are \(rows) with results of all models"
        case .nothingInCommon: "no row of training has a result of a model in the test; give rows of the same models"
        }
    }
}
