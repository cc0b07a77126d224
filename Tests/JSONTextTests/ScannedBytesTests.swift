import JSONText
import TestSupport
import Testing

@Suite struct ScannedBytesTests {
    private func isSteppedOver(_ known: String, in text: String) -> (Bool, offset: Int) {
        var remembered = ScannedBytes()
        Array(known.utf8).withUnsafeBytes { remembered.remember($0) }
        let guarded = GuardedBytes(capacity: text.utf8.count)
        var scanner = JSONScanner(guarded.place(Array(text.utf8)))
        return (scanner.step(over: remembered), scanner.offset)
    }

    @Test func `bytes that stand next are stepped over`() {
        #expect(isSteppedOver(#"{"a":1}"#, in: #"{"a":1},"b":2}"#) == (true, 7))
        #expect(isSteppedOver(#"{"a":1}"#, in: #"{"a":1}"#) == (true, 7))
    }

    @Test(arguments: [#"{"a":2},"b":2}"#, #"{"a":1"#, ""])
    func `others are left where they are`(text: String) {
        #expect(isSteppedOver(#"{"a":1}"#, in: text) == (false, 0))
    }

    @Test(arguments: ["", "{\"a\":\"é\"}", "{\"a\":\"\u{1}\"}", "{\n}", "{\"a\":\"\u{7F}\u{80}\"}"])
    func `what the scanner must tell of each time is not remembered`(known: String) {
        #expect(isSteppedOver(known, in: known + ",") == (false, 0))
    }

    @Test func `a text is found again where the bytes repeat`() {
        let line = Array(#"{"a":"x","b":"y\n"}{"a":"x","b":"y\n"}"#.utf8)
        line.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            _ = scanner.enterObject()
            let keys = KeySet(["b"])
            _ = scanner.nextKey(in: keys)
            let text = scanner.text()
            let place = scanner.place(of: text, from: 1)
            #expect(place.map { scanner.text(at: $0, from: 20).string } == "y\n")
            #expect(scanner.place(of: text, from: 18) == nil)
        }
    }
}
