import Domain

/// Requests that were answered, found again by their words without comparing each with each.
///
/// A sketch is cut into 4 bands of 4 places. Sketches that differ in at most 3 places have a band in common, so that
/// none of them is missed, and others seldom meet.
struct AnsweredRequests {
    /// An earlier request and how alike it is.
    struct Match {
        var earlier: Request
        /// Nil where the text is the very same.
        var places: Int?

        var text: String {
            let session = "session \(earlier.session.name) answered on \(earlier.time.day)"
            guard let places else { return "the very same prompt as \(session)" }
            let share = Int((Double(places) / 16 * 100).rounded())
            return "\(places) of 16 places like (about \(share)% of the words) what \(session)"
        }
    }

    private struct Band: Hashable {
        var place: Int
        var values: SIMD4<UInt32>
    }

    private static let bandCount = 4
    /// Of requests with a band in common only the first few are compared: templates have thousands.
    private static let compared = 32

    private let least: Int
    private let leastInCommon: Double
    private var all: [Request] = []
    private var byContent: [UInt64: [Int]] = [:]
    private var byBand: [Band: [Int]] = [:]

    /// - Parameters:
    ///   - places: how many of 16 must agree; at least 13, so that the bands find all of them.
    ///   - actions: the share of the later task's actions that the earlier one took too.
    init(places: Int, actions: Double) {
        least = min(max(places, 13), 16)
        leastInCommon = actions
    }

    /// The earliest answered request of another session that is the same, else the most alike one.
    func match(for request: Request) -> Match? {
        if let same = byContent[request.content]?.first(where: { isSameWork(all[$0], request, isSameText: true) }) {
            return Match(earlier: all[same], places: nil)
        }
        var best: Match?
        for band in AnsweredRequests.bands(of: request.sketch) {
            for index in byBand[band] ?? [] where isSameWork(all[index], request, isSameText: false) {
                let agreeing = zip(all[index].sketch, request.sketch).count(where: ==)
                guard agreeing >= least else { continue }
                if let known = best?.places, (known, all[index].time) >= (agreeing, best?.earlier.time ?? .unknown) {
                    continue
                }
                best = Match(earlier: all[index], places: agreeing)
            }
        }
        return best
    }

    mutating func add(_ request: Request) {
        guard byContent[request.content, default: []].count < AnsweredRequests.compared else { return }
        byContent[request.content, default: []].append(all.count)
        for band in AnsweredRequests.bands(of: request.sketch) {
            guard byBand[band, default: []].count < AnsweredRequests.compared else { continue }
            byBand[band, default: []].append(all.count)
        }
        all.append(request)
    }

    /// Whether a later request of another session was met with much the same doings.
    ///
    /// The same words may ask for the next item of a list, and nearly the same for another item: then other files are
    /// looked at and other things done. Without any doings only the very same words ask for the same.
    private func isSameWork(_ earlier: Request, _ later: Request, isSameText: Bool) -> Bool {
        guard earlier.session != later.session else { return false }
        guard !later.actions.isEmpty else { return isSameText && earlier.actions.isEmpty }
        let common = later.actions.count(where: earlier.actions.contains)
        return Double(common) >= leastInCommon * Double(later.actions.count)
    }

    private static func bands(of sketch: [UInt32]) -> [Band] {
        guard sketch.count == 16 else { return [] }
        return (0..<bandCount).map { band in
            Band(place: band, values: SIMD4(sketch[band * 4..<band * 4 + 4]))
        }
    }
}
