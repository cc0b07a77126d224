import Domain

extension SmallWork {
    /// A limit that a shape does not keep.
    struct Excess {
        var text: String
        /// Within twice the limit.
        var isNear: Bool
    }

    func exceeded(by shape: Shape) -> [Excess] {
        var all: [Excess] = []
        if shape.inputTokens >= inputTokens {
            let text = "\(shape.inputTokens.of("token")) in (limit \(inputTokens.grouped))"
            all.append(Excess(text: text, isNear: shape.inputTokens < inputTokens.doubled))
        }
        if shape.outputTokens >= outputTokens {
            let text = "\(shape.outputTokens.of("token")) out (limit \(outputTokens.grouped))"
            all.append(Excess(text: text, isNear: shape.outputTokens < outputTokens.doubled))
        }
        if shape.toolCalls > toolCalls {
            let text = "\(shape.toolCalls.of("tool call")) (limit \(toolCalls.grouped))"
            all.append(Excess(text: text, isNear: shape.toolCalls <= toolCalls.doubled))
        }
        return all
    }

    /// Why a unit is a candidate, for its reader.
    func reasons(for shape: Shape, priced: Repricing, target: ModelID) -> [String] {
        var reasons = [
            "\(shape.inputTokens.of("token")) in (limit \(inputTokens.grouped))",
            "\(shape.outputTokens.of("token")) out (limit \(outputTokens.grouped))",
            "\(shape.toolCalls.of("tool call")) (limit \(toolCalls.grouped))",
            "answered without a failure, a plan or a correction",
        ]
        if priced.rewrittenOnTarget > 0 {
            reasons.append("\(target) caches \(priced.rewrittenOnTarget.of("token")) anew; that is in the estimate")
        }
        if priced.rewrittenOnReturn > 0 {
            reasons.append("coming back caches \(priced.rewrittenOnReturn.of("token")) anew; that is in the estimate")
        }
        return reasons
    }
}

extension Int {
    /// Without trapping on a limit that somebody set absurdly high.
    fileprivate var doubled: Int {
        let (result, overflow) = multipliedReportingOverflow(by: 2)
        return overflow ? .max : result
    }
}
