import Domain
import Testing
import Wire

@Suite struct RoundTripTests {
    private func body(_ reading: RequestReading, from source: APIFormat, in format: APIFormat) throws -> [UInt8] {
        // Limits under which nothing is refused or put otherwise.
        let limits = ModelLimits(provider: format.provider, formats: [format])
        let target = ConvertedRequest.Target(format: format, model: ModelID("m"), limits: limits)
        return try ConvertedRequest(reading, from: source, to: target).body
    }

    private func reading(_ reading: RequestReading, from source: APIFormat, in format: APIFormat) throws
        -> RequestReading
    {
        try RequestReading(body(reading, from: source, in: format), format: format)
    }

    @Test(arguments: APIFormat.allCases)
    func `what is read from a format and written in it again is the same conversation`(format: APIFormat) throws {
        for seed in 0..<200 as Range<UInt64> {
            var random = RandomConversation(seed: seed)
            let first = try reading(RequestReading(random.request()), from: format, in: format)
            let again = try reading(first, from: format, in: format)
            #expect(again.request.turns == first.request.turns, "seed \(seed)")
            #expect(again.request.tools == first.request.tools)
            #expect(again.loss == ConversionLoss())
        }
    }

    private static let ways = APIFormat.allCases.flatMap { here in
        APIFormat.allCases.filter { $0 != here }.map { (here, $0) }
    }

    @Test(arguments: ways)
    func `there and back again text, calls, arguments and order are the same`(here: APIFormat, there: APIFormat) throws
    {
        for seed in 0..<200 as Range<UInt64> {
            var random = RandomConversation(seed: seed)
            let original = random.request()
            let first = try reading(RequestReading(original), from: here, in: here)
            #expect(Essence(first.request) == Essence(original), "seed \(seed)")
            let over = try reading(first, from: here, in: there)
            let back = try reading(over, from: there, in: here)
            #expect(Essence(back.request) == Essence(original), "seed \(seed)")
        }
    }
}
