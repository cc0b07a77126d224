import Domain
import Statistics
import Testing

@testable import Ingestion

@Suite struct LogTimeTests {
    private func time(_ text: String) -> Timestamp? { Array(text.utf8).withUnsafeBytes { Timestamp(rfc3339: $0) } }

    @Test(arguments: [
        ("2026-06-03T10:51:06.248Z", 1_780_483_866_248), ("2026-06-03T10:51:06Z", 1_780_483_866_000),
        ("2026-06-03 10:51:06", 1_780_483_866_000), ("2026-06-03T12:51:06.248+02:00", 1_780_483_866_248),
        ("2026-06-03T05:21:06-05:30", 1_780_483_866_000), ("2026-06-03T10:51:06.248999Z", 1_780_483_866_248),
        ("2026-06-03T10:51:06.2Z", 1_780_483_866_200), ("1969-12-31T23:59:59.999Z", -1),
    ])
    func `a time of RFC 3339 is its moment`(text: String, milliseconds: Int64) {
        #expect(time(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-06-03", "2026-06-03T10:51", "today at half past nine", "2026-13-03T10:51:06Z", "2026-06-00T10:51:06Z",
        "2026-06-03T1x:51:06Z", "2026/06/03T10:51:06Z", "2026-06-03T10:51:06+2",
    ])
    func `any other text is none`(text: String) {
        #expect(time(text) == nil)
    }

    @Test func `the usual form is read as any other, with a wrong byte too`() {
        var random = SeededGenerator(seed: 7)
        func digits(_ range: ClosedRange<Int>, _ width: Int) -> String {
            let digits = String(Int.random(in: range, using: &random))
            return String(repeating: "0", count: width - digits.count) + digits
        }
        for _ in 0..<5_000 {
            let date = "\(digits(0...9999, 4))-\(digits(0...13, 2))-\(digits(0...32, 2))"
            let clock = "\(digits(0...24, 2)):\(digits(0...59, 2)):\(digits(0...60, 2)).\(digits(0...999, 3))"
            // A zone of nothing keeps a text from being the usual form.
            #expect(time("\(date)T\(clock)Z") == time("\(date)T\(clock)+00:00"), "\(date)T\(clock)")
            var bytes = Array("\(date)T\(clock)".utf8)
            bytes[Int.random(in: 0..<20, using: &random)] = UInt8.random(in: 0...255, using: &random)
            let moments = ["Z", "+00:00"].map { zone in
                (bytes + Array(zone.utf8)).withUnsafeBytes { Timestamp(rfc3339: $0) }
            }
            #expect(moments[0] == moments[1], "\(bytes)")
        }
    }
}
