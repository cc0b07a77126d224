import Domain

/// A place among these pages, with everything that makes the view: it can be kept, sent and opened again.
struct Link: Sendable {
    private let path: StaticString
    private var query: [(name: String, value: String)]

    /// A place by its path, with those parts of the query that have a value.
    init(_ path: StaticString, _ query: (name: StaticString, value: String?)...) {
        self.path = path
        self.query = query.compactMap { part in part.value.map { (part.name.description, $0) } }
    }

    /// The place where the link stands, with another query.
    init(here query: Query) {
        path = ""
        self.query = query.parts
    }

    /// The same place with more in its query.
    func adding(_ more: [(name: StaticString, value: String?)]) -> Link {
        var link = self
        link.query += more.compactMap { part in part.value.map { (part.name.description, $0) } }
        return link
    }

    var text: String {
        guard !query.isEmpty else { return "\(path)" }
        return "\(path)?" + query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }
}

extension Link {
    static func session(_ id: SessionID) -> Link {
        Link("/session", ("agent", id.agent.rawValue), ("id", id.name))
    }

    static func study(_ id: String) -> Link { Link("/study", ("id", id)) }

    static func finding(_ id: String, in filter: Filter) -> Link {
        Link("/finding", ("id", id)).adding(filter.query)
    }
}

extension String {
    /// Each byte that is no letter, digit or one of `-._~` as `%` and two digits.
    fileprivate var percentEncoded: String {
        var text = ""
        for byte in utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~".utf8.contains(byte)
            if isPlain {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }
}
