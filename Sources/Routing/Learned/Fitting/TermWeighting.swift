import Foundation

/// Which words and pairs count, and how much: those that several training prompts have, the rarer the more.
///
/// TF-IDF with logarithmic counts, each prompt brought to length one (Salton and Buckley, 1988).
struct TermWeighting: Hashable, Sendable {
    /// The places that count, ascending.
    let places: [UInt32]
    let rarity: [Float]
    /// By place: its index in `places`, or -1.
    private let indices: [Int32]

    /// A term of one prompt alone says nothing about others.
    private static let fewestPrompts = 2
    private static let mostTerms = 1 << 17

    init(fitting prompts: [PromptFeatures]) {
        var prompted = [Int32](repeating: 0, count: PromptFeatures.places)
        for prompt in prompts {
            for term in prompt.terms where term.place < PromptFeatures.places { prompted[Int(term.place)] += 1 }
        }
        var kept = prompted.indices.filter { prompted[$0] >= TermWeighting.fewestPrompts }
        if kept.count > TermWeighting.mostTerms {
            kept.sort { (-prompted[$0], $0) < (-prompted[$1], $1) }
            kept = kept.prefix(TermWeighting.mostTerms).sorted()
        }
        let count = Double(prompts.count + 1)
        self.init(
            places: kept.map { UInt32($0) },
            rarity: kept.map { Float(log(count / Double(prompted[$0] + 1)) + 1) }
        )
    }

    /// Places that are not below ``PromptFeatures/places`` are left out.
    init(places: [UInt32], rarity: [Float]) {
        self.places = places
        self.rarity = rarity
        var indices = [Int32](repeating: -1, count: PromptFeatures.places)
        for (index, place) in places.enumerated() where place < PromptFeatures.places {
            indices[Int(place)] = Int32(index)
        }
        self.indices = indices
    }

    struct Weighted {
        var index: Int
        var weight: Float
    }

    /// The terms of a prompt that count, brought to length one together.
    func weighted(_ prompt: PromptFeatures) -> [Weighted] {
        var terms: [Weighted] = []
        terms.reserveCapacity(prompt.terms.count)
        var squares: Float = 0
        for term in prompt.terms where term.place < PromptFeatures.places {
            let index = Int(indices[Int(term.place)])
            guard index >= 0 else { continue }
            let weight = rarity[index] * (term.weight == 1 ? 1 : 1 + log(term.weight))
            squares += weight * weight
            terms.append(Weighted(index: index, weight: weight))
        }
        let scale = squares > 0 ? 1 / squares.squareRoot() : 0
        for index in terms.indices { terms[index].weight *= scale }
        return terms
    }

    func counts(_ place: UInt32) -> Bool { place < PromptFeatures.places && indices[Int(place)] >= 0 }

    /// The share of a prompt's terms that count; 0 for a prompt without terms.
    func coverage(of prompt: PromptFeatures) -> Float {
        let known = prompt.terms.count { counts($0.place) }
        return Float(known) / Float(max(1, prompt.terms.count))
    }
}
