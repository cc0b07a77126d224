/// Where the local pages are.
package struct DashboardReport: Report {
    package var port: Int
    /// The file whose text is asked for where more is wanted than to read.
    package var tokenFile: String

    package init(port: Int, tokenFile: String) {
        self.port = port
        self.tokenFile = tokenFile
    }

    private var url: String { "http://127.0.0.1:\(port)" }

    package var page: Page {
        Page([
            .headline("The pages are on \(url)"),
            .note(
                "They are on this machine only, and only read; to apply a finding they ask for the one line of "
                    + "\(tokenFile). Ctrl-C stops."
            ),
        ])
    }

    package var json: JSON {
        ["schema": 1, "url": .string(url), "adminURL": .string(url), "adminTokenFile": .string(tokenFile)]
    }

    package var sheet: Table {
        Table(
            [self],
            fields: [
                Field(Table.Column("url", key: "url")) { Table.Cell($0.url) },
                Field(Table.Column("token file", key: "adminTokenFile")) { Table.Cell($0.tokenFile) },
            ]
        )
    }
}
