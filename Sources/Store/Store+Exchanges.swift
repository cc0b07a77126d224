package import Domain
import GRDB
import JSONText
import Journal

extension Store {
    /// Hands over the gateway's exchanges of a window, by when they came; those without an outcome are running, or
    /// were interrupted.
    package func forEachExchange(in window: Window = .everything, _ body: (Exchange) throws -> Void) throws {
        try read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT line FROM exchange WHERE time >= ? AND time < ? ORDER BY time, id",
                arguments: window.bounds
            )
            while let row = try rows.next() {
                guard let exchange = try row.withBytes(at: 0, { $0.flatMap(Exchange.init(line:)) }) else { continue }
                try body(exchange)
            }
        }
    }

    /// Requests through the gateway of which no end is known.
    package func unfinishedExchangeCount(in window: Window = .everything) throws -> Int {
        try read { db in
            try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM exchange WHERE NOT isOver AND time >= ? AND time < ?",
                arguments: window.bounds
            ) ?? 0
        }
    }
}

/// A half of an exchange, in the form it is kept in: as a line of the journal.
struct PackedExchange: Sendable {
    var id: String
    var time: Int64
    var isOver: Bool
    var line: [UInt8]

    init(_ exchange: Exchange) {
        id = exchange.intent.id
        time = exchange.intent.time.milliseconds
        isOver = exchange.outcome != nil
        line =
            exchange.outcome.map { JournalLine.outcome(exchange.intent, $0).bytes }
            ?? JournalLine.intent(exchange.intent).bytes
    }
}

extension Exchange {
    /// Nil for damaged bytes.
    fileprivate init?(line bytes: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(bytes)
        switch try? JournalLine(&scanner) {
        case .intent(let intent)?: self.init(intent: intent)
        case .outcome(let intent, let outcome)?: self.init(intent: intent, outcome: outcome)
        case nil: return nil
        }
        if scanner.isBroken { return nil }
    }
}

extension Database {
    /// Keeps a half; an outcome is the whole, and no intent comes after it.
    func keep(_ exchange: PackedExchange) throws {
        try cachedStatement(
            sql: """
                INSERT INTO exchange (id, time, isOver, line) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET time = excluded.time, isOver = excluded.isOver, line = excluded.line
                WHERE excluded.isOver
                """
        ).execute(arguments: [exchange.id, exchange.time, exchange.isOver, exchange.line.databaseBlob])
    }
}
