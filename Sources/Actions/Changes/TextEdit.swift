/// A replacement of text in a file, as Claude Code's Edit and its likes make it.
package struct TextEdit: Hashable, Sendable {
    package var old: String
    package var new: String
    /// Every place is meant, not the only one.
    package var isEverywhere: Bool

    package init(old: String, new: String, isEverywhere: Bool = false) {
        (self.old, self.new, self.isEverywhere) = (old, new, isEverywhere)
    }

    /// The bytes after the replacement; an empty old text stands for a file that is not there or empty.
    func applied(to bytes: [UInt8]) throws(FileChangeFault) -> [UInt8] {
        var (old, new) = (Array(old.utf8), Array(new.utf8))
        guard !old.isEmpty else {
            guard bytes.isEmpty else { throw .notFound }
            return new
        }
        var places = bytes.places(of: old)
        if places.isEmpty, let folded = bytes.placesWithFoldedQuotes(of: old) {
            (places, old) = (folded.places, folded.spelled)
            new = new.quoted(as: old)
        }
        // A file may spell as `\u00e9` what the model was shown as é.
        if places.isEmpty {
            let escaped = old.escaped
            places = bytes.places(of: escaped)
            if !places.isEmpty { (old, new) = (escaped, new.escaped) }
        }
        guard let first = places.first else { throw .notFound }
        guard isEverywhere || places.count == 1 else { throw .ambiguous }
        // Whole lines that are taken out leave no empty one behind.
        let takesLines =
            new.isEmpty && old.last != 0x0A && first + old.count < bytes.count
            && !bytes.places(of: old + [0x0A]).isEmpty
        if takesLines {
            old.append(0x0A)
            places = bytes.places(of: old)
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + places.count * max(0, new.count - old.count))
        var start = 0
        for place in isEverywhere ? places[...] : places.prefix(1) {
            result += bytes[start..<place]
            result += new
            start = place + old.count
        }
        return result + bytes[start...]
    }
}

extension [UInt8] {
    /// Where a part begins, none of them overlapping.
    fileprivate func places(of part: [UInt8]) -> [Int] {
        guard let first = part.first, part.count <= count else { return [] }
        return withUnsafeBufferPointer { bytes in
            part.withUnsafeBufferPointer { part in
                var places: [Int] = []
                var place = 0
                let last = bytes.count - part.count
                search: while place <= last {
                    guard bytes[place] == first else {
                        place += 1
                        continue
                    }
                    for index in 1..<Swift.max(1, part.count) where bytes[place + index] != part[index] {
                        place += 1
                        continue search
                    }
                    places.append(place)
                    place += part.count
                }
                return places
            }
        }
    }

    /// Where a part begins if curly quotes are taken for straight ones, and how it is spelled at the first such place.
    fileprivate func placesWithFoldedQuotes(of part: [UInt8]) -> (places: [Int], spelled: [UInt8])? {
        let (folded, origins) = foldingQuotes()
        let foldedPart = part.foldingQuotes().bytes
        guard let first = folded.places(of: foldedPart).first else { return nil }
        let end = first + foldedPart.count
        let spelled = Array(self[origins[first]..<(end < origins.count ? origins[end] : count)])
        return (places(of: spelled), spelled)
    }

    /// The bytes with ‘ ’ “ ” as ' and ", and where each of them came from.
    private func foldingQuotes() -> (bytes: [UInt8], origins: [Int]) {
        var folded: [UInt8] = []
        var origins: [Int] = []
        var place = 0
        while place < count {
            origins.append(place)
            if self[place] == 0xE2, place + 2 < count, self[place + 1] == 0x80, (0x98...0x9D).contains(self[place + 2]),
                self[place + 2] != 0x9A, self[place + 2] != 0x9B
            {
                folded.append(self[place + 2] < 0x9C ? UInt8(ascii: "'") : UInt8(ascii: "\""))
                place += 3
            } else {
                folded.append(self[place])
                place += 1
            }
        }
        return (folded, origins)
    }

    /// The text with all but ASCII as JSON escapes it.
    fileprivate var escaped: [UInt8] {
        String(decoding: self, as: UTF8.self).utf16.flatMap { unit -> [UInt8] in
            guard unit > 0x7F else { return [UInt8(unit)] }
            let digits = String(unit, radix: 16)
            return Array(("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
        }
    }

    /// The new text with curly quotes where the old one has them.
    fileprivate func quoted(as old: [UInt8]) -> [UInt8] {
        let text = String(decoding: old, as: UTF8.self)
        let (isDouble, isSingle) = (text.contains { "“”".contains($0) }, text.contains { "‘’".contains($0) })
        var before: Character?
        var quoted = ""
        for character in String(decoding: self, as: UTF8.self) {
            let opens = before.map { $0.isWhitespace || "([{—–".contains($0) } ?? true
            switch character {
            case "\"" where isDouble: quoted.append(opens ? "“" : "”")
            case "'" where isSingle: quoted.append(opens ? "‘" : "’")
            default: quoted.append(character)
            }
            before = character
        }
        return Array(quoted.utf8)
    }
}
