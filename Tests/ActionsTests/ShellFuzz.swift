import Statistics
import Testing

@testable import Actions

@Suite struct ShellFuzz {
    @Test(.enabled(if: BashOracle.isThere), arguments: [1, 2, 3])
    func `bash makes the same words of random lines`(seed: UInt64) throws {
        var random = RandomShell(seed: seed)
        let lines = (0..<340).map { _ in random.line() }
        let answers = try BashOracle.argumentLists(of: lines)
        try #require(answers.count == lines.count)
        for (line, answer) in zip(lines, answers) {
            guard case .parsed(let script) = ShellLine(line) else {
                Issue.record("not parsed: \(line)")
                continue
            }
            // The stages of a pipeline run at once.
            let ours = script.argumentListsThatRun.sorted { $0.joined(separator: "\0") < $1.joined(separator: "\0") }
            let theirs = answer.sorted { $0.joined(separator: "\0") < $1.joined(separator: "\0") }
            #expect(ours == theirs, "\(line)")
        }
    }

    @Test(arguments: 1...20)
    func `a rendered line is parsed as the same line`(seed: UInt64) {
        var random = RandomShell(seed: seed &* 1000)
        for _ in 0..<50 {
            let line = random.line()
            guard case .parsed(let script) = ShellLine(line) else { continue }
            #expect(ShellLine(script.rendered) == .parsed(script), "\(line)")
        }
    }

    @Test(arguments: 1...20)
    func `a normalized line is normal`(seed: UInt64) {
        var random = RandomShell(seed: seed &* 1000)
        for _ in 0..<50 {
            let line = random.line()
            guard case .parsed(var script) = ShellLine(line) else { continue }
            script.normalize()
            let text = script.renderedSparely
            guard case .parsed(var again) = ShellLine(text) else {
                Issue.record("\(text)")
                continue
            }
            again.normalize()
            #expect(again.renderedSparely == text, "\(line)")
        }
    }

    @Test(arguments: 1...20)
    func `no bytes stop the parser or the glance, and what they parse renders to itself`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "a", " ", "\n", ";", "&", "|", "(", ")", "<", ">", "'", "\"", "\\", "$", "`", "{", "}", "#", "=", "<<", "E",
            "$(", "$'", "[[", "]]", "2", "!", "-c", "bash", "cd", "head", "é", "\0", "\t", "&&", "~", "*",
        ]
        var glances = CommandGlances()
        for _ in 0..<400 {
            let line = (0..<Int.random(in: 0..<30, using: &generator))
                .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }
                .joined()
            _ = glances.glance(line, in: "a")
            _ = glances.glance(line, .powerShell)
            switch ShellLine(line) {
            case .parsed(let script): #expect(ShellLine(script.rendered) == .parsed(script), "\(line)")
            case .opaque(let text): #expect(squeezed(text) == text, "\(line)")
            }
        }
    }

    /// Ten million bytes in all, half of them of what means something to a shell.
    @Test(arguments: 1...20)
    func `no bytes crash the parser`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed &* 31)
        let words: [String] = [
            "for ", "in ", "do ", "done", "if ", "then ", "else ", "fi", "case ", "esac", "while ", "{ ", "; }", "[[ ",
            " ]]",
            "((", "))", "$(", ")", "\"", "'", "`", "<<E\n", "\nE\n", "|", "&&", ";", ";;", "\n", "$'", "${", "a", " ",
            "\\",
        ]
        let pieces = words.map { Array($0.utf8) }
        var (left, halves) = (500_000, (shell: 0, raw: 0))
        while left > 0 {
            var bytes: [UInt8] = []
            let isShell = halves.shell < halves.raw
            let count = Int.random(in: 1...(isShell ? 200 : 4000), using: &generator)
            while bytes.count < count {
                if isShell {
                    bytes += pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                } else {
                    withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
                }
            }
            left -= bytes.count
            if isShell { halves.shell += bytes.count } else { halves.raw += bytes.count }
            guard case .parsed(let script) = ShellLine(String(decoding: bytes, as: UTF8.self)) else { continue }
            #expect(ShellLine(script.rendered) == .parsed(script))
        }
    }

    @Test(arguments: [
        "(", "$(", "\"$(", "`", "'", "\"", "\\", "<< a\n", "<(", "${", "$((", "a=(", "a;", "a|", "'a' ", "$a",
        "for f in a; do ", "if ", "{ ", "case a in b) ", "[[ ", "f() { ",
    ])
    func `a hostile line is parsed in time`(piece: String) {
        let line = String(repeating: piece, count: 200_000 / piece.utf8.count)
        let start = ContinuousClock.now
        _ = ShellLine(line)
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
