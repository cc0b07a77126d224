package import NIOCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Chooses among upstreams, and remembers how they did.
///
/// Takes time and chance from its caller. A target that fails cools down, but never the last: one that may fail is
/// better than a refusal for certain.
package struct Targets: Sendable {
    /// An upstream that could serve a request.
    package struct Candidate: Hashable, Sendable {
        package var name: String
        package var weight: Int

        package init(name: String, weight: Int = 1) {
            self.name = name
            self.weight = weight
        }
    }

    /// How one try went.
    package enum Report: Hashable, Sendable {
        /// It answered, be it with an error of the request's own making.
        case served(firstByteMilliseconds: Int, headroom: Double?)
        /// No answer, or one of 500 and above.
        case failed
        /// 429, with what `retry-after` said.
        case limited(retryAfter: TimeAmount?)
    }

    private let balancing: Balancing
    private var health: [String: TargetHealth] = [:]

    package init(balancing: Balancing) { self.balancing = balancing }

    /// The place of the candidate to ask.
    ///
    /// The candidates stand in the order of the settings, none of them tried before for this request. `earlier` is the
    /// upstream that served the conversation before, whose cache is warm; the key is the same for all requests of a
    /// conversation, else random.
    package func choice(
        among candidates: [Candidate],
        earlier: String? = nil,
        key: UInt64,
        at now: NIODeadline
    ) -> Int? {
        let well = candidates.indices.filter { health[candidates[$0].name]?.isCooling(at: now) != true }
        guard !well.isEmpty else { return soonest(among: candidates) }
        if let earlier, let place = well.first(where: { candidates[$0].name == earlier }) { return place }
        switch balancing {
        case .weighted: return weighted(well, of: candidates, key: key)
        case .leastLatency:
            // One that was never asked is asked first, or it never would be.
            return well.min { latency(of: candidates[$0]) < latency(of: candidates[$1]) }
        case .headroom:
            return well.max { headroom(of: candidates[$0]) < headroom(of: candidates[$1]) }
        }
    }

    package mutating func report(_ report: Report, of name: String, at now: NIODeadline) {
        switch report {
        case .served(let milliseconds, let headroom):
            health[name, default: TargetHealth()].served(firstByteMilliseconds: milliseconds, headroom: headroom)
        case .failed: health[name, default: TargetHealth()].failed(at: now)
        case .limited(let retryAfter): health[name, default: TargetHealth()].limited(retryAfter: retryAfter, at: now)
        }
    }

    package func isCooling(_ name: String, at now: NIODeadline) -> Bool { health[name]?.isCooling(at: now) ?? false }

    /// All are cooling: the one that has cooled longest is asked all the same.
    private func soonest(among candidates: [Candidate]) -> Int? {
        candidates.indices.min {
            (health[candidates[$0].name]?.coolUntil ?? .uptimeNanoseconds(0))
                < (health[candidates[$1].name]?.coolUntil ?? .uptimeNanoseconds(0))
        }
    }

    private func latency(of candidate: Candidate) -> Double { health[candidate.name]?.latency ?? 0 }

    private func headroom(of candidate: Candidate) -> Double { health[candidate.name]?.headroom ?? 1 }

    /// Weighted rendezvous hashing: a key's target changes only where that target leaves or comes.
    private func weighted(_ places: [Int], of candidates: [Candidate], key: UInt64) -> Int? {
        func score(_ place: Int) -> Double {
            let candidate = candidates[place]
            guard candidate.weight > 0 else { return -1 }
            let drawn = Double(mixed(key ^ stableHash(candidate.name)) >> 11) + 0.5
            return Double(candidate.weight) / -log(drawn / Double(1 << 53))
        }
        return places.max { score($0) < score($1) }
    }
}

/// The same in each run (FNV-1a), unlike Swift's own hashes.
private func stableHash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}

/// Spreads a number over all bits (the finaliser of SplitMix64).
private func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
}
