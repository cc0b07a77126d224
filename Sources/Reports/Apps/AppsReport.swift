package import Domain

/// The clients of the gateway that have a key of their own.
package struct AppsReport: Report {
    package struct Row: Sendable {
        package var name: String
        package var created: Timestamp
        /// Globs; empty: any model.
        package var models: [String]
        package var budget: Money?
        package var window: BudgetWindow?
        package var lastUsed: Timestamp?
        /// Only in the answer to the command that made it: nothing else ever knows it.
        package var key: Secret?

        package init(
            name: String,
            created: Timestamp,
            models: [String] = [],
            budget: Money? = nil,
            window: BudgetWindow? = nil,
            lastUsed: Timestamp? = nil,
            key: Secret? = nil
        ) {
            self.name = name
            self.created = created
            self.models = models
            self.budget = budget
            self.window = window
            self.lastUsed = lastUsed
            self.key = key
        }
    }

    package enum Event: String, Sendable {
        case listed
        case added
        case removed
    }

    package var event: Event
    /// All of them, or the one that was added or removed.
    package var apps: [Row]
    package var zone: Zone

    package init(_ event: Event, _ apps: [Row], zone: Zone) {
        self.event = event
        self.apps = apps
        self.zone = zone
    }
}

extension AppsReport {
    package var json: JSON {
        ["schema": 1, "event": .string(event.rawValue), "apps": .array(apps.map(\.json))]
    }

    package var sheet: Table { table }

    package var page: Page {
        switch event {
        case .listed:
            guard !apps.isEmpty else {
                return Page([
                    .text("No client has a key of its own: the gateway takes any on this machine."),
                    .next(
                        command: "suffice apps add NAME",
                        brings: "a key for one client; from then on others need one"
                    ),
                ])
            }
            return Page([.headline(apps.count.of("app")), .table(table)])
        case .added:
            return Page(
                apps.flatMap { app -> [Page.Block] in
                    [
                        .headline("app '\(app.name)' added; its key, which is shown this once:"),
                        .verbatim(app.key?.value ?? ""),
                        .note("Give it to the client as its API key, with the gateway's address as base URL."),
                    ]
                }
            )
        case .removed:
            return Page(apps.map { .headline("app '\($0.name)' removed: its key opens nothing any more") })
        }
    }

    private var table: Table {
        let isNew = event == .added
        return Table(
            apps,
            fields: [
                Field(Table.Column("app", key: "name")) { Table.Cell($0.name) },
                Field(Table.Column("created", key: "created", dropRank: 2)) {
                    Table.Cell(zone.minute(of: $0.created), exact: $0.created.description)
                },
                Field(Table.Column("models", key: "models", shortening: .end(atLeast: 14), dropRank: 3)) {
                    Table.Cell($0.models.isEmpty ? "any" : $0.models.joined(separator: " "))
                },
                Field(.figure("budget", key: "budgetUSD")) { row in
                    Table.Cell(
                        row.budget.map { "\($0.dollars) a \(row.window?.rawValue ?? "")" } ?? "",
                        exact: row.budget?.decimal ?? ""
                    )
                },
                Field(Table.Column("window", key: "window")) { Table.Cell($0.window?.rawValue ?? "") }.shown(if: false),
                Field(Table.Column("last used", key: "lastUsed", dropRank: 1)) { row in
                    Table.Cell(
                        row.lastUsed.map { zone.minute(of: $0) } ?? "never",
                        exact: row.lastUsed?.description ?? ""
                    )
                },
            ] + (isNew ? [Field(Table.Column("key", key: "key")) { Table.Cell($0.key?.value ?? "") }] : [])
        )
    }
}

extension AppsReport.Row {
    fileprivate var json: JSON {
        let json: JSON = [
            "name": .string(name),
            "created": .time(created),
            "models": .array(models.map { .string($0) }),
            "budgetUSD": budget.map { .money($0) } ?? .null,
            "window": .optional(window?.rawValue),
            "lastUsed": lastUsed.map { .time($0) } ?? .null,
        ]
        return key.map { json + ["key": .string($0.value)] } ?? json
    }
}
