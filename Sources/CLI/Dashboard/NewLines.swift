/// Reads what logs have gained for the pages, once for all who ask at the same time.
actor NewLines {
    /// What came in between is on the page a moment later: open pages are told of it.
    private static let pause = Duration.milliseconds(500)

    private let bench: Workbench
    private var reading: Task<Void, any Error>?
    private var lastRead: ContinuousClock.Instant?

    init(_ bench: Workbench) { self.bench = bench }

    func read() async throws {
        guard bench.settings.ingestsFirst else { return }
        if let reading { return try await reading.value }
        if let lastRead, ContinuousClock.now - lastRead < NewLines.pause { return }
        // Awaited here, and by all who come meanwhile; whoever leaves does not stop it for the others.
        let bench = bench
        let reading = Task.detached { _ = try await bench.ingest(bench.discovery()) }
        self.reading = reading
        defer {
            self.reading = nil
            lastRead = .now
        }
        try await reading.value
    }
}
