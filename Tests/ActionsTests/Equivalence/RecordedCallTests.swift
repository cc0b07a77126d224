import Foundation
import JSONText
import Statistics
import Testing

@testable import Actions

/// What must hold of every tool call in real sessions.
@Suite(.enabled(if: !RecordedCall.all.isEmpty)) struct RecordedCallTests {
    @Test func `nearly every command line is parsed`() {
        let lines = RecordedCall.all.filter { $0.tool == "Bash" }.compactMap { ToolInput($0.input).commandLine }
        let opaque = lines.filter { !ShellLine($0).isParsed }
        #expect(opaque.count * 1000 <= lines.count * 15, "\(opaque.count) of \(lines.count): \(opaque)")
    }

    @Test func `a canonical line is canonical`() {
        for recorded in RecordedCall.all {
            let action = recorded.call.action
            guard case .shell = action.substance else { continue }
            let again = CanonicalAction(line: action.text, in: ActionPlace(folder: recorded.folder))
            #expect(again == action, "\(action.text)")
        }
    }

    @Test func `every call is equivalent to itself, and to itself as another spells it`() {
        for recorded in RecordedCall.all {
            let call = recorded.call
            #expect(Equivalence(of: call, and: call).level == .identical)
            // As Codex logs what it was sent.
            let text = JSONTree.string(call.input.text ?? call.input.canonicalText)
            let spelled = ComparedCall(tool: call.tool, input: text, place: call.place)
            #expect(Equivalence(of: call, and: spelled).level >= .canonical, "\(call.tool) \(call.input)")
        }
    }

    @Test func `what one call has in common with another, the other has with it`() {
        var pairs = SymmetricPairs()
        let calls = RecordedCall.all.map(\.call)
        var generator = SeededGenerator(seed: 6)
        for (place, call) in calls.enumerated() {
            let others =
                calls.dropFirst(place + 1).prefix(3) + [calls[Int.random(in: 0..<calls.count, using: &generator)]]
            let files = RecordedCall.all[place].known
            for other in others { pairs.check(call, other, knowing: files) }
        }
        #expect(pairs.broken.isEmpty, "\(pairs.broken)")
    }

    /// Every call beside every other: tens of millions of pairs, some minutes of a release build
    /// (`SUFFICE_PAIRS=all swift test -c release -Xswiftc -enable-testing --filter RecordedCallTests`).
    ///
    /// Calls that are spelled alike in one place are one call here: what they are compared by is the same. What the
    /// record knows of files is looked up by path, and so is given where both calls are about one.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["SUFFICE_PAIRS"] == "all"))
    func `every call has in common with every other what the other has with it`() {
        var pairs = SymmetricPairs()
        var spelled: Set<String> = []
        let distinct = RecordedCall.all.filter { recorded in
            let text = "\(recorded.tool) \(recorded.folder) \(recorded.input.canonicalText)"
            return spelled.insert(text).inserted || !recorded.known.before.isEmpty
        }
        let calls = distinct.map(\.call)
        let files = distinct.map(\.known)
        let targets = calls.map { Set($0.action.targets) }
        for place in calls.indices {
            for other in place..<calls.count {
                let isShared = !targets[place].isDisjoint(with: targets[other])
                pairs.check(calls[place], calls[other], knowing: isShared ? files[place] : KnownFiles())
            }
        }
        #expect(pairs.broken.isEmpty, "\(pairs.broken)")
        #expect(pairs.count == calls.count * (calls.count + 1) / 2)
    }

    @Test func `a matching has no less in common than a greedy one`() {
        let calls = RecordedCall.all.map(\.call)
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<400 {
            let start = Int.random(in: 0..<max(1, calls.count - 12), using: &generator)
            let some = calls[start..<min(calls.count, start + 12)].shuffled(using: &generator)
            let (first, second) = (some.prefix(5), some.suffix(7))
            let scores = first.map { one in second.map { Equivalence(of: one, and: $0).level.score } }
            #expect(CallMatching(scores: scores).score >= greedy(scores) - 1e-9)
        }
    }

    @Test func `every successful change reproduces the file that was recorded`() throws {
        var reproduced = (edits: 0, fragments: 0, writes: 0)
        for recorded in RecordedCall.all where !recorded.isError && !recorded.isStamped {
            guard let result = recorded.result, result["filePath"] != nil,
                case .changes(let changes) = recorded.call.action.substance, let change = changes.first
            else { continue }
            if case .write = change.change {
                let content = try #require(result["content"]?.text)
                #expect(try change.result(on: nil) == [change.path: .text(content)], "\(recorded.id)")
                reproduced.writes += 1
            } else if let original = result["originalFile"]?.text {
                let after = try #require(text(change, on: original), "\(recorded.id)")
                let expected = RecordedPatch(result).applied(to: original)
                #expect(plain(after) == plain(expected), "\(recorded.id)")
                reproduced.edits += 1
            } else {
                // Newer versions keep only the stretch around the change, not always all of the old text.
                let patch = RecordedPatch(result)
                let shown = change.indentedAsShown
                guard let after = text(shown, on: patch.before.joined(separator: "\n")) else { continue }
                #expect(plain(after) == plain(patch.after.joined(separator: "\n")), "\(recorded.id)")
                reproduced.fragments += 1
            }
        }
        #expect(reproduced.edits + reproduced.writes > 0, "\(reproduced)")
    }

    private func text(_ change: FileChange, on original: String) -> String? {
        guard case .text(let text)? = try? change.result(on: original).values.first else { return nil }
        return text
    }

    /// The patches in the log show leading tabs as two blanks each.
    private func plain(_ text: String) -> [String] { text.linesByFeed.map(\.withShownTabs) }

    private func greedy(_ scores: [[Double]]) -> Double {
        var free = Set(scores.first?.indices ?? 0..<0)
        return scores.reduce(0) { sum, row in
            guard let best = free.max(by: { row[$0] < row[$1] }) else { return sum }
            free.remove(best)
            return sum + row[best]
        }
    }
}

/// Pairs of calls that were compared both ways round.
private struct SymmetricPairs {
    private(set) var count = 0
    /// The first few that have not the same in common.
    private(set) var broken: [String] = []

    mutating func check(_ call: ComparedCall, _ other: ComparedCall, knowing files: KnownFiles) {
        count += 1
        let there = Equivalence(of: call, and: other, knowing: files)
        let back = Equivalence(of: other, and: call, knowing: files)
        guard there.level != back.level || there.reason.turned != back.reason, broken.count < 10 else { return }
        broken.append("\(call.action.text) / \(other.action.text): \(there.reason), \(back.reason)")
    }
}

/// The hunks that Claude Code notes of a change.
private struct RecordedPatch {
    private let hunks: [(start: Int, lines: [String])]

    init(_ result: JSONTree) {
        hunks = (result["structuredPatch"]?.elements ?? []).map {
            ($0["oldStart"]?.integer ?? 1, ($0["lines"]?.elements ?? []).compactMap(\.text))
        }
    }

    var before: [String] { hunks.flatMap { PatchLines(lines: $0.lines).old } }
    var after: [String] { hunks.flatMap { PatchLines(lines: $0.lines).new } }

    func applied(to original: String) -> String {
        var lines = original.linesByFeed
        for hunk in hunks.reversed() {
            let parts = PatchLines(lines: hunk.lines)
            lines.replaceSubrange(hunk.start - 1..<min(lines.count, hunk.start - 1 + parts.old.count), with: parts.new)
        }
        return lines.joined(separator: "\n")
    }
}

private struct PatchLines {
    var old: [String] = []
    var new: [String] = []

    init(lines: [String]) {
        for line in lines {
            let text = String(decoding: line.utf8.dropFirst(), as: UTF8.self)
            switch line.utf8.first {
            case UInt8(ascii: "-"): old.append(text)
            case UInt8(ascii: "+"): new.append(text)
            case UInt8(ascii: " "):
                old.append(text)
                new.append(text)
            default: continue
            }
        }
    }
}

extension String {
    fileprivate var withShownTabs: String {
        let rest = utf8.drop { $0 == 0x09 }
        return String(repeating: "  ", count: utf8.count - rest.count) + String(Substring(rest))
    }
}

extension FileChange {
    fileprivate var indentedAsShown: FileChange {
        guard case .edits(let edits) = change else { return self }
        func shown(_ text: String) -> String { text.linesByFeed.map(\.withShownTabs).joined(separator: "\n") }
        let shownEdits = edits.map {
            TextEdit(old: shown($0.old), new: shown($0.new), isEverywhere: $0.isEverywhere)
        }
        return FileChange(path: path, change: .edits(shownEdits))
    }
}

extension Equivalence.Reason {
    fileprivate var turned: Equivalence.Reason {
        switch self {
        case .coversLines: .coveredLines
        case .coveredLines: .coversLines
        default: self
        }
    }
}
