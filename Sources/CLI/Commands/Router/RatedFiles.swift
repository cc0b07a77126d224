import Evaluation
import Foundation

/// Files of rated prompts where the user says they are: files, folders with all that is in them, `-` for stdin.
struct RatedFiles {
    /// Beside a data set, RouteLLM lists the prompts its routers were trained on.
    private static let contaminated = "contaminated_prompts.jsonl"

    let world: World
    /// Whether lists of contaminated prompts beside the files are wanted.
    var withContaminated = false

    func read(_ paths: [String]) throws(CommandError) -> [DataFile] {
        var files: [DataFile] = []
        for path in paths {
            if path == "-" {
                files.append(DataFile(name: "stdin", bytes: try bytes(of: .standardInput, named: "stdin")))
                continue
            }
            let place = world.absolute(path)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
                throw .badInput("'\(path)' is not there; name a file or a folder of rated prompts")
            }
            if isFolder.boolValue {
                let names = (FileManager.default.subpaths(atPath: place) ?? []).sorted()
                for name in names where !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
                    guard isFile(place + "/" + name) else { continue }
                    files.append(try file(at: place + "/" + name, named: path + "/" + name))
                }
            } else {
                files.append(try file(at: place, named: path))
            }
            let list = (place as NSString).deletingLastPathComponent + "/" + Self.contaminated
            if withContaminated, list != place, isFile(list) { files.append(try file(at: list, named: list)) }
        }
        return files
    }

    private func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }

    private func file(at path: String, named name: String) throws(CommandError) -> DataFile {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw .failed("'\(name)' cannot be read; allow it (chmod u+r)")
        }
        defer { handle.closeFile() }
        return DataFile(name: name, bytes: try bytes(of: handle, named: name))
    }

    private func bytes(of handle: FileHandle, named name: String) throws(CommandError) -> [UInt8] {
        do {
            return Array(try handle.readToEnd() ?? Data())
        } catch {
            throw .failed("'\(name)' cannot be read: \(error.localizedDescription)")
        }
    }
}
