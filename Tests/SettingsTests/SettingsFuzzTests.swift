import Settings
import Statistics
import Testing

@Suite struct SettingsFuzzTests {
    /// Whatever stands in a file, it is refused or edited so that taking the edits back leaves what it said.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `mutated files are refused, or edited and taken back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed &+ 77)
        let file = GeneratedSettings(seed: seed)
        for _ in 0..<20 {
            let bytes = mutated(file.bytes, using: &random)
            for form in [file.form, .frontMatter, .instructions] {
                guard let original = try? SettingsText(bytes, form: form) else { continue }
                let edits = form == file.form ? file.edits : GeneratedSettings.edits(for: form)
                guard let edited = try? original.edited(by: edits) else { continue }
                let reverted = try edited.reverting(edits, madeIn: original)
                #expect(reverted.text.value.means(original.value), "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    private func mutated(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<random.nextIndex(below: 4) {
            let at = random.nextIndex(below: bytes.count)
            switch random.nextIndex(below: 4) {
            case 0: bytes.remove(at: at)
            case 1: bytes.insert(Array("\"'[]{}#,=:./*\\\n\r\t -é".utf8).randomElement(using: &random) ?? 0x20, at: at)
            case 2: bytes[at] = UInt8(truncatingIfNeeded: random.next())
            default: bytes.insert(contentsOf: bytes[at...].prefix(30), at: random.nextIndex(below: bytes.count))
            }
            if bytes.isEmpty { bytes = [0x0A] }
        }
        return bytes
    }
}

extension GeneratedSettings {
    fileprivate static func edits(for form: SettingsForm) -> [SettingsEdit] {
        form == .instructions ? [.block(name: "x", text: "y\nz")] : [.set(path: ["model"], value: "haiku")]
    }
}
