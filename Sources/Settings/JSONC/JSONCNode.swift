/// A value of a JSON text with the range of bytes it stands in.
struct JSONCNode {
    struct Member {
        var key: Range<Int>
        var name: String
        var value: JSONCNode
        /// The comma behind it.
        var comma: Int?
    }

    struct Element {
        var value: JSONCNode
        var comma: Int?
    }

    indirect enum Content {
        case scalar(SettingValue)
        case array([Element])
        case object([Member])
    }

    var range: Range<Int>
    var content: Content

    var value: SettingValue {
        switch content {
        case .scalar(let value): value
        case .array(let elements): .list(elements.map(\.value.value))
        case .object(let members):
            // Of members with one name the last counts.
            .table(
                members.enumerated().filter { index, member in
                    !members[(index + 1)...].contains { $0.name == member.name }
                }
                .map { SettingValue.Entry($0.element.name, $0.element.value.value) }
            )
        }
    }

    var members: [Member]? { if case .object(let members) = content { members } else { nil } }
    var elements: [Element]? { if case .array(let elements) = content { elements } else { nil } }

    subscript(path: ArraySlice<String>) -> JSONCNode? {
        guard let key = path.first else { return self }
        return members?.last { $0.name == key }?.value[path.dropFirst()]
    }
}
