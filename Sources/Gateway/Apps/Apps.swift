package import Domain
internal import JSONText

/// The clients that local keys were minted for, as `apps.json` in the data folder has them.
package struct Apps: Hashable, Sendable {
    package var apps: [App]

    package init(_ apps: [App] = []) { self.apps = apps }

    package var isEmpty: Bool { apps.isEmpty }

    package subscript(name: String) -> App? { apps.first { $0.name == name } }

    /// The client that shows this key, if it is one that was minted here.
    ///
    /// Every hash is compared, to its end: how long it takes says nothing of how much was right.
    package func app(forKey key: Secret) -> App? {
        let hash = Array(LocalKey.hash(of: key).utf8)
        var found: App?
        for app in apps {
            let other = Array(app.keyHash.utf8)
            guard other.count == hash.count else { continue }
            var difference: UInt8 = 0
            for index in hash.indices { difference |= hash[index] ^ other[index] }
            if difference == 0 { found = app }
        }
        return found
    }
}

/// Why `apps.json` cannot be used.
package struct UnreadableApps: Error, Hashable, CustomStringConvertible {
    package var description: String
}

extension Apps {
    /// Reads what ``json`` wrote.
    package init(json bytes: [UInt8]) throws(UnreadableApps) {
        var read: [App] = []
        var schema: Int?
        let isWhole = bytes.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, layout: .document)
            guard scanner.enterObject() else { return false }
            while let key = scanner.nextKey() {
                if key.is("schema") {
                    schema = scanner.integer()
                } else if key.is("apps"), scanner.enterArray() {
                    while scanner.nextElement() { if let app = App(&scanner) { read.append(app) } }
                } else {
                    scanner.skipValue()
                }
            }
            return !scanner.isBroken
        }
        guard isWhole, let schema else { throw UnreadableApps(description: "is no list of apps, or was cut") }
        guard schema == 1 else {
            throw UnreadableApps(description: "was written by a newer suffice (schema \(schema))")
        }
        self.init(read)
    }
}

extension App {
    /// Nil for an element that lacks a name or a key.
    fileprivate init?(_ scanner: inout JSONScanner) {
        self.init(name: "", keyHash: "", created: .unknown)
        guard scanner.enterObject() else {
            scanner.skipValue()
            return nil
        }
        while let key = scanner.nextKey() {
            if key.is("name") {
                name = scanner.text()?.string ?? ""
            } else if key.is("sha256") {
                keyHash = scanner.text()?.string ?? ""
            } else if key.is("created") {
                created = Timestamp(milliseconds: Int64(scanner.integer() ?? 0))
            } else if key.is("models"), scanner.enterArray() {
                while scanner.nextElement() { if let glob = scanner.text()?.string { models.append(glob) } }
            } else if key.is("budgetNanoUSD") {
                let amount = Money(nanoUSD: Int64(scanner.integer() ?? 0))
                budget = Budget(amount: amount, window: budget?.window ?? "day")
            } else if key.is("budgetWindow") {
                budget = Budget(amount: budget?.amount ?? .zero, window: scanner.text()?.string ?? "day")
            } else {
                scanner.skipValue()
            }
        }
        if name.isEmpty || keyHash.isEmpty { return nil }
    }
}
