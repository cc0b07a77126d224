import Foundation
import Testing

@testable import Actions

@Suite struct ShellLineTests {
    private func script(_ line: String) throws -> ShellScript {
        guard case .parsed(let script) = ShellLine(line) else {
            Issue.record("not parsed: \(line)")
            throw CancellationError()
        }
        return script
    }

    @Test(arguments: [
        (#"echo "a b" 'c d' e\ f g"h"'i'"#, ["echo", "a b", "c d", "e f", "ghi"]),
        (#"echo "say \"hi\" \\ \$HOME \n" 'a\nb' a\nb"#, ["echo", "say \"hi\" \\ $HOME \\n", "a\\nb", "anb"]),
        (#"echo $'tab\there\x41\101\u00e9'"#, ["echo", "tab\there" + "AAé"]),
        ("echo \"\" '' x", ["echo", "", "", "x"]),
        ("echo one \\\n  two # three", ["echo", "one", "two"]),
        ("echo a#b \"a # b\"", ["echo", "a#b", "a # b"]),
        ("a 2>&1 b >out.txt <in.txt c", ["a", "b", "c"]),
        ("echo $ a$", ["echo", "$", "a$"]),
        ("FOO=1 BAR='two words' env", ["env"]),
    ])
    func `a command is its words, quotes removed`(line: String, words: [String]) throws {
        #expect(try script(line).argumentLists == [words])
    }

    @Test(arguments: [
        ("a && b || c; d & e | f |& g\nh", "a && b || c; d & e | f |& g; h"),
        ("git   status  # now\n\n", "git status"),
        ("cat <<'EOF' | b\nit's $x\nEOF\nc", "cat <<'EOF' | b\nit's $x\nEOF\nc"),
        ("cat <<-E\n\ta\n\tE", "cat <<EOF\na\nEOF\n"),
        ("x=$(a `b \\`c\\`` \"$(d)\") e", #"x=$(a $(b $(c)) "$(d)") e"#),
        ("( cd a; b ) > out", "( cd a; b ) >out"),
        ("! a 2>/dev/null", "! a 2>/dev/null"),
        ("diff <(a) >(b) ${x} $((1 + 2)) \"$y\"", "diff <(a) >(b) ${x} $((1 + 2)) \"$y\""),
        ("$(( 1 )) $( (a) )", "$(( 1 )) $( ( a ))"),
        ("for f in *.go  'b c'\ndo a $f\n b & done >out", "for f in *.go 'b c'; do a $f; b & done >out"),
        ("for f;do a;done", "for f; do a; done"),
        ("while read -r l;do a;done<in", "while read -r l; do a; done <in"),
        ("until a; do b; done | c", "until a; do b; done | c"),
        (
            "if a;then b; elif c\nthen d;else e;fi&&f",
            "if a; then b; elif c; then d; else e; fi && f"
        ),
        ("{ a;b; } 2>&1", "{ a; b; } 2>&1"),
        ("f () { a; }; f", "f() { a; }; f"),
        (
            "case $x in\n  (a|'b c') d;;\n *) e\n ;;\n z) ;; esac",
            "case $x in a|'b c') d ;; *) e ;; z) ;; esac"
        ),
        ("[[ -f  \"a  b\" && $x == y* ]] && c", "[[ -f \"a  b\" && $x == y* ]] && c"),
        ("((a + (b)))||c", "((a + (b))) || c"),
        ("for f in a; do cat <<E\n$f\nE\ndone", "for f in a; do cat <<EOF\n$f\nEOF\ndone"),
        ("echo for in do done { }", "echo for in do done { }"),
    ])
    func `a line has one spelling`(line: String, spelling: String) throws {
        let script = try script(line)
        #expect(script.rendered == spelling)
        #expect(ShellLine(spelling) == .parsed(script))
    }

    @Test(arguments: [
        "for f in *; do a", "for f in *; do; done", "for ((i=0;i<3;i++)); do a; done", "if a; then b", "if a; b; fi",
        "while a; done", "case x in y) a", "case x in y) a ;& esac", "{ a }", "{ a", "time a", "f() a", "select x in y",
        "[[ a", "[[ $(a) ]]", "((a)", "((a); b)", "done", "a; }", "a=(b c)", "a &&", "a | | b", "'a", "\"a", "$(a",
        "`a", "cat <<E\na", "(a", "a)", ";", "cat <<E $(b\nc)\nE", "cat <<E | while a; do\nb; done\nE",
        "${a:-\"b\"}", "",
    ])
    func `what is not parsed stays text`(line: String) {
        if line.isEmpty {
            #expect(ShellLine(line).isParsed)
        } else {
            #expect(ShellLine(line) == .opaque(line))
        }
    }

    @Test func `text is compared with its white space squeezed outside quotes`() {
        #expect(ShellLine("for f in  *;  do\n\n  a 'b  c'; done") == ShellLine("for f in *; do\na 'b  c'; done"))
        #expect(ShellLine("for f in 'a  b'; do c; done") != ShellLine("for f in 'a b'; do c; done"))
    }

    /// Lines whose words bash itself has told, in the folder beside the repository; where it is not there, none.
    private static let vectors: [Vector] = {
        let path = URL(filePath: #filePath).appending(path: "../../../../shared/data/replay/bash_vectors.json")
        guard let data = try? Data(contentsOf: path.standardized) else { return [] }
        return (try? JSONDecoder().decode([Vector].self, from: data)) ?? []
    }()

    struct Vector: Decodable, Sendable {
        var command: String
        var ran: [[String]]
        var isOrderFree: Bool

        enum CodingKeys: String, CodingKey {
            case command
            case ran
            case isOrderFree = "order_free"
        }
    }

    @Test(.enabled(if: !vectors.isEmpty), arguments: vectors)
    func `words are those that bash tells`(vector: Vector) throws {
        let script = try script(vector.command)
        guard script.isComparable else { return }
        let ran = script.argumentListsThatRun.filter { $0 != ["wait"] }
        if vector.isOrderFree {
            #expect(ran.sorted { $0.joined() < $1.joined() } == vector.ran.sorted { $0.joined() < $1.joined() })
        } else {
            #expect(ran == vector.ran)
        }
    }
}
