/// Cuts one word into tokens: joins the neighbours whose pair was learned first, again and again; room that is used
/// again.
struct WordMerging {
    /// The word, `▁` first.
    var word: [UInt8] = []
    private var symbols: [Symbol] = []
    private var queue: [Candidate] = []

    private struct Symbol {
        var token: UInt32
        /// -1 where there is none.
        var previous: Int32
        var next: Int32
        var isMerged = false
    }

    /// A pair of neighbours that may be joined.
    private struct Candidate {
        var rank: UInt32
        var at: Int32
        /// What the pair consisted of and makes; outdated when the symbols have changed.
        var left: UInt32
        var right: UInt32
        var token: UInt32

        /// The earlier learned goes first, then the one further left.
        @inline(__always)
        static func < (a: Candidate, b: Candidate) -> Bool { a.rank == b.rank ? a.at < b.at : a.rank < b.rank }
    }

    mutating func merge(using tokenizer: BytePairTokenizer, into tokens: inout [UInt32]) {
        split(using: tokenizer)
        queue.removeAll(keepingCapacity: true)
        for index in symbols.indices.dropLast() { consider(Int32(index), tokenizer.merges) }
        while let best = popped() {
            let next = symbols[Int(best.at)].next
            guard !symbols[Int(best.at)].isMerged, symbols[Int(best.at)].token == best.left, next >= 0,
                symbols[Int(next)].token == best.right
            else { continue }
            symbols[Int(best.at)].token = best.token
            symbols[Int(next)].isMerged = true
            let afterNext = symbols[Int(next)].next
            symbols[Int(best.at)].next = afterNext
            if afterNext >= 0 { symbols[Int(afterNext)].previous = best.at }
            if symbols[Int(best.at)].previous >= 0 { consider(symbols[Int(best.at)].previous, tokenizer.merges) }
            if afterNext >= 0 { consider(best.at, tokenizer.merges) }
        }
        for symbol in symbols where !symbol.isMerged { tokens.append(symbol.token) }
    }

    /// The word's characters as tokens, or as their bytes' tokens.
    private mutating func split(using tokenizer: BytePairTokenizer) {
        symbols.removeAll(keepingCapacity: true)
        word.withUnsafeBufferPointer { word in
            var at = 0
            while at < word.count {
                let length = min(WordMerging.characterLength(word[at]), word.count - at)
                let character = UnsafeBufferPointer(rebasing: word[at..<at + length])
                if let token = tokenizer.vocabulary.token(of: character) {
                    append(token)
                } else {
                    for byte in character { append(tokenizer.byteTokens[Int(byte)]) }
                }
                at += length
            }
        }
        if let last = symbols.indices.last { symbols[last].next = -1 }
    }

    private mutating func append(_ token: UInt32) {
        let index = Int32(symbols.count)
        symbols.append(Symbol(token: token, previous: index - 1, next: index + 1))
    }

    private static func characterLength(_ first: UInt8) -> Int {
        first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    }

    private mutating func consider(_ at: Int32, _ merges: MergeTable) {
        let left = symbols[Int(at)].token
        let right = symbols[Int(symbols[Int(at)].next)].token
        guard let (rank, token) = merges.merge(of: left, right) else { return }
        queue.append(Candidate(rank: rank, at: at, left: left, right: right, token: token))
        var child = queue.count - 1
        while child > 0, queue[child] < queue[(child - 1) / 2] {
            queue.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func popped() -> Candidate? {
        guard let best = queue.first, let last = queue.popLast() else { return nil }
        guard !queue.isEmpty else { return best }
        queue[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in 2 * parent + 1...2 * parent + 2 where child < queue.count && queue[child] < queue[least] {
                least = child
            }
            guard least != parent else { return best }
            queue.swapAt(parent, least)
            parent = least
        }
    }
}
