/// A property of an element; its value is escaped.
struct Attribute: Sendable {
    private let name: StaticString
    /// Nil for one that is there or not, such as `hidden`; left out with ``isThere``.
    private let value: String?
    private let isThere: Bool

    init(_ name: StaticString, _ value: String) {
        self.name = name
        self.value = value
        isThere = true
    }

    /// One that is there or not.
    init(_ name: StaticString, if isThere: Bool = true) {
        self.name = name
        value = nil
        self.isThere = isThere
    }

    /// One that is there where it has a value.
    init(_ name: StaticString, optional value: String?) {
        self.name = name
        self.value = value
        isThere = value != nil
    }

    static func `class`(_ names: String) -> Attribute { Attribute("class", optional: names.isEmpty ? nil : names) }
    static func id(_ id: String) -> Attribute { Attribute("id", id) }
    /// Only places of these pages: no text from a log becomes an address of another kind.
    static func href(_ link: Link) -> Attribute { Attribute("href", link.text) }
    static func label(_ text: String) -> Attribute { Attribute("aria-label", text) }

    /// A coordinate or a length of a picture, to a hundredth.
    static func number(_ name: StaticString, _ value: Double) -> Attribute {
        Attribute(name, value.coordinate)
    }

    func write(to markup: inout String) {
        guard isThere else { return }
        markup += " \(name)"
        if let value { markup += "=\"\(value.escaped(upTo: name.isRead ? HTML.longestText : .max))\"" }
    }
}

extension Double {
    /// To a hundredth, without an exponent.
    var coordinate: String {
        guard isFinite, magnitude < 1e12 else { return "0" }
        let hundredths = (self * 100).rounded()
        let whole = Int(hundredths)
        if whole % 100 == 0 { return String(whole / 100) }
        return String(hundredths / 100)
    }
}

extension StaticString {
    /// People read or hear the value; of all others, such as addresses and outlines, every character counts.
    fileprivate var isRead: Bool { ["title", "aria-label"].contains("\(self)") }
}
