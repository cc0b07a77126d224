extension Equivalence {
    /// What two changes come to, each applied to the files as they were; nil where they are about other files.
    init?(_ one: [FileChange], _ other: [FileChange], _ files: KnownFiles) {
        let outcomes = (ChangeOutcome(one, files), ChangeOutcome(other, files))
        if case (.files(let one), .files(let other)) = outcomes {
            if ChangeOutcome.isSame(one, other, { $0.withoutTrailingBlanks(in: $1) }) {
                self.init(level: .effect, reason: .sameResult)
                return
            }
            if ChangeOutcome.isSame(one, other, { text, _ in text.withoutWhiteSpace }) {
                self.init(level: .effectButForSpace, reason: .sameResultButForSpace)
                return
            }
            guard Set(one.keys) == Set(other.keys) else { return nil }
            let isSameSpan = one.allSatisfy { path, state in
                guard case .text(let before)? = files.before[path], case .text(let first) = state,
                    case .text(let second)? = other[path]
                else { return false }
                return sharesSpan(first, second, before: before)
            }
            self.init(level: .intent, reason: isSameSpan ? .sameSpan : .samePath)
            return
        }
        guard Set(one.map(\.path)) == Set(other.map(\.path)) else { return nil }
        let isBroken = outcomes.0 == .doesNotApply || outcomes.1 == .doesNotApply
        self.init(level: .intent, reason: isBroken ? .doesNotApply : .samePath)
    }
}

/// What is known of the files after a call's changes.
private enum ChangeOutcome: Equatable {
    case files([String: FileState])
    case unknown
    case doesNotApply

    init(_ changes: [FileChange], _ files: KnownFiles) {
        var states: [String: FileState] = [:]
        do throws(FileChangeFault) {
            for change in changes {
                let before = states[change.path] ?? files.before[change.path]
                if before == nil, change.needsOriginal { throw .unknownOriginal }
                var text: String?
                if case .text(let known)? = before { text = known }
                states.merge(try change.result(on: text)) { $1 }
            }
            self = .files(states)
        } catch {
            self = error == .unknownOriginal ? .unknown : .doesNotApply
        }
    }

    static func isSame(
        _ one: [String: FileState],
        _ other: [String: FileState],
        _ view: (String, String) -> String
    ) -> Bool {
        one.count == other.count
            && one.allSatisfy { path, state in
                switch (state, other[path]) {
                case (.gone, .gone?): true
                case (.text(let a), .text(let b)?):
                    a.utf8.elementsEqual(b.utf8) || view(a, path).utf8.elementsEqual(view(b, path).utf8)
                default: false
                }
            }
    }
}

extension FileChange {
    fileprivate var needsOriginal: Bool {
        switch change {
        case .write, .delete: false
        case .edits(let edits): edits.first?.old.isEmpty != true
        case .patch, .notebookCell: true
        }
    }
}

extension String {
    fileprivate var withoutWhiteSpace: String {
        var kept = UnicodeScalarView()
        kept.append(contentsOf: unicodeScalars.lazy.filter { !$0.properties.isWhitespace })
        return String(kept)
    }
}

/// Whether at least half of the lines that one of two changes touches are touched by both.
private func sharesSpan(_ one: String, _ other: String, before: String) -> Bool {
    let lines = before.linesByFeed
    let (a, b) = (changedSpan(lines, one.linesByFeed), changedSpan(lines, other.linesByFeed))
    let shared = min(a.upperBound, b.upperBound) - max(a.lowerBound, b.lowerBound)
    let all = max(a.upperBound, b.upperBound) - min(a.lowerBound, b.lowerBound)
    return shared * 2 >= all
}

/// The old lines between the first and the last that are other afterwards; one at least, where lines are put in.
private func changedSpan(_ old: [String], _ new: [String]) -> Range<Int> {
    let bound = min(old.count, new.count)
    var start = 0
    while start < bound, old[start].utf8.elementsEqual(new[start].utf8) { start += 1 }
    var end = 0
    while end < bound - start, old[old.count - 1 - end].utf8.elementsEqual(new[new.count - 1 - end].utf8) { end += 1 }
    return start..<max(start + 1, old.count - end)
}
