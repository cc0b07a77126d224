/// Why a price file could not be used.
package enum PricingError: Error, Equatable {
    case notALiteLLMCatalogue(String)
    case unreadableTable(line: Int, reason: String)
}

extension PricingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notALiteLLMCatalogue(let reason):
            "no LiteLLM price file (\(reason)); expected model_prices_and_context_window.json"
        case .unreadableTable(let line, let reason):
            "line \(line) of the kept price table: \(reason); delete the file and run 'suffice prices update' again"
        }
    }
}
