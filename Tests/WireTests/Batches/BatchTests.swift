import Domain
import Testing
import Wire

@Suite struct BatchTests {
    private static let entries = [
        BatchEntry(name: "a-0", body: Array(#"{"model":"m"}"#.utf8)),
        BatchEntry(name: "a-1", body: Array("{\"model\":\n\"m\"}".utf8)),
    ]

    @Test func `Anthropic's requests go in one body`() {
        let call = BatchCall.messages(Self.entries)
        let text =
            "{\"requests\":[{\"custom_id\":\"a-0\",\"params\":{\"model\":\"m\"}},"
            + "{\"custom_id\":\"a-1\",\"params\":{\"model\":\n\"m\"}}]}"
        #expect(String(decoding: call.body, as: UTF8.self) == text)
        #expect(call.path == "/v1/messages/batches")
    }

    @Test func `OpenAI's go in a file, each on a line of its own`() {
        let call = BatchCall.upload(Self.entries, in: .chatCompletions, named: "a")
        let text = String(decoding: call.body, as: UTF8.self)
        let line = #"{"custom_id":"a-1","method":"POST","url":"/v1/chat/completions","body":{"model": "m"}}"#
        #expect(text.split(separator: "\n").contains(Substring(line)))
        #expect(call.contentType == "multipart/form-data; boundary=suffice-a")
        #expect(text.hasSuffix("\r\n--suffice-a--\r\n"))
    }

    @Test(arguments: [
        (
            #"{"id":"msgbatch_1","processing_status":"in_progress","request_counts":{"processing":3}}"#,
            BatchState.Phase.underway
        ),
        (#"{"id":"msgbatch_1","processing_status":"canceling","request_counts":{"processing":3}}"#, .underway),
        (#"{"id":"msgbatch_1","processing_status":"ended","request_counts":{"succeeded":2,"expired":1}}"#, .ended),
    ])
    func `a Message Batch is told of`(text: String, phase: BatchState.Phase) {
        let state = BatchState(Array(text.utf8), of: .anthropic)
        #expect(state?.phase == phase)
        #expect(state?.total == 3)
    }

    @Test(arguments: [
        ("validating", BatchState.Phase.underway), ("in_progress", .underway), ("finalizing", .underway),
        ("cancelling", .underway), ("completed", .ended), ("expired", .ended), ("cancelled", .ended),
        ("failed", .refused("line 1 is no JSON")),
    ])
    func `a batch of OpenAI's is told of`(status: String, phase: BatchState.Phase) {
        let text =
            #"{"id":"batch_1","status":"\#(status)","errors":{"data":[{"message":"line 1 is no JSON"}]},"#
            + #""output_file_id":"file-1","error_file_id":null,"metadata":{"suffice":"tag"}}"#
        let state = BatchState(Array(text.utf8), of: .openAI)
        #expect(state?.phase == phase)
        #expect(state?.files == ["file-1"])
        #expect(state?.tag == "tag")
    }

    @Test(arguments: [
        #"{"id":"../../files","processing_status":"ended"}"#, "[]", "", #"{"id":"a?b","processing_status":"ended"}"#,
    ])
    func `an id that could lead elsewhere is none`(text: String) {
        #expect(BatchState(Array(text.utf8), of: .anthropic) == nil)
    }

    @Test func `results come in any order, and broken lines cost no other`() {
        let lines = """
            {"custom_id":"a-1","result":{"type":"expired"}}
            {"custom_id":"a-0","result":{"type":"succeeded","message":{"id":"m","n":1.50}}}
            {"custom_id":"a-9","resu
            {"custom_id":"a-2","result":{"type":"errored","error":{"type":"error","error":{"type":"overloaded_error","message":"busy"}}}}
            """
        let results = BatchResult.results(in: Array(lines.utf8), of: .anthropic)
        #expect(results.map(\.name) == ["a-1", "a-0", "a-2"])
        #expect(results.map(\.status) == [0, 200, 529])
        #expect(String(decoding: results[1].body, as: UTF8.self) == #"{"id":"m","n":1.50}"#)
    }

    @Test func `OpenAI's results and errors lie in files of their own`() {
        let lines = """
            {"id":"r","custom_id":"a-1","response":{"status_code":400,"body":{"error":{"message":"no"}}},"error":null}
            {"id":"r","custom_id":"a-0","response":{"status_code":200,"body":{"id":"c"}},"error":null}
            {"id":"r","custom_id":"a-2","response":null,"error":{"code":"batch_expired","message":"late"}}
            """
        let results = BatchResult.results(in: Array(lines.utf8), of: .openAI)
        #expect(results.map(\.status) == [400, 200, 0])
        #expect(String(decoding: results[1].body, as: UTF8.self) == #"{"id":"c"}"#)
    }
}
