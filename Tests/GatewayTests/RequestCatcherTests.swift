import Gateway
import Testing

@Suite struct RequestCatcherTests {
    @Test func `keeps what it is asked, in pieces or not, and refuses it`() async throws {
        let catcher = try await RequestCatcher.start()
        let head = "POST /v1/messages?beta=true HTTP/1.1\r\nhost: x\r\ncontent-length: 7\r\n\r\n"
        let answers = try await RawClient.exchange(port: catcher.port, [head + #"{"a""#, ":1}"])
        #expect(answers.first?.status == 400)
        #expect(answers.first?.text.contains("invalid_request_error") == true)
        var requests = catcher.requests.makeAsyncIterator()
        let request = await requests.next()
        #expect(request?.path == "/v1/messages")
        #expect(request?.body == Array(#"{"a":1}"#.utf8))
        await catcher.stop()
        #expect(await requests.next() == nil)
    }
}
