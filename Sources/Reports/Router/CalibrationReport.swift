import Domain
package import Routing
import Statistics

/// A setting of the router, and what it gives on rows that it never learned from.
package struct CalibrationReport: Report {
    package var calibration: Calibration
    package var notes: [String]

    package init(_ calibration: Calibration, notes: [String] = []) {
        self.calibration = calibration
        self.notes = notes
    }
}

extension CalibrationReport {
    package var json: JSON {
        [
            "schema": 1, "scorer": .string(calibration.scorer),
            "models": .array(calibration.models.map { .string($0.rawValue) }),
            "learnedRows": .integer(calibration.learnedRows), "heldOutRows": .integer(calibration.heldOutRows),
            "asked": asked, "outcome": outcome, "notes": .array(notes.map { .string($0) }),
        ]
    }

    private var asked: JSON {
        switch calibration.asked {
        case .dial(.position(let position)): ["dial": .number(position)]
        case .dial(.quality(let share)): ["quality": .number(share)]
        case .dial(.budget(let budget)): ["budgetPer1000USD": .money(budget)]
        case .claim(let claim, let cheaper, let stronger):
            [
                "alpha": .number(claim.alpha), "delta": .number(claim.delta), "tolerance": .number(claim.tolerance),
                "requests": claim.requests.map { .integer($0) } ?? .null, "weak": .string(cheaper.rawValue),
                "strong": .string(stronger.rawValue),
            ]
        }
    }

    private var outcome: JSON {
        switch calibration.outcome {
        case .setting(let setting):
            return [
                "kind": "setting", "rule": rule(setting.point.rule), "quality": .figure(setting.point.quality),
                "qualityLow": .figure(setting.qualityInterval.low),
                "qualityHigh": .figure(setting.qualityInterval.high),
                "bestModel": .string(setting.bestModel.rawValue), "bestQuality": .figure(setting.bestQuality),
                "costPer1000USD": setting.point.costUSD.map { .money(Money(approximatingUSD: $0 * 1000)) } ?? .null,
                "shares": .object(shares(of: setting).map { (key: $0.model.rawValue, value: .figure($0.share)) }),
            ]
        case .certified(let certificate):
            return [
                "kind": "certified", "threshold": .number(certificate.threshold), "share": .figure(certificate.share),
                "worse": .integer(certificate.worse), "rows": .integer(certificate.rows),
                "bound": .figure(certificate.bound), "text": .string(certificate.text),
            ]
        case .abstains(let abstention): return ["kind": "abstains", "text": .string(abstention.text)]
        }
    }

    private func rule(_ rule: DialRule) -> JSON {
        switch rule {
        case .always(let model): ["always": .string(model.rawValue)]
        case .gap(_, _, let limit): ["gapAtMost": .number(limit)]
        case .price(let price, _): ["scorePerUSD": .number(price)]
        }
    }
}

extension CalibrationReport {
    private func shares(of setting: Calibration.Setting) -> [(model: ModelID, share: Double)] {
        calibration.models.map { ($0, setting.point.shares[$0] ?? 0) }
    }

    package var sheet: Table {
        let rows: [(model: ModelID, share: Double)]
        switch calibration.outcome {
        case .setting(let setting): rows = shares(of: setting)
        case .certified(let certificate):
            rows = [(certificate.cheaper, certificate.share), (certificate.stronger, 1 - certificate.share)]
        case .abstains: rows = []
        }
        return Table(
            rows,
            fields: [
                Field(Table.Column("model", key: "model")) { Table.Cell($0.model.rawValue) },
                Field(.figure("share of requests", key: "share")) {
                    Table.Cell(($0.share * 100).percent, exact: "\($0.share)")
                },
            ]
        )
    }

    package var page: Page {
        var page = Page()
        switch calibration.outcome {
        case .setting(let setting):
            let low = setting.qualityInterval.low.decimals(3)
            let high = setting.qualityInterval.high.decimals(3)
            page.blocks += [
                .headline("Mean score \(setting.point.quality.decimals(3)) [\(low) to \(high)]"),
                .text("\(setting.bestModel) alone scores \(setting.bestQuality.decimals(3))."),
            ]
            if let cost = setting.point.costUSD {
                page.blocks.append(
                    .text(
                        "A thousand requests cost \(Money(approximatingUSD: cost * 1000).dollars), priced by the rows."
                    )
                )
            }
            page.blocks.append(.table(sheet))
        case .certified(let certificate):
            page.blocks += [.headline("Certified"), .text(certificate.text), .table(sheet)]
        case .abstains(let abstention):
            page.blocks += [.headline("Not certified: the model asked for stays"), .text(abstention.text)]
        }
        page.blocks.append(
            .text(
                "Measured on \(calibration.heldOutRows.of("row")) that the \(calibration.scorer) did not learn from; "
                    + "it learned from \(calibration.learnedRows.grouped) others."
            )
        )
        page.blocks += notes.map { .note($0) }
        page.blocks.append(.next(command: "suffice router show", brings: "what is installed"))
        return page
    }
}

extension Calibration {
    /// What it gives, in a sentence or two.
    package var text: String {
        switch outcome {
        case .certified(let certificate): return certificate.text
        case .abstains(let abstention): return "Not certified: the model asked for stays. " + abstention.text
        case .setting(let setting):
            let shares = models.map { "\($0) \(((setting.point.shares[$0] ?? 0) * 100).percent)" }
            let quality = "\(setting.point.quality.decimals(3)), where \(setting.bestModel) alone has"
            return "The dial gives a mean score of \(quality) \(setting.bestQuality.decimals(3)): "
                + shares.joined(separator: ", ") + "."
        }
    }
}
