/// Why no embeddings can be had from the files of the table.
package enum EmbeddingError: Error, Equatable, CustomStringConvertible {
    case notATokenizer(String)
    case notATable(String)

    package var description: String {
        switch self {
        case .notATokenizer(let reason): "the tokenizer of the embeddings cannot be read: \(reason); fetch it again"
        case .notATable(let reason): "the table of embeddings cannot be read: \(reason); fetch it again"
        }
    }
}
