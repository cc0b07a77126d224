/// One JSON value as somebody wrote it: key order and the spelling of numbers survive a conversion.
package struct JSONFragment: Hashable, Sendable {
    package var bytes: [UInt8]

    /// - Parameter bytes: one whole JSON value; whoever makes the fragment has checked that.
    package init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// - Parameter text: one whole JSON value.
    package init(_ text: String) { bytes = Array(text.utf8) }

    package static let emptyObject = JSONFragment("{}")

    package var string: String { String(decoding: bytes, as: UTF8.self) }
}
