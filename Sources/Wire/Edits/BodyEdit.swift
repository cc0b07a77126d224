/// A stretch of a body's bytes to be put in the place of another; the rest of the body stays as it is.
package struct BodyEdit: Hashable, Sendable {
    package var range: Range<Int>
    package var replacement: [UInt8]

    package init(_ range: Range<Int>, _ replacement: some Sequence<UInt8>) {
        self.range = range
        self.replacement = Array(replacement)
    }
}

extension [BodyEdit] {
    /// The body with every edit made.
    ///
    /// Of edits that overlap the first counts; those at the same empty place follow one another.
    package func applied(to body: UnsafeRawBufferPointer) -> [UInt8] {
        var edited: [UInt8] = []
        edited.reserveCapacity(body.count + reduce(0) { $0 + $1.replacement.count })
        var end = 0
        for edit in sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
        where edit.range.lowerBound >= end && edit.range.upperBound <= body.count {
            edited.append(contentsOf: body[end..<edit.range.lowerBound])
            edited.append(contentsOf: edit.replacement)
            end = edit.range.upperBound
        }
        edited.append(contentsOf: body[end...])
        return edited
    }

    package func applied(to body: [UInt8]) -> [UInt8] { body.withUnsafeBytes { applied(to: $0) } }
}
