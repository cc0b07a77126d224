import Reports

/// Markup being written, front to back.
///
/// The only ways into it are names that stand in these sources and text that is escaped: nothing from a log can become
/// markup, an address or a script. Marks that turn text round or steer a terminal are made visible, as on a terminal.
struct HTML: Sendable {
    /// What was written so far.
    private(set) var markup = ""
    /// What of it can be had as files.
    var tables: TableFiles

    /// The most of one text that is shown: what is longer was made to break a page, and programs get it whole.
    static let longestText = 4_000
    /// The most of a text in a row of a table.
    static let longestCell = 600

    init(tables: TableFiles = TableFiles()) { self.tables = tables }

    /// An element with what stands in it.
    mutating func element(
        _ name: StaticString,
        _ attributes: Attribute...,
        content: (inout HTML) throws -> Void
    ) rethrows {
        open(name, attributes)
        try content(&self)
        markup += "</\(name)>"
    }

    /// An element that holds one text.
    mutating func element(
        _ name: StaticString,
        _ attributes: Attribute...,
        text: String,
        upTo length: Int = HTML.longestText
    ) {
        open(name, attributes)
        self.text(text, upTo: length)
        markup += "</\(name)>"
    }

    /// Text whose line breaks count.
    mutating func preformatted(_ text: String, upTo length: Int = .max) {
        element("pre") { html in
            for line in text.clipped(to: length).split(separator: "\n", omittingEmptySubsequences: false) {
                html.text(String(line))
                html.markup += "\n"
            }
        }
    }

    /// An element that nothing stands in, such as `meta` or `input`.
    mutating func void(_ name: StaticString, _ attributes: Attribute...) { open(name, attributes) }

    /// A shape of a picture, which nothing stands in.
    mutating func shape(_ name: StaticString, _ attributes: Attribute...) {
        open(name, attributes)
        markup += "</\(name)>"
    }

    /// Text as people are to read it.
    mutating func text(_ text: String, upTo length: Int = HTML.longestText) { markup += text.escaped(upTo: length) }

    /// The first line of a page.
    mutating func documentType() { markup += "<!doctype html>\n" }

    private mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
        markup += "<\(name)"
        for attribute in attributes { attribute.write(to: &markup) }
        markup += ">"
    }
}

extension String {
    /// With nothing in it that markup or a quoted attribute would act on; what is too long loses its middle.
    func escaped(upTo length: Int) -> String {
        if utf8.count <= length, utf8.allSatisfy({ $0.isPlain }) { return self }
        return clipped(to: length).visible.markup
    }

    /// Counted in scalars: a character made of a million of them is one that breaks a page.
    fileprivate func clipped(to length: Int) -> String {
        guard utf8.count > length, unicodeScalars.count > length else { return self }
        return String(unicodeScalars.prefix(length * 2 / 3)) + "…" + String(unicodeScalars.suffix(length / 3))
    }
}

extension UInt8 {
    /// An ASCII character that shows as itself everywhere.
    fileprivate var isPlain: Bool {
        switch self {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        default: self >= 0x20 && self < 0x7F
        }
    }
}
