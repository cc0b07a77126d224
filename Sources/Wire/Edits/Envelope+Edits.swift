package import Domain
import JSONText

extension Envelope {
    /// Another model in the place of the one asked for; none where it is the same to the letter.
    package func replacing(model served: ModelID) -> BodyEdit? {
        guard served.rawValue != model, let place = place(of: .model) else { return nil }
        var json = JSONWriter()
        json.string(served.rawValue)
        return BodyEdit(place, json.bytes)
    }

    /// At most so many tokens of output; none where the client asks for no more.
    ///
    /// A bound that the client left out is added, but for Messages, which demands it of the client.
    /// `max_tokens: 0` warms the cache and stays.
    package func capping(output limit: Int) -> BodyEdit? {
        if let bound = outputBound, let asked = maxOutputTokens {
            return asked > limit ? BodyEdit(bound.place, String(limit).utf8) : nil
        }
        if let bound = outputBound { return BodyEdit(bound.place, String(limit).utf8) }
        switch format {
        case .messages: return nil
        case .chatCompletions: return opening.adding("\"max_completion_tokens\":\(limit)")
        case .responses: return opening.adding("\"max_output_tokens\":\(limit)")
        }
    }

    /// Asks a Chat Completions stream for the chunk with usage, which the client then must not see; none where the
    /// client asked for it itself or there is no stream.
    package func addingStreamUsage() -> BodyEdit? {
        guard format == .chatCompletions, isStreaming, !wantsStreamUsage else { return nil }
        if let includeUsage { return BodyEdit(includeUsage, "true".utf8) }
        if let streamOptions { return streamOptions.adding("\"include_usage\":true") }
        // Null, or what the provider will refuse.
        if let options = place(of: .streamOptions) { return BodyEdit(options, "{\"include_usage\":true}".utf8) }
        return opening.adding("\"stream_options\":{\"include_usage\":true}")
    }
}
