import JSONText

/// Where the elements of an array stand, for taking some of them out.
struct ArrayElements {
    private var places: [(range: Range<Int>, isRemoved: Bool)] = []

    mutating func append(_ range: Range<Int>, isRemoved: Bool) { places.append((range, isRemoved)) }

    var areAllRemoved: Bool { !places.isEmpty && places.allSatisfy(\.isRemoved) }

    /// Edits that take the elements out, each with the comma that then has nothing to part.
    var edits: [BodyEdit] {
        var edits: [BodyEdit] = []
        var index = 0
        while index < places.count {
            guard places[index].isRemoved else {
                index += 1
                continue
            }
            let first = index
            while index < places.count, places[index].isRemoved { index += 1 }
            if index < places.count {
                edits.append(BodyEdit(places[first].range.lowerBound..<places[index].range.lowerBound, []))
            } else {
                let start = first > 0 ? places[first - 1].range.upperBound : places[first].range.lowerBound
                edits.append(BodyEdit(start..<places[index - 1].range.upperBound, []))
            }
        }
        return edits
    }
}
