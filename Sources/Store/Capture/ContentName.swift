internal import Crypto

/// The hash that names kept bytes, SHA-256 in hexadecimal: equal names, equal bytes, and `sha256sum` can check it.
package func contentName(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable {
        hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if isContiguous == nil { Array(bytes).withUnsafeBytes { hash.update(bufferPointer: $0) } }
    var name = ""
    name.reserveCapacity(64)
    for byte in hash.finalize() {
        if byte < 16 { name += "0" }
        name += String(byte, radix: 16)
    }
    return name
}
