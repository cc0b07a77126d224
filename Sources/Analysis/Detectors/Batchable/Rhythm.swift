import Domain

/// How a clock would have started sessions.
enum Rhythm: Hashable {
    /// So many milliseconds after midnight UTC or in the quarter of an hour after that, on so many days.
    case timeOfDay(Int64, days: Int)
    /// One start so many milliseconds after the other.
    case interval(Int64)

    /// The rhythm of some moments, where they have one; unknown ones have none.
    init?(of starts: [Timestamp]) {
        let known = starts.filter { $0 != .unknown }.map(\.milliseconds).sorted()
        guard let rhythm = Rhythm.interval(of: known) ?? Rhythm.timeOfDay(of: known) else { return nil }
        self = rhythm
    }

    /// Whether a moment keeps it: somebody may have started the same by hand as well.
    func holds(_ start: Timestamp) -> Bool {
        guard start != .unknown else { return false }
        switch self {
        case .interval: return true
        case .timeOfDay(let time, _): return Rhythm.after(time, start.milliseconds) <= Rhythm.quarterHour
        }
    }

    var phrase: String {
        switch self {
        case .timeOfDay(let time, let days):
            let minutes = time / 60_000
            let hour = minutes / 60 < 10 ? "0\(minutes / 60)" : "\(minutes / 60)"
            let minute = minutes % 60 < 10 ? "0\(minutes % 60)" : "\(minutes % 60)"
            return "begun at about \(hour):\(minute) UTC on \(days.of("day"))"
        case .interval(let interval): return "begun every \(Int(interval / 60_000).of("minute")) or so"
        }
    }

    private static let day: Int64 = 86_400_000
    private static let quarterHour: Int64 = 15 * 60_000

    /// At least four starts, their distances within a tenth of the middle one.
    private static func interval(of starts: [Int64]) -> Rhythm? {
        guard starts.count >= 4 else { return nil }
        let distances = zip(starts.dropFirst(), starts).compactMap { later, earlier in
            Timestamp(milliseconds: later).pause(since: Timestamp(milliseconds: earlier))
        }
        let median = distances.sorted()[distances.count / 2]
        // Less than a minute apart is a loop that somebody may well be watching.
        guard median >= 60_000, distances.allSatisfy({ abs($0 - median) <= median / 10 }) else { return nil }
        return .interval(median)
    }

    /// The quarter of an hour in which something began on most days, three at least.
    private static func timeOfDay(of starts: [Int64]) -> Rhythm? {
        let clock = starts.map { (time: Rhythm.time($0), day: $0.flooredDivision(by: day)) }
            .sorted { ($0.time, $0.day) < ($1.time, $1.day) }
        // Once more for the next day: what begins around midnight is one evening's.
        let twice = clock + clock.map { (time: $0.time + day, day: $0.day - 1) }
        var days: [Int64: Int] = [:]
        var end = 0
        var best: (time: Int64, days: Int) = (0, 0)
        for start in clock {
            while end < twice.count, twice[end].time - start.time <= quarterHour {
                days[twice[end].day, default: 0] += 1
                end += 1
            }
            if days.count > best.days { best = (start.time, days.count) }
            let left = (days[start.day] ?? 1) - 1
            days[start.day] = left > 0 ? left : nil
        }
        return best.days >= 3 ? .timeOfDay(best.time, days: best.days) : nil
    }

    /// From a time of day to the next such moment.
    private static func after(_ time: Int64, _ moment: Int64) -> Int64 {
        let passed = Rhythm.time(moment) - time
        return passed < 0 ? passed + day : passed
    }

    /// Since midnight UTC.
    private static func time(_ moment: Int64) -> Int64 {
        let time = moment % day
        return time < 0 ? time + day : time
    }
}
