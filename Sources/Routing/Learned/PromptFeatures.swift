package import Similarity

/// What scorers see of a prompt, made once for all of them.
package struct PromptFeatures: Hashable, Sendable {
    /// Counts of what stands on the surface, such as lengths, digits and negations, each on a scale of its own; behind
    /// them what an agent's request says beside its words.
    package var surface: [Float]
    /// Hashed words and pairs of words, and how often each stands there; each place once.
    package var terms: [Term]
    /// A static embedding of length one; empty without a table.
    package var embedding: [Float]

    package init(surface: [Float], terms: [Term], embedding: [Float]) {
        self.surface = surface
        self.terms = terms
        self.embedding = embedding
    }

    /// The features of a prompt; the same for all its spellings in other white space and case.
    package init(of text: FoldedText, embedding: StaticEmbedding?, action: ActionFeatures = ActionFeatures()) {
        (surface, terms) = text.utf8.withUnsafeBufferPointer { bytes in
            let scan = ScannedWords(bytes)
            return (SurfaceFeatures(bytes, scan).values + action.values, PromptFeatures.terms(of: scan))
        }
        self.embedding = embedding?.vector(of: text.utf8) ?? []
    }

    package init(of prompt: String, embedding: StaticEmbedding?, action: ActionFeatures = ActionFeatures()) {
        self.init(of: FoldedText(prompt), embedding: embedding, action: action)
    }

    package struct Term: Hashable, Sendable {
        package var place: UInt32
        package var weight: Float

        package init(place: UInt32, weight: Float) {
            self.place = place
            self.weight = weight
        }
    }

    /// The number of places that words and pairs are hashed to.
    package static let places = 1 << 18

    private static func terms(of scan: ScannedWords) -> [Term] {
        var terms: [Term] = []
        terms.reserveCapacity(scan.words.count * 2)
        let capacity = max(64, scan.words.count * 4).roundedUpToPowerOfTwo
        // Where a place's term stands in the list, plus one; open addressing.
        var slots = [UInt32](repeating: 0, count: capacity)
        let mask = UInt32(capacity - 1)
        func count(_ hash: UInt64) {
            let place = UInt32(truncatingIfNeeded: hash >> 46)
            var slot = (place &* 0x9E37_79B1) >> 7 & mask
            while slots[Int(slot)] != 0 {
                let term = Int(slots[Int(slot)] - 1)
                if terms[term].place == place {
                    terms[term].weight += 1
                    return
                }
                slot = (slot &+ 1) & mask
            }
            terms.append(Term(place: place, weight: 1))
            slots[Int(slot)] = UInt32(terms.count)
        }
        var previous: UInt64 = 0
        for word in scan.words {
            count(word.hash)
            if previous != 0 { count(ScannedWords.mixed(previous &* 31 &+ word.hash)) }
            previous = word.hash
        }
        return terms
    }
}

extension Int {
    fileprivate var roundedUpToPowerOfTwo: Int {
        var power = 1
        while power < self { power *= 2 }
        return power
    }
}
