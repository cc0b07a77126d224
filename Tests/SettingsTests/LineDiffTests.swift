import Settings
import Statistics
import Testing

@Suite struct LineDiffTests {
    @Test func `a changed line is told with three lines round it`() {
        let before = (1...9).map { "\($0)\n" }.joined()
        let diff = LineDiff(from: Array(before.utf8), to: Array(before.replacing("5\n", with: "V\n").utf8))
        #expect(
            diff.text(named: "f") == "--- f\n+++ f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+V\n 6\n 7\n 8\n"
        )
    }

    @Test func `a new file is told as added, and a missing last line break is said`() {
        let diff = LineDiff(from: [], to: Array("a\nb".utf8))
        #expect(
            diff.text(named: "f", isNew: true)
                == "--- /dev/null\n+++ f\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n"
        )
    }

    @Test func `equal texts have no diff`() {
        #expect(LineDiff(from: [0x61], to: [0x61]).text(named: "f").isEmpty)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `applied to the old text it gives the new one`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let before = (0..<random.nextIndex(below: 30)).map { _ in "\(random.nextIndex(below: 5))\n" }
        var after = before
        for _ in 0..<random.nextIndex(below: 6) {
            let at = random.nextIndex(below: after.count + 1)
            if random.nextUnit() < 0.5 || at == after.count {
                after.insert("n\n", at: at)
            } else {
                after.remove(at: at)
            }
        }
        if random.nextUnit() < 0.3, let last = after.popLast() { after.append(String(last.dropLast())) }
        let old = Array(before.joined().utf8)
        let new = Array(after.joined().utf8)
        let text = LineDiff(from: old, to: new).text(named: "f")
        #expect(try patched(old, by: text) == new)
    }
}

/// What `patch` would make of a text; throws where a hunk does not fit.
func patched(_ bytes: [UInt8], by diff: String) throws -> [UInt8] {
    struct DoesNotFit: Error {}
    var old = lines(of: bytes)[...]
    var result: [[UInt8]] = []
    var taken = 0
    var sign: UInt8 = 0
    for line in Array(diff.utf8).split(separator: 0x0A).dropFirst(2) {
        let text = Array(line.dropFirst()) + [0x0A]
        switch line.first {
        case UInt8(ascii: "@"):
            let parts = String(decoding: line, as: UTF8.self).split(separator: " ")
            let start = parts[1].dropFirst().split(separator: ",").compactMap { Int($0) }
            let skipped = (start[1] == 0 ? start[0] : start[0] - 1) - taken
            guard skipped >= 0, skipped <= old.count else { throw DoesNotFit() }
            result += old.prefix(skipped)
            old = old.dropFirst(skipped)
            taken += skipped
        case UInt8(ascii: "+"): result.append(text)
        case UInt8(ascii: "\\"): if sign == UInt8(ascii: "+") { result[result.count - 1].removeLast() }
        case let kind:
            guard let first = old.popFirst(), first == text || first + [0x0A] == text else { throw DoesNotFit() }
            taken += 1
            if kind == UInt8(ascii: " ") { result.append(first) }
        }
        sign = line.first ?? 0
    }
    return (result + old).flatMap(\.self)
}

private func lines(of bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for byte in bytes {
        if lines.isEmpty || lines[lines.count - 1].last == 0x0A { lines.append([]) }
        lines[lines.count - 1].append(byte)
    }
    return lines
}
