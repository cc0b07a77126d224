import Domain
import Evaluation
import Foundation
import Reports
import Routing

extension RouterCommand.Calibrate {
    /// Finds a cascade, keeps it where the gateway looks for it, and shows what it gives.
    func calibrateCascade(on data: DataSet, _ bench: Workbench) throws {
        let named = models.map { $0.split(separator: ",").map { ModelID(String($0.filter { !$0.isWhitespace })) } }
        let chosen = named ?? data.rows.commonModels
        guard chosen.count > 1, Set(chosen).count == chosen.count else {
            throw CommandError.badInput("a cascade needs two models or more; name them with --models a,b")
        }
        do {
            let found = try CascadeFitting(
                data.rows,
                models: chosen,
                budgetUSD: budget.map { $0 / 1000 },
                seed: seed
            )
            try RouterFolder(dataFolder: bench.world.dataFolder).keep(found.fitted)
            try bench.show(CascadeReport(found, notes: data.remarks(dropped: false)))
        } catch let trouble as CascadeFitting.Trouble {
            throw CommandError.badInput(trouble.text)
        }
    }
}

extension RouterFolder {
    static let cascadeName = "cascade.json"

    /// A cascade of one model judges nothing, and takes the place of one that did.
    fileprivate func keep(_ fitted: FittedCascade) throws(CommandError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try write(try encoder.encode(fitted), to: Self.cascadeName)
        } catch {
            throw .failed("\(path) cannot be written: \(error.localizedDescription)")
        }
    }
}

extension CascadeFitting.Trouble {
    fileprivate var text: String {
        switch self {
        case .unknownModel(let model, let known):
            "no row has a result of '\(model)'; there are \(known.map(\.rawValue).joined(separator: ", "))"
        case .tooFewRows(let rows, let needed):
            "\(rows.of("row")) with a response and a score of every model are too few to judge answers by; "
                + "bring at least \(needed), or name fewer models with --models"
        case .costsMissing(let models):
            "no costs are known for \(models.map(\.rawValue).joined(separator: ", ")); add costUSD to the results"
        case .budgetTooSmall(let least):
            "even the cheapest model costs \(Money(approximatingUSD: least * 1000).decimal) US$ for a thousand requests; raise --budget"
        }
    }
}
