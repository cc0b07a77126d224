import Domain
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
}
