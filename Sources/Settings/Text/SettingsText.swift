/// A settings file's text, understood and ready to be edited: bytes in, bytes out, no files.
///
/// ```swift
/// let text = try SettingsText(bytes, form: .json)
/// let edited = try text.edited(by: [.set(path: ["model"], value: "haiku")])
/// print(LineDiff(from: text.bytes, to: edited.bytes).text(named: "settings.json"))
/// ```
/// Only the keys named change: comments, order, indentation, line breaks and the byte order mark stay.
package struct SettingsText: Sendable {
    package let form: SettingsForm
    package let bytes: [UInt8]
    /// What the text says; of instructions the blocks of ours by name.
    package let value: SettingValue

    /// Refuses what cannot be parsed, with its place.
    package init(_ bytes: [UInt8], form: SettingsForm) throws(EditRefusal) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw EditRefusal("is no UTF-8; save it as UTF-8")
        }
        self.form = form
        self.bytes = bytes
        value =
            switch form {
            case .json: try JSONCText(bytes).value
            case .toml: try TOMLText(bytes).value
            case .frontMatter: try FrontMatterText(bytes).value
            case .instructions: try InstructionText(bytes).value
            }
    }

    /// A file that is not there yet.
    package static func empty(_ form: SettingsForm) -> SettingsText {
        SettingsText(form: form, bytes: [], value: .table([]))
    }

    private init(form: SettingsForm, bytes: [UInt8], value: SettingValue) {
        self.form = form
        self.bytes = bytes
        self.value = value
    }

    /// The text with these edits made, one after the other.
    ///
    /// Reads its own work again: where an edit would change what any other key says, it is refused.
    package func edited(by edits: [SettingsEdit]) throws(EditRefusal) -> SettingsText {
        var text = self
        for edit in edits { text = try text.edited(by: edit) }
        return text
    }

    private func edited(by edit: SettingsEdit) throws(EditRefusal) -> SettingsText {
        if holds(edit), edit.isSettled { return self }
        let edited = try spliced(splices(for: edit))
        guard let meant = value.edited(by: edit), edited.value.means(meant) else {
            throw EditRefusal("this edit would change more than its own keys; make it by hand")
        }
        return edited
    }

    /// Whether the text says what an edit makes it say.
    package func holds(_ edit: SettingsEdit) -> Bool {
        switch edit {
        case .set(let path, let value): self.value[path]?.means(value) ?? false
        case .remove(let path): self.value[path] == nil
        case .append(let path, let value):
            if case .list(let elements)? = self.value[path] { elements.contains { $0.means(value) } } else { false }
        case .block(let name, let text): value[[name]]?.text == text
        }
    }

    func spliced(_ splices: [Splice]) throws(EditRefusal) -> SettingsText {
        try SettingsText(bytes.spliced(splices), form: form)
    }

    private func splices(for edit: SettingsEdit) throws(EditRefusal) -> [Splice] {
        switch (form, edit) {
        case (.json, .set(let path, let value)): try JSONCText(bytes).setting(value, at: path)
        case (.json, .append(let path, let value)): try JSONCText(bytes).appending(value, to: path)
        case (.toml, .set(let path, let value)): try TOMLText(bytes).setting(value, at: path)
        case (.toml, .append(let path, let value)): try TOMLText(bytes).appending(value, to: path)
        case (.frontMatter, .set(let path, let value)): try FrontMatterText(bytes).setting(value, at: path)
        case (.instructions, .block(let name, let text)): try InstructionText(bytes).setting(text, of: name)
        case (_, .remove(let path)): try removal(of: path)
        default: throw EditRefusal("a file of this form takes no such edit")
        }
    }

    func removal(of path: [String]) throws(EditRefusal) -> [Splice] {
        switch form {
        case .json: try JSONCText(bytes).removing(path)
        case .toml: try TOMLText(bytes).removing(path)
        case .frontMatter: try FrontMatterText(bytes).removing(path)
        case .instructions: try InstructionText(bytes).removing(path.first ?? "")
        }
    }
}

extension SettingsEdit {
    /// Made twice it changes nothing the second time.
    fileprivate var isSettled: Bool { if case .append = self { false } else { true } }
}

extension SettingValue {
    /// What an edit makes of a value; nil where it cannot be made.
    fileprivate func edited(by edit: SettingsEdit) -> SettingValue? {
        switch edit {
        case .set(let path, let value): changed(at: path[...]) { _ in value }
        case .remove(let path): self[path] == nil ? self : changed(at: path[...]) { _ in nil }
        case .append(let path, let value):
            changed(at: path[...]) { old in
                switch old {
                case nil: .list([value])
                case .list(let elements)?: .list(elements + [value])
                default: old
                }
            }
        case .block(let name, let text): changed(at: [name]) { _ in .string(text) }
        }
    }

    private func changed(at path: ArraySlice<String>, _ change: (SettingValue?) -> SettingValue?) -> SettingValue? {
        guard case .table(var entries) = self, let key = path.first else { return nil }
        let index = entries.lastIndex { $0.key == key }
        let old = index.map { entries[$0].value }
        let rest = path.dropFirst()
        let new = rest.isEmpty ? change(old) : (old ?? .table([])).changed(at: rest, change)
        switch (index, new) {
        case (let index?, let new?): entries[index].value = new
        case (nil, let new?): entries.append(Entry(key, new))
        case (let index?, nil):
            guard rest.isEmpty else { return nil }
            entries.remove(at: index)
        case (nil, nil): return nil
        }
        return .table(entries)
    }
}
