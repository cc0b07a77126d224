extension Table {
    /// Each row under the keys of its columns, all of them and exact; figures are numbers, null where there is none.
    package var jsonRows: JSON {
        .array(
            rows.map { row in
                .object(zip(columns, row).map { (key: $0.key, value: $0.value(of: $1)) })
            }
        )
    }
}

extension Table.Column {
    /// A name made of digits stays text: only a column of figures holds numbers.
    fileprivate func value(of cell: Table.Cell) -> JSON {
        guard alignment == .right else { return .string(cell.exact) }
        return cell.exact.isEmpty ? .null : cell.exact.isJSONNumber ? .exact(cell.exact) : .string(cell.exact)
    }
}

extension String {
    /// RFC 8259, section 6: minus or no sign, no zero in front, digits round a point, an exponent.
    fileprivate var isJSONNumber: Bool {
        var rest = utf8[...]
        func take(_ wanted: String) -> Bool {
            guard let first = rest.first, wanted.utf8.contains(first) else { return false }
            rest.removeFirst()
            return true
        }
        func takeDigits() -> Bool {
            guard take("0123456789") else { return false }
            while take("0123456789") {}
            return true
        }
        _ = take("-")
        guard take("0") || takeDigits() else { return false }
        if take("."), !takeDigits() { return false }
        if take("eE") {
            _ = take("+-")
            guard takeDigits() else { return false }
        }
        return rest.isEmpty
    }
}
