import GRDB

/// Every change the database's form has gone through, oldest first; never edited, only added to.
enum Migrations {
    static var all: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 sources and pages", migrate: createSourcesAndPages)
        migrator.registerMigration("2 form of pages", migrate: nameFormOfPages)
        migrator.registerMigration("3 exchanges of the gateway", migrate: createExchanges)
        migrator.registerMigration("4 rules", migrate: createRules)
        migrator.registerMigration("5 verdicts of replays", migrate: createVerdicts)
        return migrator
    }

    private static func createSourcesAndPages(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE source (
                    id INTEGER PRIMARY KEY,
                    agent TEXT NOT NULL,
                    path TEXT NOT NULL UNIQUE,
                    size INTEGER NOT NULL,
                    modified INTEGER NOT NULL,
                    inode INTEGER NOT NULL,
                    "offset" INTEGER NOT NULL,
                    lines INTEGER NOT NULL,
                    tailHash INTEGER NOT NULL,
                    extractorVersion INTEGER NOT NULL,
                    state BLOB NOT NULL
                ) STRICT;
                CREATE TABLE page (
                    id INTEGER PRIMARY KEY,
                    sourceID INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
                    agent TEXT NOT NULL,
                    session TEXT NOT NULL,
                    project TEXT NOT NULL,
                    firstTime INTEGER NOT NULL,
                    lastTime INTEGER NOT NULL,
                    callCount INTEGER NOT NULL,
                    isLeftover INTEGER NOT NULL,
                    identities BLOB NOT NULL,
                    calls BLOB NOT NULL,
                    tools BLOB NOT NULL,
                    arrivals BLOB NOT NULL
                ) STRICT;
                CREATE INDEX pageBySource ON page (sourceID);
                CREATE INDEX pageBySession ON page (session, agent);
                CREATE TABLE subagent (
                    agent TEXT NOT NULL,
                    session TEXT NOT NULL,
                    thread TEXT NOT NULL,
                    type TEXT NOT NULL,
                    PRIMARY KEY (session, agent, thread)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE skippedLine (
                    sourceID INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
                    line INTEGER NOT NULL,
                    reason TEXT NOT NULL,
                    PRIMARY KEY (sourceID, line)
                ) STRICT, WITHOUT ROWID;
                """
        )
    }

    /// Pages tell since then what tool calls were for; those that stand stay in the form they were written in.
    private static func nameFormOfPages(_ db: Database) throws {
        try db.execute(sql: "ALTER TABLE page ADD COLUMN form INTEGER NOT NULL DEFAULT 1")
    }

    /// What the gateway's journal says, line for line: a file of it may go once it stands here.
    private static func createExchanges(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE exchange (
                    id TEXT PRIMARY KEY,
                    time INTEGER NOT NULL,
                    isOver INTEGER NOT NULL,
                    line BLOB NOT NULL
                ) STRICT;
                CREATE INDEX exchangeByTime ON exchange (time);
                """
        )
    }

    /// Rules that the user applied, as JSON beside what is asked of them, and what happened to each.
    private static func createRules(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE rule (
                    id TEXT PRIMARY KEY,
                    finding TEXT NOT NULL,
                    status TEXT NOT NULL,
                    applied INTEGER NOT NULL,
                    body TEXT NOT NULL
                ) STRICT;
                CREATE INDEX ruleByFinding ON rule (finding);
                CREATE TABLE ruleEvent (
                    id INTEGER PRIMARY KEY,
                    ruleID TEXT NOT NULL,
                    time INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    text TEXT NOT NULL
                ) STRICT;
                CREATE INDEX ruleEventByRule ON ruleEvent (ruleID, time);
                """
        )
    }

    /// What replays showed of findings: the newest verdict on a subject counts, older ones stay.
    private static func createVerdicts(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE verdict (
                    study TEXT PRIMARY KEY,
                    subject TEXT NOT NULL,
                    time INTEGER NOT NULL,
                    outcome TEXT NOT NULL,
                    model TEXT NOT NULL,
                    target TEXT NOT NULL,
                    steps INTEGER NOT NULL,
                    agreement REAL,
                    floor REAL,
                    difference REAL,
                    differenceLow REAL NOT NULL,
                    differenceHigh REAL NOT NULL,
                    extraCalls REAL NOT NULL,
                    spentNanoUSD INTEGER NOT NULL,
                    text TEXT NOT NULL
                ) STRICT;
                CREATE INDEX verdictBySubject ON verdict (subject, time);
                """
        )
    }
}
