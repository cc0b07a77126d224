import ArgumentParser
import Domain
import Ingestion
import Reports

/// A point in time as a user says it: so long ago, a day, or the beginning of everything.
enum Reach: Hashable {
    case all
    /// The start of the local day so many days ago.
    case days(Int)
    case hours(Int)
    case day(Day)
    /// As JSON reports tell times.
    case moment(Timestamp)

    init(_ text: String) throws {
        switch text.lowercased() {
        case "all": self = .all
        case "today": self = .days(0)
        case "yesterday": self = .days(1)
        default:
            guard let reach = Reach(counted: text) ?? Day(text).map(Reach.day) ?? Reach(moment: text) else {
                throw ValidationError(
                    "'\(text)' is no time; write 30d, 4w, 12h, today, a day like 2026-08-01, a time like "
                        + "2026-08-01T12:00:00Z, or all"
                )
            }
            self = reach
        }
    }

    private init?(counted text: String) {
        // A hundred thousand days are more than anyone has logs of, and no date overflows.
        guard let unit = text.last, let count = Int(text.dropLast()), (0...100_000).contains(count) else { return nil }
        switch unit {
        case "d": self = .days(count)
        case "w": self = .days(count * 7)
        case "h": self = .hours(count)
        default: return nil
        }
    }

    /// A time without a zone could be anybody's.
    private init?(moment text: String) {
        guard text.hasSuffix("Z") || text.dropFirst(19).contains(where: { "+-".contains($0) }) else { return nil }
        var text = text
        guard let moment = text.withUTF8({ Timestamp(rfc3339: UnsafeRawBufferPointer($0)) }) else { return nil }
        self = .moment(moment)
    }

    /// The first moment it includes; nil for everything.
    func start(now: Timestamp, in zone: Zone) -> Timestamp? {
        switch self {
        case .all: nil
        case .hours(let hours): now.advanced(byMilliseconds: -Int64(hours) * 3_600_000)
        case .day(let day): zone.start(of: day)
        case .moment(let moment): moment
        case .days(let days): zone.start(of: zone.day(of: now).advanced(byDays: -Int(days)))
        }
    }

    /// The first moment after it, for `--until`: a day is included whole.
    func end(now: Timestamp, in zone: Zone) -> Timestamp? {
        switch self {
        case .all: nil
        case .hours, .moment: start(now: now, in: zone)
        case .day(let day): zone.start(of: day.advanced(byDays: 1))
        case .days(let days): zone.start(of: zone.day(of: now).advanced(byDays: 1 - Int(days)))
        }
    }

    /// As a user would type it.
    var text: String {
        switch self {
        case .all: "all"
        case .days(let days): "\(days)d"
        case .hours(let hours): "\(hours)h"
        case .day(let day): day.description
        case .moment(let moment): moment.description
        }
    }

    var sinceName: String {
        switch self {
        case .all: "all time"
        case .days(0): "today"
        case .days(1): "since yesterday"
        case .days(let days): "the last \(days) days"
        case .hours(let hours): "the last \(hours.of("hour"))"
        case .day(let day): "since \(day)"
        case .moment(let moment): "since \(moment)"
        }
    }

    var untilName: String {
        switch self {
        case .all: "now"
        case .days(0): "today"
        case .days(let days): "\(days.of("day")) ago"
        case .hours(let hours): "\(hours.of("hour")) ago"
        case .day(let day): "\(day)"
        case .moment(let moment): "\(moment)"
        }
    }
}
