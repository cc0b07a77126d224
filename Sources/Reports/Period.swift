package import Domain

/// The time a report is about, in the user's own words and zone.
package struct Period: Sendable {
    /// Open where the user set no bound.
    package var window: Window
    /// How a sentence names it, such as `the last 30 days`.
    package var name: String
    /// What the user narrowed it to, such as `agent codex`.
    package var scope: String?
    /// The flags that ask another report for the same, such as ` --since all`; empty for what it covers anyway.
    package var flags: String
    package var now: Timestamp
    package var zone: Zone

    package init(window: Window, name: String, scope: String? = nil, flags: String = "", now: Timestamp, zone: Zone) {
        self.window = window
        self.name = name
        self.scope = scope
        self.flags = flags
        self.now = now
        self.zone = zone
    }

    /// What a report says when nothing lies in it: what there is instead, and how to see it.
    package func emptyText(newest: Timestamp?) -> String {
        let calls = scope.map { "no calls of \($0)" } ?? "no calls"
        guard let newest else { return "\(calls): no log holds any yet" }
        return "\(calls) in \(name); the newest is from \(zone.day(of: newest)); try --since all"
    }

    /// How a headline names it: the time and what it was narrowed to.
    package var title: String { scope.map { "\(name), \($0)" } ?? name }

    /// Both ends as programs get them; an open end is where the calls begin, or now.
    package func json(firstCall: Timestamp?) -> JSON {
        let from = window.from ?? firstCall ?? now
        return ["from": .time(from), "to": .time(window.to ?? max(from, now))]
    }

    /// `2026-07-22 to 2026-08-21`, in local days.
    package func days(firstCall: Timestamp?, lastCall: Timestamp?) -> String? {
        guard let firstCall, let lastCall else { return nil }
        let (from, to) = (zone.day(of: firstCall), zone.day(of: lastCall))
        return from == to ? "\(from)" : "\(from) to \(to)"
    }
}
