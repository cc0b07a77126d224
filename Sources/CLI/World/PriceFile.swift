import Domain
import Foundation
import Pricing

/// What `suffice prices update` keeps in the data folder.
struct PriceFile {
    private let path: String

    init(folder: String) { path = folder + "/price-updates.txt" }

    /// The catalogue in the binary with every update so far.
    var book: PriceBook {
        get throws(CommandError) {
            guard let bytes = FileManager.default.contents(atPath: path) else { return .builtin }
            do {
                return try PriceBook.builtin.adding(table: String(decoding: bytes, as: UTF8.self))
            } catch {
                throw CommandError.failed("\(path): \(error)")
            }
        }
    }

    func keep(_ update: PriceUpdate) throws {
        do {
            try Data(update.table.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
            throw CommandError.failed("\(path) cannot be written: \(error.localizedDescription)")
        }
    }
}
