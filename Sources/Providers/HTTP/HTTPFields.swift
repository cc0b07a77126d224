import NIOCore

/// The fields of an HTTP/1.1 message as they came: names, values and order are the sender's to the byte.
package struct HTTPFields: Sendable {
    struct Place: Sendable {
        var name: Int32
        var nameCount: Int32
        var value: Int32
        var valueCount: Int32
    }

    /// The whole head: start line, fields and blank line.
    let bytes: [UInt8]
    let places: [Place]

    package var count: Int { places.count }

    /// Calls for each field, in order, with the bytes of its name and of its value; valid only during the call.
    @inline(__always)
    package func eachField(_ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Void) {
        bytes.withUnsafeBytes { bytes in
            for place in places {
                body(
                    UnsafeRawBufferPointer(rebasing: bytes[Int(place.name)..<Int(place.name + place.nameCount)]),
                    UnsafeRawBufferPointer(rebasing: bytes[Int(place.value)..<Int(place.value + place.valueCount)])
                )
            }
        }
    }

    /// The value of the first field of a name, which is given in lower case.
    package func first(_ name: StaticString) -> String? {
        guard let place = place(of: name) else { return nil }
        return string(place)
    }

    /// The value of the first field of a name that is not known at compile time, in lower case.
    package func first(named name: String) -> String? {
        var name = name
        guard let place = name.withUTF8({ place(of: $0) }) else { return nil }
        return string(place)
    }

    /// How many fields of a name there are.
    package func count(of name: StaticString) -> Int {
        var found = 0
        eachField { field, _ in if isName(field, name) { found += 1 } }
        return found
    }

    package func contains(_ name: StaticString) -> Bool { place(of: name) != nil }

    /// Whether a field that holds a list, such as `Connection`, names a token, given in lower case.
    package func lists(_ token: StaticString, in name: StaticString) -> Bool {
        var isListed = false
        eachField { field, value in
            guard isName(field, name) else { return }
            forEachToken(in: value) { if isName($0, token) { isListed = true } }
        }
        return isListed
    }

    private func place(of name: StaticString) -> Place? {
        bytes.withUnsafeBytes { bytes in
            for place in places where Int(place.nameCount) == name.utf8CodeUnitCount {
                let from = Int(place.name)
                if isName(UnsafeRawBufferPointer(rebasing: bytes[from..<from + Int(place.nameCount)]), name) {
                    return place
                }
            }
            return nil
        }
    }

    private func place(of wanted: UnsafeBufferPointer<UInt8>) -> Place? {
        bytes.withUnsafeBytes { bytes in
            for place in places where Int(place.nameCount) == wanted.count {
                let from = Int(place.name)
                var index = 0
                while index < wanted.count, asciiLowercased(bytes[from + index]) == wanted[index] { index += 1 }
                if index == wanted.count { return place }
            }
            return nil
        }
    }

    private func string(_ place: Place) -> String {
        String(decoding: bytes[Int(place.value)..<Int(place.value + place.valueCount)], as: UTF8.self)
    }
}

extension HTTPFields {
    /// For how long the sender keeps the connection without a request: `Keep-Alive: timeout=5` (RFC 2068, 19.7.1).
    var keepAliveTimeout: TimeAmount? {
        guard contains("keep-alive") else { return nil }
        var seconds: Int64?
        eachField { name, value in
            guard isName(name, "keep-alive") else { return }
            forEachToken(in: value) { token in
                let text = String(decoding: token, as: UTF8.self).lowercased()
                guard text.hasPrefix("timeout="), let count = Int64(text.dropFirst("timeout=".count)) else { return }
                seconds = min(max(0, count), 86_400)
            }
        }
        return seconds.map { .seconds($0) }
    }
}

/// Whether a field's name is this one, which is given in lower case.
@inline(__always)
package func isName(_ bytes: UnsafeRawBufferPointer, _ name: StaticString) -> Bool {
    guard bytes.count == name.utf8CodeUnitCount else { return false }
    let wanted = name.utf8Start
    for index in 0..<bytes.count where asciiLowercased(bytes[index]) != wanted[index] { return false }
    return true
}

/// Calls for each token of a comma-separated list, without the white space round it.
package func forEachToken(in list: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    for token in list.split(separator: UInt8(ascii: ",")) {
        var token = token
        while let byte = token.first, isBlank(byte) { token.removeFirst() }
        while let byte = token.last, isBlank(byte) { token.removeLast() }
        if !token.isEmpty { body(UnsafeRawBufferPointer(rebasing: token)) }
    }
}

@inline(__always)
func asciiLowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
