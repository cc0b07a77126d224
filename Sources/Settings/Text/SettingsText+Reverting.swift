extension SettingsText {
    /// What taking edits back came to.
    package struct Reverted: Sendable {
        package var text: SettingsText
        /// Edits that were taken back.
        package var reverted: [SettingsEdit]
        /// Edits that somebody had already changed by hand: they stay as they are.
        package var left: [SettingsEdit]
    }

    /// Takes back edits, given as they were made, in a text that was changed since: our keys only, each as it was spelled
    /// in the text that they were made in.
    package func reverting(_ edits: [SettingsEdit], madeIn original: SettingsText) throws(EditRefusal) -> Reverted {
        var result = Reverted(text: self, reverted: [], left: [])
        for edit in edits.reversed() {
            guard result.text.holds(edit) else {
                result.left.append(edit)
                continue
            }
            result.text = try result.text.reverting(edit, madeIn: original)
            result.reverted.append(edit)
        }
        return result
    }

    private func reverting(_ edit: SettingsEdit, madeIn original: SettingsText) throws(EditRefusal) -> SettingsText {
        switch edit {
        case .set(let path, _):
            guard let before = original.value[path] else {
                return try spliced(removal(of: path)).withoutEmptyTables(over: path, unlessIn: original)
            }
            if let splices = try restoring(original.spelled(at: path), at: path) { return try spliced(splices) }
            return try edited(by: [.set(path: path, value: before)])
        case .remove(let path):
            guard let before = original.value[path] else { return self }
            let text = try edited(by: [.set(path: path, value: before)])
            guard let splices = try text.restoring(original.spelled(at: path), at: path) else { return text }
            return try text.spliced(splices)
        case .append(let path, let value):
            let text = try spliced(removal(of: value, from: path))
            guard original.value[path] == nil, text.value[path] == .list([]) else { return text }
            return try text.spliced(text.removal(of: path)).withoutEmptyTables(over: path, unlessIn: original)
        case .block(let name, _):
            guard let before = original.value[[name]]?.text else { return try spliced(removal(of: [name])) }
            return try edited(by: [.block(name: name, text: before)])
        }
    }

    /// Tables that were made for a key, and that nothing else is in.
    private func withoutEmptyTables(over path: [String], unlessIn original: SettingsText) throws(EditRefusal)
        -> SettingsText
    {
        var text = self
        for count in stride(from: path.count - 1, to: 0, by: -1) {
            let table = Array(path.prefix(count))
            guard text.value[table] == .table([]), original.value[table] == nil else { break }
            text = try text.spliced(text.removal(of: table))
        }
        return text
    }

    /// A value as it is written.
    private func spelled(at path: [String]) throws(EditRefusal) -> String? {
        switch form {
        case .json: try JSONCText(bytes).spelled(at: path)
        case .toml: try TOMLText(bytes).spelled(at: path)
        case .frontMatter: try FrontMatterText(bytes).spelled(at: path)
        case .instructions: nil
        }
    }

    private func restoring(_ spelled: String?, at path: [String]) throws(EditRefusal) -> [Splice]? {
        guard let spelled else { return nil }
        return switch form {
        case .json: try JSONCText(bytes).restoring(spelled, at: path)
        case .toml: try TOMLText(bytes).restoring(spelled, at: path)
        case .frontMatter: try FrontMatterText(bytes).restoring(spelled, at: path)
        case .instructions: nil
        }
    }

    private func removal(of value: SettingValue, from path: [String]) throws(EditRefusal) -> [Splice] {
        switch form {
        case .json: try JSONCText(bytes).removing(value, from: path)
        case .toml: try TOMLText(bytes).removing(value, from: path)
        case .frontMatter, .instructions: []
        }
    }
}
