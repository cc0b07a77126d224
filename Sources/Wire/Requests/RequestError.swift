/// Why a request's body cannot be read; each is a 400 to the client.
package enum RequestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes are no JSON text, or were cut.
    case notJSON(offset: Int)
    case notAnObject
    /// Providers differ in which of two values they take, so neither is guessed.
    case duplicateKey(String)
    /// Escapes in a top-level key could hide a second value of it.
    case escapedKey
    case missing(String)
    case wrongType(String, expected: String)

    package var description: String {
        switch self {
        case .notJSON(let offset): "The request body is not valid JSON (at byte \(offset))."
        case .notAnObject: "The request body must be a JSON object."
        case .duplicateKey(let key): "\(key): stands twice in the request body; send it once."
        case .escapedKey: "A key of the request body is written with escapes; write it plainly."
        case .missing(let key): "\(key): Field required."
        case .wrongType(let key, let expected): "\(key): Input should be \(expected)."
        }
    }

    /// The field it is about, for OpenAI's `param`.
    package var field: String? {
        switch self {
        case .notJSON, .notAnObject, .escapedKey: nil
        case .duplicateKey(let key), .missing(let key), .wrongType(let key, _): key
        }
    }
}
