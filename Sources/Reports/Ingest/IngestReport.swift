import Domain

/// What one reading of the logs brought.
package struct IngestReport: Report {
    package var filesFound: Int
    /// Those that had something new.
    package var filesRead: Int
    package var bytesRead: Int
    /// Records of calls, copies that resumed and forked sessions carry included.
    package var callRecords: Int
    package var skippedLines: Int
    package var seconds: Double

    package init(
        filesFound: Int,
        filesRead: Int,
        bytesRead: Int,
        callRecords: Int,
        skippedLines: Int,
        seconds: Double
    ) {
        self.filesFound = filesFound
        self.filesRead = filesRead
        self.bytesRead = bytesRead
        self.callRecords = callRecords
        self.skippedLines = skippedLines
        self.seconds = seconds
    }

    package var page: Page {
        guard filesRead > 0 else {
            return Page([.text("nothing new in \(filesFound.of("file"))")])
        }
        let rate = seconds > 0 ? ", \(Int(Double(bytesRead) / seconds).bytesText)/s" : ""
        var page = Page([
            .text(
                "read \(bytesRead.bytesText) in \(filesRead.grouped) of \(filesFound.of("file"))\(rate): "
                    + callRecords.of("record of a call", "records of calls")
            )
        ])
        if skippedLines > 0 {
            page.blocks.append(.warning("\(skippedLines.of("line")) could not be read; suffice doctor names them"))
        }
        page.blocks.append(.next(command: "suffice spend --since all", brings: "what it all cost"))
        return page
    }

    package var json: JSON {
        [
            "schema": 1,
            "filesFound": .integer(filesFound),
            "filesRead": .integer(filesRead),
            "bytesRead": .integer(bytesRead),
            "callRecords": .integer(callRecords),
            "skippedLines": .integer(skippedLines),
            "seconds": .number((seconds * 1000).rounded() / 1000),
        ]
    }

    package var sheet: Table {
        Table(
            [self],
            fields: [
                Field(.figure("found", key: "filesFound")) { .count($0.filesFound) },
                Field(.figure("read", key: "filesRead")) { .count($0.filesRead) },
                Field(.figure("bytes", key: "bytesRead")) { .count($0.bytesRead) },
                Field(.figure("records", key: "callRecords")) { .count($0.callRecords) },
                Field(.figure("skipped", key: "skippedLines")) { .count($0.skippedLines) },
            ]
        )
    }
}
