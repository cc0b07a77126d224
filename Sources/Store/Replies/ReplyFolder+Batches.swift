package import Domain
import Foundation

extension ReplyFolder {
    private static let ending = ".batch"

    /// Notes of batches that are out, by their tags, so that a run that was killed finds them again.
    package var batchNotes: [String: [UInt8]] {
        names.filter { $0.hasSuffix(Self.ending) }.reduce(into: [:]) { notes, name in
            notes[String(name.dropLast(Self.ending.count))] = reply(named: name)
        }
    }

    /// Notes a batch, or more of one, as a whole or not at all.
    package func note(_ bytes: [UInt8], ofBatch tag: String) throws(StoreError) {
        try write(bytes, to: tag + Self.ending)
    }

    /// All its replies are kept.
    package func forget(batch tag: String) { unlink(path(tag + Self.ending)) }

    /// Counts a batch as paid whose replies cannot be had any more.
    package func lose(batch tag: String, mayHaveCost cost: Money) throws(StoreError) {
        try write(Array(String(cost.nanoUSD).utf8), to: tag + ".batch.lost")
        forget(batch: tag)
    }
}
