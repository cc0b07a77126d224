extension Rule {
    /// What it would have done to all history in its scope.
    package struct Forecast: Hashable, Sendable, Codable {
        /// Sessions in the scope.
        package var sessions: Int
        /// What they cost.
        package var spend: Money
        /// What the pieces of work cost that the finding is about.
        package var flaggedSpend: Money
        /// Sessions with such work.
        package var flaggedSessions: Int
        /// Sessions it would also have moved, though nothing in them was flagged.
        package var unflaggedSessions: Int
        /// What the moved calls cost.
        package var moved: Money
        /// What they would have saved; less than nothing where they would have cost more.
        package var saving: Money
        /// The part of the saving in sessions that were not flagged.
        package var unflaggedSaving: Money
        /// Calls that the target could not have served.
        package var unservedCalls: Int
        /// False where nothing can be played through, as for an instruction: the saving is the finding's own.
        package var isSimulated: Bool

        package init(
            sessions: Int = 0,
            spend: Money = .zero,
            flaggedSpend: Money = .zero,
            flaggedSessions: Int = 0,
            unflaggedSessions: Int = 0,
            moved: Money = .zero,
            saving: Money = .zero,
            unflaggedSaving: Money = .zero,
            unservedCalls: Int = 0,
            isSimulated: Bool = true
        ) {
            self.sessions = sessions
            self.spend = spend
            self.flaggedSpend = flaggedSpend
            self.flaggedSessions = flaggedSessions
            self.unflaggedSessions = unflaggedSessions
            self.moved = moved
            self.saving = saving
            self.unflaggedSaving = unflaggedSaving
            self.unservedCalls = unservedCalls
            self.isSimulated = isSimulated
        }

        /// The share of the scope's spend that the flagged work makes, from 0 to 1.
        package var flaggedShare: Double { spend > .zero ? flaggedSpend.usd / spend.usd : 0 }
    }
}
