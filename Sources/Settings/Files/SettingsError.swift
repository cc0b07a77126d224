/// Why a settings file was not changed, and what to do about it.
package enum SettingsError: Error, Hashable, CustomStringConvertible {
    /// The file cannot be understood, or not edited so that all else stays.
    case refused(path: String, EditRefusal)
    case isReadOnly(path: String)
    /// Somebody wrote the file between the look at it and the change.
    case changedMeanwhile(path: String)
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    /// The record of a change cannot be read: what stood there before is in it.
    case brokenRecord(path: String)
    case unknownChange(String)

    package var description: String {
        switch self {
        case .refused(let path, let refusal):
            if let place = refusal.place {
                "\(path):\(place.line):\(place.column): \(refusal.reason); nothing was changed"
            } else {
                "\(path): \(refusal.reason); nothing was changed"
            }
        case .isReadOnly(let path): "\(path) is read-only; allow it first (chmod u+w): nothing was changed"
        case .changedMeanwhile(let path): "\(path) was written meanwhile; run again to see the change as it is now"
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .brokenRecord(let path): "\(path) cannot be read; move it away, and mend the settings it names by hand"
        case .unknownChange(let id): "there is no record of the change '\(id)'"
        }
    }
}
