import JSONText
import Testing

@testable import Actions

@Suite struct FileChangeTests {
    private func result(_ edit: TextEdit, on text: String) throws(FileChangeFault) -> FileState? {
        try FileChange(path: "/a", change: .edits([edit])).result(on: text)["/a"]
    }

    @Test(arguments: [
        ("a b a", TextEdit(old: "b", new: "c"), "a c a"),
        ("a b a", TextEdit(old: "a", new: "c", isEverywhere: true), "c b c"),
        ("a\nb\nc\n", TextEdit(old: "b", new: ""), "a\nc\n"), ("ab", TextEdit(old: "b", new: ""), "a"),
        ("“a” b", TextEdit(old: "\"a\" b", new: "\"x\" b"), "“x” b"),
        ("it’s", TextEdit(old: "it's", new: "that's"), "that’s"),
        ("x = \"\\u00e9\"", TextEdit(old: "\"é\"", new: "\"è\""), "x = \"\\u00e8\""),
        ("a\r\nb\r\n", TextEdit(old: "b", new: "c"), "a\r\nc\r\n"), ("", TextEdit(old: "", new: "a"), "a"),
    ])
    func `an edit replaces what it names`(text: String, edit: TextEdit, after: String) throws {
        #expect(try result(edit, on: text) == .text(after))
    }

    @Test(arguments: [
        ("a", TextEdit(old: "b", new: ""), FileChangeFault.notFound), ("a a", TextEdit(old: "a", new: "b"), .ambiguous),
        ("a", TextEdit(old: "", new: "b"), .notFound), ("cafe\u{301}", TextEdit(old: "é", new: "e"), .notFound),
    ])
    func `an edit that names nothing, or too much, is a fault`(text: String, edit: TextEdit, fault: FileChangeFault) {
        #expect(throws: fault) { try result(edit, on: text) }
    }

    private func patched(_ hunks: String, _ text: String) throws -> [String: FileState] {
        let patch = "*** Begin Patch\n*** Update File: a\n" + hunks + "\n*** End Patch\n"
        let changes = try #require(FileChange.changes(inPatch: patch))
        #expect(changes.count == 1)
        return try changes[0].result(on: text)
    }

    @Test(arguments: [
        ("@@\n a\n-b\n+c", "a\nb\nd\n", "a\nc\nd\n"), (" a\n-b\n+c", "a\nb\nd\n", "a\nc\nd\n"),
        ("@@ f() {\n-x\n+y", "x\nf() {\nx\n", "x\nf() {\ny\n"), ("@@\n+z", "a\nb\n", "a\nb\nz\n"),
        ("@@\n-a\n+A\n@@\n-b\n+B", "a\nb\n", "A\nB\n"), ("@@\n-b\n+c", "a\n  b\t\n", "a\nc\n"),
        ("@@\n-x\n+y\n*** End of File", "x\nx\n", "x\ny\n"), ("@@\n-a - b\n+c", "a – b\n", "c\n"),
        ("@@\n a\n\n-b\n+c", "a\n\nb\n", "a\n\nc\n"), ("@@\n-a", "a", ""), ("@@\n-b\n+c\n", "b", "c\n"),
    ])
    func `a hunk is found as Codex finds it`(hunks: String, text: String, after: String) throws {
        #expect(try patched(hunks, text) == ["a": .text(after)])
    }

    @Test func `a hunk that is not there is a fault`() {
        #expect(throws: FileChangeFault.notFound) { try patched("@@\n-z\n+y", "a\n") }
        #expect(throws: FileChangeFault.notFound) { try patched("@@ nowhere\n-a\n+y", "a\n") }
    }

    @Test func `a patch adds, deletes and moves`() throws {
        let patch = """
            <<'EOF'
            *** Begin Patch
            *** Add File: new
            +a
            +
            *** Delete File: old
            *** Update File: from
            *** Move to: to
            @@
            -x
            +y
            *** End Patch
            EOF
            """
        let changes = try #require(FileChange.changes(inPatch: patch))
        #expect(try changes[0].result(on: nil) == ["new": .text("a\n\n")])
        #expect(try changes[1].result(on: "b") == ["old": .gone])
        #expect(try changes[2].result(on: "x\n") == ["from": .gone, "to": .text("y\n")])
    }

    @Test(arguments: [
        "", "*** Begin Patch", "*** Begin Patch\nstray\n*** End Patch", "a", "*** Begin Patch\n*** Update",
    ])
    func `what is no patch is none`(text: String) { #expect(FileChange.changes(inPatch: text) == nil) }

    @Test func `a notebook's cell is changed, put in and taken out`() throws {
        let notebook =
            #"{"cells":[{"id":"a","cell_type":"code","source":["x\n","y"]},{"cell_type":"markdown","source":"z"}]}"#
        func after(_ edit: NotebookEdit) throws -> String { try edit.applied(to: notebook) }
        #expect(
            try after(NotebookEdit(cell: "a", mode: .replace, source: "1")) == #"[["code","1"],["markdown","z"]]"#
        )
        #expect(
            try after(NotebookEdit(cell: "cell-1", mode: .insert, source: "2", kind: "code"))
                == #"[["code","x\ny"],["markdown","z"],["code","2"]]"#
        )
        #expect(try after(NotebookEdit(cell: "cell-1", mode: .delete, source: "")) == #"[["code","x\ny"]]"#)
        #expect(throws: FileChangeFault.noCell) { try after(NotebookEdit(cell: "b", mode: .delete, source: "")) }
    }

    @Test(.enabled(if: RecordedCall.all.contains { $0.tool == "apply_patch" }))
    func `every recorded patch is read`() {
        for recorded in RecordedCall.all where recorded.tool == "apply_patch" {
            guard case .changes = recorded.call.action.substance else {
                Issue.record("\(recorded.id): \(recorded.input)")
                continue
            }
        }
    }
}
