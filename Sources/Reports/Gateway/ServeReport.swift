/// Where a gateway that has just started listens, and how clients are pointed at it.
package struct ServeReport: Report {
    package var port: Int
    package var dashboardPort: Int
    /// The file whose text the admin listener asks for.
    package var tokenFile: String
    /// `off`, `observe` or `route`.
    package var mode: String

    package init(port: Int, dashboardPort: Int, tokenFile: String, mode: String) {
        self.port = port
        self.dashboardPort = dashboardPort
        self.tokenFile = tokenFile
        self.mode = mode
    }

    private var url: String { "http://127.0.0.1:\(port)" }
    private var adminURL: String { "http://127.0.0.1:\(dashboardPort)" }

    private var modeText: String {
        switch mode {
        case "off": "Only your own routes change a request's model."
        case "route": "Requests go to the model that suffices."
        default: "Requests go to the model they ask for; what would have sufficed is recorded."
        }
    }
}

extension ServeReport {
    package var page: Page {
        Page([
            .headline("Serving on \(url). \(modeText)"),
            .text("Claude Code   export ANTHROPIC_BASE_URL=\(url)"),
            .text("OpenAI SDKs   export OPENAI_BASE_URL=\(url)/v1"),
            .text("Pages         \(adminURL)"),
            .note("Metrics: \(adminURL)/metrics, with the token in \(tokenFile). Ctrl-C stops."),
        ])
    }

    package var json: JSON {
        [
            "schema": 1,
            "url": .string(url),
            "adminURL": .string(adminURL),
            "adminTokenFile": .string(tokenFile),
            "mode": .string(mode),
        ]
    }

    package var sheet: Table {
        Table(
            [self],
            fields: [
                Field(Table.Column("url", key: "url")) { Table.Cell($0.url) },
                Field(Table.Column("admin", key: "adminURL")) { Table.Cell($0.adminURL) },
                Field(Table.Column("token file", key: "adminTokenFile")) { Table.Cell($0.tokenFile) },
                Field(Table.Column("mode", key: "mode")) { Table.Cell($0.mode) },
            ]
        )
    }
}
