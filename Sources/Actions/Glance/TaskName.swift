internal import Domain

/// What a task or script of the project's is for, by its name (`test:unit`, `lint`, `build.sh`); running, if unclear.
func taskKind(named bytes: UnsafeRawBufferPointer) -> ActionKind {
    let hasCheck = contains(bytes, "check")
    if contains(bytes, "fmt") || contains(bytes, "format") || contains(bytes, "prettier") {
        return hasCheck ? .lint : .format
    }
    if contains(bytes, "lint") || contains(bytes, "tsc") { return .lint }
    if contains(bytes, "test") || contains(bytes, "spec") || contains(bytes, "e2e") || contains(bytes, "coverage") {
        return .test
    }
    if hasCheck || contains(bytes, "types") { return .lint }
    if contains(bytes, "build") || contains(bytes, "compile") || contains(bytes, "bundle") { return .build }
    if contains(bytes, "install") || contains(bytes, "deps") { return .package }
    if contains(bytes, "clean") { return .arrangeFiles }
    return .run
}

extension ActionKind {
    /// How much a task of this kind counts.
    var taskWeight: Program.Weight {
        switch self {
        case .format, .package, .arrangeFiles: .changing
        default: .executing
        }
    }
}

/// Whether a name has a word in it, in letters of either case.
private func contains(_ bytes: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard bytes.count >= count else { return false }
    for start in 0...bytes.count - count {
        var index = 0
        while index < count, bytes[start + index] | 0x20 == word.utf8Start[index] { index += 1 }
        if index == count { return true }
    }
    return false
}
