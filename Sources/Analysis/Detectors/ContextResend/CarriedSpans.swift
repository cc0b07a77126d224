import Domain

/// Stretches of a thread's prompt that ride along in every call, each from some call on.
///
/// A prompt grows at its end and loses what it loses from its end, so the stretches make a stack ordered by place. What
/// they cost in a call follows from how many of their tokens lie below where the cached prefix ends, which sums over the
/// stack tell at once: a thread of a thousand calls and a thousand results takes no million steps.
struct CarriedSpans {
    private var spans: [Range<Int>] = []
    /// By stretch, the tokens of all up to it.
    private var sums: [Int] = []
    /// Not counted yet, in order; those before ``next`` are.
    private var waiting: [(span: Range<Int>, from: Int)] = []
    private var next = 0

    var isEmpty: Bool { spans.isEmpty }

    /// Adds a stretch above all others, to be counted from a call on that is no earlier than those before.
    mutating func add(_ span: Range<Int>, from call: Int) {
        if !span.isEmpty { waiting.append((span, call)) }
    }

    /// Counts from now on what is due at a call.
    mutating func advance(to call: Int) {
        while next < waiting.count, waiting[next].from <= call {
            sums.append((sums.last ?? 0) + waiting[next].span.count)
            spans.append(waiting[next].span)
            next += 1
        }
    }

    /// Lets go of all that does not lie within the prompt's first so many tokens.
    mutating func keep(first kept: Int) {
        while waiting.count > next, let last = waiting.last, last.span.upperBound > kept { waiting.removeLast() }
        while let last = spans.last, last.upperBound > kept {
            spans.removeLast()
            sums.removeLast()
        }
    }

    /// What of a call's prompt the stretches are, by how it was billed.
    func part(of usage: Usage) -> Usage {
        var part = Usage()
        var place = 0
        var below = 0
        func tokens(of size: Int) -> Int {
            guard size > 0 else { return 0 }
            place += size
            let all = sum(below: place)
            defer { below = all }
            return all - below
        }
        part.cacheReadTokens = tokens(of: usage.cacheReadTokens)
        part.cacheWrite1hTokens = tokens(of: usage.cacheWrite1hTokens)
        part.cacheWrite5mTokens = tokens(of: usage.cacheWrite5mTokens)
        part.inputTokens = tokens(of: usage.inputTokens)
        return part
    }

    private func sum(below place: Int) -> Int {
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].upperBound <= place { low = middle + 1 } else { high = middle }
        }
        let whole = low > 0 ? sums[low - 1] : 0
        return whole + (low < spans.count ? max(0, place - spans[low].lowerBound) : 0)
    }
}
