import Domain
import Foundation

/// A batch that is out, as it is kept on disk from before it is sent until its replies are kept.
struct BatchNote: Codable {
    /// Its own, and how the ids of its requests begin.
    var tag: String
    var model: String
    var format: APIFormat
    /// Where it went.
    var host: String
    /// Under which the reply to each request is kept.
    var names: [String]
    var mayCostNanoUSD: Int64
    /// In milliseconds since 1970.
    var begun: Int64
    /// The account's newest batch before it: it is younger.
    var newest: String?
    /// The provider's; absent until it has told.
    var id: String?

    func entryName(_ place: Int) -> String { "\(tag)-\(place)" }

    /// The name under which a reply is kept; nil for another batch's.
    func name(ofEntry entry: String) -> String? {
        guard entry.hasPrefix(tag + "-"), let place = Int(entry.dropFirst(tag.count + 1)), names.indices.contains(place)
        else { return nil }
        return names[place]
    }

    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try Array(encoder.encode(self))
        }
    }

    init?(bytes: [UInt8]) {
        guard let note = try? JSONDecoder().decode(BatchNote.self, from: Data(bytes)) else { return nil }
        self = note
    }

    init(
        tag: String,
        model: ModelID,
        format: APIFormat,
        host: String,
        names: [String],
        mayCost: Money,
        begun: Timestamp,
        newest: String?
    ) {
        self.tag = tag
        self.model = model.rawValue
        self.format = format
        self.host = host
        self.names = names
        mayCostNanoUSD = mayCost.nanoUSD
        self.begun = begun.milliseconds
        self.newest = newest
    }
}
