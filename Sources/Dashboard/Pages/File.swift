import Reports

/// A report as a file to take along, written as the command line writes it.
struct File: Sendable {
    /// Which report; the raw value stands in the address.
    enum Name: String, CaseIterable, Sendable {
        case spend
        case days
        case optimize
        case sessions
        case session
        case gateway
        case decisions
        case upstreams
        case prices
        case proof
        case study
        case rules
    }

    var name: Name
    var format: ReportFormat
    var query: [(name: StaticString, value: String?)]

    /// CSV and JSON of a report.
    static func both(_ name: Name, _ query: [(name: StaticString, value: String?)] = []) -> [File] {
        [File(name: name, format: .csv, query: query), File(name: name, format: .json, query: query)]
    }

    var link: Link {
        Link("/file", ("report", name.rawValue), ("format", format.rawValue)).adding(query)
    }
}
