import Analysis
import Domain
import Foundation
import Ingestion
import Pricing
import Reports
import Store

/// Everything a command works with, joined once: what is set, what is known, what things cost.
struct Workbench {
    private(set) var world: World
    let settings: Settings
    let zone: Zone
    private(set) var store: Store
    private(set) var prices: PriceBook

    /// The logs there are, where they were looked for as the store was opened.
    private(set) var found: Discovery?

    init(_ options: OutputOptions) throws {
        let world = World.current()
        try self.init(world, try Settings(options, in: world))
    }

    /// For a command that reads logs first: looks for them while the store is opened.
    init(readingFor options: OutputOptions) async throws {
        let world = World.current()
        let settings = try Settings(options, in: world)
        let places = settings.ingestsFirst ? world.places : nil
        async let found = places.map { Discovery(sources: allLogSources, in: $0) }
        try self.init(world, settings)
        self.found = await found
    }

    /// For what only looks and runs on beside other commands: holds nothing where there is no database yet.
    init(lookingWith options: OutputOptions) throws {
        let world = World.current()
        try self.init(world, try Settings(options, in: world), store: Workbench.storeToRead)
    }

    /// The same with a connection of its own, for work on another thread.
    func besideItself() throws(CommandError) -> Workbench {
        var bench = self
        bench.store = try Workbench.storeToRead(in: world)
        return bench
    }

    private static func storeToRead(in world: World) throws(CommandError) -> Store {
        do throws(StoreError) {
            if let store = try Store(reading: world.dataFolder) { return store }
            return try Store.inMemory()
        } catch {
            throw .failed(error.description)
        }
    }

    private init(
        _ world: World,
        _ settings: Settings,
        store open: (World) throws(CommandError) -> Store = Workbench.store
    ) throws {
        for warning in settings.warnings { Output.trouble("warning: \(warning)") }
        if let name = settings.timezone {
            guard let zone = Zone(named: name) else {
                throw CommandError.badInput("no time zone is called '\(name)'; write one like Europe/Brussels or UTC")
            }
            self.zone = zone
        } else {
            zone = Zone(TimeZone.current)
        }
        prices = try Workbench.prices(in: world, settings)
        store = try open(world)
        self.world = world
        self.settings = settings
    }

    private static func prices(in world: World, _ settings: Settings) throws(CommandError) -> PriceBook {
        try PriceFile(folder: world.dataFolder).book.overridden(by: settings.prices)
    }

    /// The store; in memory where nobody said where to keep it and the usual folder cannot be written.
    private static func store(in world: World) throws(CommandError) -> Store {
        do {
            return try Store(folder: world.dataFolder)
        } catch .cannotOpen where world["SUFFICE_DATA"] == nil {
            Output.trouble("warning: \(world.dataFolder) cannot be written: this answer is right, but nothing is kept")
        } catch {
            throw .failed(error.description)
        }
        do {
            return try Store.inMemory()
        } catch {
            throw .failed(error.description)
        }
    }

    /// The day prices of replacements are taken of, and the catalogue is shown for.
    var today: Day { world.now.day }

    /// The same at another moment: for what runs on from day to day.
    func at(_ now: Timestamp) -> Workbench {
        var bench = self
        bench.world.now = now
        return bench
    }

    /// The same with the prices as `suffice prices update` left them.
    func repriced() throws(CommandError) -> Workbench {
        var bench = self
        bench.prices = try Workbench.prices(in: world, settings)
        return bench
    }

    /// The same on another connection.
    func with(_ store: Store) -> Workbench {
        var bench = self
        bench.store = store
        return bench
    }

    /// The same where nobody watches how far reading is.
    var withoutProgress: Workbench {
        var bench = self
        bench.world.terminal.showsProgress = false
        return bench
    }

    /// Writes the answer the way the user wants it.
    func show(_ report: some Report) throws {
        try Output.answer(report.written(as: settings.format, style: world.terminal.style))
    }

    /// Whether people read the answer, its notes and all.
    var isForPeople: Bool { settings.format == .table || settings.format == .markdown }

    func selection(_ options: SelectionOptions, default since: Reach) throws(CommandError) -> Selection {
        try Selection(options, default: since, world: world, zone: zone)
    }

    /// How a session is paid: what its log says, or else what the user says.
    func billing(of billing: Billing, agent: Agent) -> Billing {
        billing == .unknown && !settings.billing.isEmpty ? settings.billing[agent] ?? .unknown : billing
    }
}

extension Workbench {
    /// Hands over every call of the selection, without its id, with the user's word on how it was paid.
    func forEachCall(
        in selection: Selection,
        withTools: Bool = false,
        _ body: (borrowing LedgerEntry) throws -> Void
    ) throws {
        try telling {
            try store.forEachCall(
                in: selection.period.window,
                of: { selection.includes(agent: $0.agent, project: $1) },
                withTools: withTools,
                withIDs: false
            ) { entry in
                let paid = billing(of: entry.billing, agent: entry.session.agent)
                // A copy costs more than the question, a million times.
                if paid == entry.billing { return try body(entry) }
                var entry = copy entry
                entry.billing = paid
                try body(entry)
            }
        }
    }

    /// Hands over every session of the selection, with the user's word on how it was paid.
    func forEachSession(in selection: Selection, _ body: (Session) throws -> Void) throws {
        try telling {
            try store.forEachSession(in: selection.period.window) { session in
                guard selection.includes(agent: session.id.agent, project: session.project) else { return }
                var session = session
                session.billing = billing(of: session.billing, agent: session.id.agent)
                try body(session)
            }
        }
    }

    /// The newest call the selection would hold without its bounds in time; looked for only where it holds none.
    func newestCall(of selection: Selection) throws -> Timestamp? {
        try telling {
            if selection.isEverything { return try store.newestCall() }
            var newest: Timestamp?
            try store.forEachCall(
                of: { selection.includes(agent: $0.agent, project: $1) },
                withIDs: false
            ) { entry in
                newest = max(newest ?? entry.call.time, entry.call.time)
            }
            return newest
        }
    }

    /// Turns the store's troubles into the command's.
    func telling<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as StoreError {
            throw CommandError.failed(error.description)
        }
    }
}

extension Settings {
    fileprivate init(_ options: OutputOptions, in world: World) throws(CommandError) {
        do {
            try self.init(options, world: world, thresholds: Analysis.thresholds)
        } catch {
            throw .badInput(error.description)
        }
    }
}
