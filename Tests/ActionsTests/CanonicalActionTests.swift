import Domain
import JSONText
import Testing

@testable import Actions

@Suite struct CanonicalActionTests {
    private let place = ActionPlace(folder: "/code/app", home: "/home/me")

    private func action(_ tool: String, _ input: String) -> CanonicalAction {
        CanonicalAction(toolNamed: tool, input: input, in: place)
    }

    private func shell(_ line: String) -> CanonicalAction { CanonicalAction(line: line, in: place) }

    @Test(arguments: [
        ("git status", "cd /code/app && git   status 2>&1 | tail -5"),
        ("git status", "bash -lc 'git status'"),
        ("go test ./... && go vet", "go test ./... 2>/dev/null | head -n 5 && go vet"),
        ("ls -la src", "ls -al  'src'"),
        ("ls -la src", "ls -l src -a"),
        ("A=1 B=2 make", "B=2 A=1 make"),
        ("a; b", "a\nb # again"),
        ("git commit -m 'it is done'", "git commit -m \"it is done\""),
        ("cat a.txt", "cat ./a.txt"), ("for f in *; do ls -la $f | cat; done", "for f in *\ndo\n  ls -al $f\ndone"),
        ("if [ -f a ]; then b; fi", "if [ -f 'a' ]\nthen b 2>&1\nfi"),
        ("cat <<E\nx\nE", "cat <<'E'\nx\nE".replacing("'", with: "")),
    ])
    func `lines that do the same are the same action`(one: String, other: String) {
        #expect(shell(one) == shell(other))
    }

    @Test(arguments: [
        ("git status", "cd sub && git status"), ("a && b", "a; b"), ("rm -- -r", "rm -r"), ("go test -v", "go test"),
        ("make 2>err.txt", "make"), ("tool -ab", "tool -ba"), ("echo 'a  b'", "echo 'a b'"), ("a | b", "a |& c"),
        ("a | cat x", "a"),
    ])
    func `lines that do another thing are another action`(one: String, other: String) {
        #expect(shell(one).text != shell(other).text)
    }

    @Test func `a line that is not parsed is compared as text`() {
        let one = shell("time for f in *;  do git add $f; done")
        #expect(one == shell("time for f in *; do git add $f; done"))
        #expect(!one.isParsed)
        #expect(one.kind == .writeGit)
    }

    @Test func `every agent's shell is the same tool`() {
        let line = shell("go test ./...")
        #expect(action("Bash", #"{"command":"go test ./...","description":"Run tests","timeout":5}"#) == line)
        #expect(
            action("shell", #""{\"command\":[\"bash\",\"-lc\",\"go test ./...\"],\"workdir\":\"/code/app\"}""#) == line
        )
        #expect(action("exec_command", #"{"cmd":"go test ./...","yield_time_ms":1}"#) == line)
        #expect(action("shell", #"{"command":["go","test","./..."]}"#) == line)
        #expect(action("run_shell_command", #"{"command":"go test ./...","dir_path":"/code"}"#) != line)
    }

    @Test func `reading is the same by a tool and by a command`() {
        let whole = action("Read", #"{"file_path":"/code/app/a.go"}"#)
        #expect(whole == shell("cat a.go"))
        #expect(whole == action("Read", #"{"file_path":"/code/app/./a.go","offset":"1","limit":2000}"#))
        #expect(whole == action("view", #"{"path":"a.go"}"#))
        #expect(whole.targets == ["/code/app/a.go"])
        let part = action("Read", #"{"file_path":"/code/app/a.go","offset":10,"limit":"5"}"#)
        #expect(part == shell("sed -n '10,14p' a.go"))
        #expect(part == action("view", #"{"path":"/code/app/a.go","view_range":[10,14]}"#))
        #expect(part == action("read_file", #"{"absolute_path":"/code/app/a.go","offset":9,"limit":5}"#))
        #expect(part == action("read", #"{"filePath":"/code/app/a.go","offset":9,"limit":5}"#))
        #expect(part != whole)
    }

    @Test func `searching and listing are the same by a tool and by a command`() {
        let search = action("Grep", #"{"pattern":"needle","path":"src","output_mode":"content","-n":true}"#)
        #expect(search == shell("rg -n needle src"))
        #expect(search == shell("grep -rn needle src/"))
        #expect(search != shell("grep -rn 'need\\|le' src/"))
        #expect(action("Grep", #"{"pattern":"a","-i":true}"#) == shell("rg -i a"))
        #expect(action("LS", #"{"path":"/code/app/src"}"#) == shell("ls src"))
        #expect(action("Glob", #"{"pattern":"*.go"}"#) == shell("find . -name '*.go'"))
    }

    @Test func `changes are the same whatever their fields are called`() {
        let edit = action("Edit", #"{"file_path":"/code/app/a.go","old_string":"x","new_string":"y  \nz"}"#)
        #expect(
            edit == action("Edit", #"{"file_path":"a.go","old_string":"x","new_string":"y\nz","replace_all":"false"}"#)
        )
        #expect(edit == action("MultiEdit", #"{"file_path":"a.go","edits":[{"old_string":"x","new_string":"y\nz"}]}"#))
        #expect(edit == action("edit", #"{"path":"a.go","oldText":"x","newText":"y\nz"}"#))
        #expect(edit == action("edit", #"{"filePath":"/code/app/a.go","oldString":"x","newString":"y\nz"}"#))
        #expect(
            edit != action("Edit", #"{"file_path":"a.go","old_string":"x","new_string":"y\nz","replace_all":true}"#)
        )
        #expect(
            action("Write", #"{"file_path":"a.md","content":"x  "}"#)
                != action("Write", #"{"file_path":"a.md","content":"x"}"#),
            "two blanks end a line in Markdown"
        )
    }

    @Test func `a patch is the same as a tool's text, its input and a command's heredoc`() {
        let patch = "*** Begin Patch\n*** Update File: a.go\n@@\n-x\n+y\n*** Add File: b.go\n+z\n*** End Patch\n"
        let spelled = JSONTree.string(patch).canonicalText
        let free = action("apply_patch", patch)
        #expect(free.targets == ["/code/app/a.go", "/code/app/b.go"])
        #expect(free == action("apply_patch", spelled))
        #expect(free == action("apply_patch", #"{"input":\#(spelled)}"#))
        #expect(free == shell("apply_patch <<'EOF'\n\(patch)EOF"))
    }

    @Test(arguments: [
        (
            "TodoWrite", #"{"todos":[{"content":"a","status":"pending"}]}"#,
            #"{"todos":[{"content":"b","status":"pending"}]}"#
        ),
        ("Task", #"{"subagent_type":"explore","prompt":"a"}"#, #"{"subagent_type":"explore","prompt":"b"}"#),
        ("WebFetch", #"{"url":"https://X.org:443","prompt":"a"}"#, #"{"url":"https://x.org/#b"}"#),
        ("WebSearch", #"{"query":"Swift  testing"}"#, #"{"query":"swift testing"}"#),
        ("mcp__db__run", #"{"id":5.0,"reason":"a"}"#, #"{"reason":"b","id":5}"#),
        ("AskUserQuestion", #"{"questions":[1]}"#, #"{"questions":[2]}"#),
    ])
    func `other tools are compared by what they ask for, not by how`(tool: String, one: String, other: String) {
        #expect(action(tool, one) == action(tool, other))
    }

    @Test(arguments: ["", "{", "[]", "null", "\"x\"", #"{"command":5}"#, #"{"file_path":null}"#])
    func `any input is some action`(input: String) {
        for tool in ["Bash", "Read", "Edit", "Grep", "LS", "apply_patch", "TodoWrite", "mcp__a__b", "Frobnicate"] {
            #expect(action(tool, input) == action(tool, input))
        }
    }
}

@Suite struct ActionPlaceTests {
    @Test(arguments: [
        ("a.go", "/code/app/a.go"), ("./a//b/../c", "/code/app/a/c"), ("/x/../../y", "/y"), ("../z/", "/code/z"),
        ("~/a", "/home/me/a"), ("~", "/home/me"), ("~you/a", "~you/a"), ("$DIR/a", "$DIR/a"), (".", "/code/app"),
        ("/private/tmp/a", "/tmp/a"), ("C:\\code\\.\\A.go", "c:/code/A.go"), ("/", "/"),
    ])
    func `a path is completed without asking the disk`(path: String, absolute: String) {
        #expect(ActionPlace(folder: "/code/app", home: "/home/me").absolute(path) == absolute)
    }

    @Test func `in a folder of Windows both slashes part`() {
        let place = ActionPlace(folder: "D:\\code")
        #expect(place.absolute("a\\b.go") == "d:/code/a/b.go")
        #expect(place.absolute("~/a") == "~/a")
    }
}
