import Domain
import Foundation

/// What the admin listener asks for: 32 random bytes in a file that only the user can read, the same from run to run.
struct AdminToken {
    let secret: Secret
    let path: String

    init(folder: String) throws(CommandError) {
        path = folder + "/admin.token"
        if let kept = FileManager.default.contents(atPath: path) {
            let text = String(decoding: kept, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            guard text.utf8.count >= 32 else {
                throw .failed("\(path) holds no token; remove it, and a new one is made")
            }
            secret = Secret(text)
            return
        }
        var random = SystemRandomNumberGenerator()
        let digits = (0..<4).map { _ in String(format: "%016llx", random.next() as UInt64) }.joined()
        secret = Secret(digits)
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let bytes = Array((digits + "\n").utf8)
        guard file >= 0, write(file, bytes, bytes.count) == bytes.count, close(file) == 0 else {
            throw .failed("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
