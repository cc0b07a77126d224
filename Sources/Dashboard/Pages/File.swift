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
    var query: [(name: StaticString, value: String?)]

    init(_ name: Name, _ query: [(name: StaticString, value: String?)] = []) {
        self.name = name
        self.query = query
    }

    var link: Link { Link("/file", ("report", name.rawValue), ("format", "json")).adding(query) }
}
