package import Domain
import JSONText

/// What the gateway must know of every request, and where it stands in the body: one pass over the top level.
///
/// Holds places, not copies: they are offsets from the body's first byte, and an edit is made at them.
package struct Envelope: Hashable, Sendable {
    /// A member of the body's object.
    package enum Field: Int, CaseIterable, Sendable {
        case model, stream, metadata, tools, system, instructions, messages, input, store
        case maxTokens, maxCompletionTokens, maxOutputTokens
        case streamOptions, cacheControl, previousResponseID, conversation
        case user, safetyIdentifier
        case outputConfig, reasoning, reasoningEffort

        /// The key as the providers spell it.
        package var key: StaticString {
            switch self {
            case .model: "model"
            case .stream: "stream"
            case .metadata: "metadata"
            case .tools: "tools"
            case .system: "system"
            case .instructions: "instructions"
            case .messages: "messages"
            case .input: "input"
            case .store: "store"
            case .maxTokens: "max_tokens"
            case .maxCompletionTokens: "max_completion_tokens"
            case .maxOutputTokens: "max_output_tokens"
            case .streamOptions: "stream_options"
            case .cacheControl: "cache_control"
            case .previousResponseID: "previous_response_id"
            case .conversation: "conversation"
            case .user: "user"
            case .safetyIdentifier: "safety_identifier"
            case .outputConfig: "output_config"
            case .reasoning: "reasoning"
            case .reasoningEffort: "reasoning_effort"
            }
        }
    }

    package let format: APIFormat
    /// As the client spells it, `[1m]` and date included: replies echo it.
    package internal(set) var model = ""
    package internal(set) var isStreaming = false
    /// The most the client takes; nil where it does not say.
    package internal(set) var maxOutputTokens: Int?
    /// How hard the model is to think; nil where the client does not say, or says what nobody knows.
    package internal(set) var effort: Effort?
    /// The end user the client names (`metadata.user_id`; `safety_identifier` or `user`).
    package internal(set) var endUser: String?
    /// A streaming Chat Completions client asked for the chunk with usage itself.
    package internal(set) var wantsStreamUsage = false
    /// Where `stream_options.include_usage` has its value.
    var includeUsage: Range<Int>?
    /// Where `stream_options` opens; nil where it is no object.
    var streamOptions: Opening?
    /// Where the body opens.
    var opening = Opening(offset: 0)
    private var places: [Range<Int>?] = Array(repeating: nil, count: Field.allCases.count)

    /// Behind the brace of an object: where a member can be put first.
    struct Opening: Hashable, Sendable {
        var offset: Int
        /// The object has no member yet.
        var isEmpty = true

        /// The edit that puts a member before the others.
        func adding(_ member: String) -> BodyEdit {
            BodyEdit(offset..<offset, (isEmpty ? member : member + ",").utf8)
        }
    }

    init(format: APIFormat) { self.format = format }

    /// Where a member's value stands in the body; nil where the body has none.
    package func place(of field: Field) -> Range<Int>? { places[field.rawValue] }

    mutating func keep(_ place: Range<Int>, of field: Field) throws(RequestError) {
        guard places[field.rawValue] == nil else { throw .duplicateKey(field.key.description) }
        places[field.rawValue] = place
    }

    /// Where the messages or items of the conversation stand.
    package var conversation: Range<Int>? { place(of: format == .responses ? .input : .messages) }

    /// The field that bounds this request's output, and what it says.
    ///
    /// Chat Completions has two; a request that uses both is bounded by the newer one.
    package var outputBound: (field: Field, place: Range<Int>)? {
        let fields: [Field] =
            switch format {
            case .messages: [.maxTokens]
            case .chatCompletions: [.maxCompletionTokens, .maxTokens]
            case .responses: [.maxOutputTokens]
            }
        return fields.lazy.compactMap { field in place(of: field).map { (field, $0) } }.first
    }

    package var modelName: RequestedModel { RequestedModel(model) }
}
