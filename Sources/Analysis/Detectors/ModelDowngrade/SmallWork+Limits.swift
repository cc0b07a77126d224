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
            let text = "\(shape.inputTokens) tokens in (limit \(inputTokens))"
            all.append(Excess(text: text, isNear: shape.inputTokens < inputTokens.doubled))
        }
        if shape.outputTokens >= outputTokens {
            let text = "\(shape.outputTokens) tokens out (limit \(outputTokens))"
            all.append(Excess(text: text, isNear: shape.outputTokens < outputTokens.doubled))
        }
        if shape.toolCalls > toolCalls {
            let text = "\(shape.toolCalls) tool calls (limit \(toolCalls))"
            all.append(Excess(text: text, isNear: shape.toolCalls <= toolCalls.doubled))
        }
        return all
    }

    /// Why a unit is a candidate, for its reader.
    func reasons(for shape: Shape, priced: Repricing, target: ModelID) -> [String] {
        var reasons = [
            "\(shape.inputTokens) tokens in (limit \(inputTokens))",
            "\(shape.outputTokens) tokens out (limit \(outputTokens))",
            "\(shape.toolCalls) tool calls (limit \(toolCalls))",
            "answered without a failure, a plan or a correction",
        ]
        if priced.rewrittenOnTarget > 0 {
            reasons.append("\(target) caches \(priced.rewrittenOnTarget) tokens anew; that is in the estimate")
        }
        if priced.rewrittenOnReturn > 0 {
            reasons.append("coming back caches \(priced.rewrittenOnReturn) tokens anew; that is in the estimate")
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
