extension [Double] {
    /// The values' ranks on a scale from 0 to 1, equal values at the middle of theirs.
    ///
    /// Done inside each fold, before folds are pooled: every fold has a scorer of its own, and their scales differ by
    /// chance. Pooled raw scores rate even a scorer that knows nothing well below one half on small sets.
    package var ranks: [Double] {
        let order = indices.sorted { self[$0] < self[$1] }
        var ranks = [Double](repeating: 0, count: count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, self[order[end]] == self[order[start]] { end += 1 }
            let middle = Double(start + end) / 2 / Double(count)
            for place in order[start..<end] { ranks[place] = middle }
            start = end
        }
        return ranks
    }
}
