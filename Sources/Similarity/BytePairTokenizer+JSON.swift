import JSONText

extension BytePairTokenizer {
    /// A tokenizer as the `tokenizers` package writes it (`tokenizer.json`).
    package init(json: UnsafeRawBufferPointer) throws(EmbeddingError) {
        var reader = TokenizerFile()
        reader.read(json)
        guard !reader.isBroken, reader.tokens.count > 256, !reader.merges.isEmpty,
            reader.tokens.allSatisfy({ $0.token < 1 << 16 })
        else {
            throw .notATokenizer("no byte-pair vocabulary with merges, of at most 65,536 tokens, can be read from it")
        }
        guard reader.hasByteFallback, reader.prependsSpace, !reader.hasPreTokenizer else {
            throw .notATokenizer("it is not of SentencePiece's form with byte fallback")
        }
        var vocabulary = Vocabulary(capacity: reader.tokens.count)
        for (text, token) in reader.tokens { vocabulary.insert(text, token: token) }
        let token = { (text: [UInt8]) in text.withUnsafeBufferPointer { vocabulary.token(of: $0) } }

        var merges = MergeTable(capacity: reader.merges.count)
        for pair in reader.merges {
            guard let left = token(pair.left).flatMap({ UInt16(exactly: $0) }),
                let right = token(pair.right).flatMap({ UInt16(exactly: $0) }),
                let merged = token(pair.left + pair.right)
            else { throw .notATokenizer("a merge names a token that is not in the vocabulary") }
            merges.append(left, right, token: merged)
        }
        var byteTokens: [UInt32] = []
        for byte in UInt8.min...UInt8.max {
            let digits = String(byte, radix: 16, uppercase: true)
            guard let found = token(Array("<0x\(digits.count == 1 ? "0" : "")\(digits)>".utf8)) else {
                throw .notATokenizer("a byte has no token")
            }
            byteTokens.append(found)
        }
        let special = reader.special.sorted { $0.text.count > $1.text.count }
        var neighbours = BytePairs()
        for (text, _) in reader.tokens {
            for (first, second) in zip(text, text.dropFirst()) { neighbours.insert(first, second) }
        }
        let bare = BytePairTokenizer(
            vocabulary: vocabulary,
            merges: merges,
            byteTokens: byteTokens,
            special: special,
            isWhole: [],
            neighbours: neighbours
        )
        self.init(
            vocabulary: vocabulary,
            merges: merges,
            byteTokens: byteTokens,
            special: special,
            isWhole: bare.tokensThatAreThemselves(among: reader.tokens.map(\.token).max() ?? 0),
            neighbours: neighbours
        )
    }

    private func tokensThatAreThemselves(among last: UInt32) -> [Bool] {
        var scratch = WordMerging()
        var isWhole = [Bool](repeating: false, count: Int(last) + 1)
        var tokens: [UInt32] = []
        for (text, token) in vocabulary.all {
            scratch.word = text
            tokens.removeAll(keepingCapacity: true)
            scratch.merge(using: self, into: &tokens)
            isWhole[Int(token)] = tokens == [token]
        }
        return isWhole
    }
}

/// What is read of a `tokenizer.json`.
private struct TokenizerFile {
    var tokens: [(text: [UInt8], token: UInt32)] = []
    var merges: [(left: [UInt8], right: [UInt8])] = []
    var special: [(text: [UInt8], token: UInt32)] = []
    var hasByteFallback = false
    var prependsSpace = false
    var hasPreTokenizer = false
    var isBroken = false

    mutating func read(_ json: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(json, layout: .document)
        guard scanner.enterObject() else {
            isBroken = true
            return
        }
        while let key = scanner.nextKey() {
            if key.is("model") {
                readModel(&scanner)
            } else if key.is("added_tokens") {
                readAddedTokens(&scanner)
            } else if key.is("normalizer") {
                prependsSpace = String(decoding: scanner.rawValue(), as: UTF8.self).contains("Prepend")
            } else if key.is("pre_tokenizer") {
                hasPreTokenizer = scanner.nextKind() != .null
                scanner.skipValue()
            } else {
                scanner.skipValue()
            }
        }
        isBroken = scanner.isBroken
    }

    private mutating func readModel(_ scanner: inout JSONScanner) {
        guard scanner.enterObject() else { return scanner.skipValue() }
        while let key = scanner.nextKey() {
            if key.is("vocab"), scanner.enterObject() {
                while let text = scanner.nextKey() {
                    guard let token = scanner.integer(), let token = UInt32(exactly: token) else { continue }
                    tokens.append((text.unescaped, token))
                }
            } else if key.is("merges"), scanner.enterArray() {
                while scanner.nextElement() { readMerge(&scanner) }
            } else if key.is("byte_fallback") {
                hasByteFallback = scanner.bool() ?? false
            } else {
                scanner.skipValue()
            }
        }
    }

    /// `"left right"`, or in later files `["left", "right"]`.
    private mutating func readMerge(_ scanner: inout JSONScanner) {
        var parts: [[UInt8]] = []
        if scanner.enterArray() {
            while scanner.nextElement() {
                if let part = scanner.text() { parts.append(part.unescaped) }
            }
        } else if let pair = scanner.text() {
            parts = pair.unescaped.split(separator: 0x20, maxSplits: 1).map(Array.init)
        }
        if parts.count == 2 { merges.append((parts[0], parts[1])) } else { scanner.isBroken = true }
    }

    private mutating func readAddedTokens(_ scanner: inout JSONScanner) {
        guard scanner.enterArray() else { return scanner.skipValue() }
        while scanner.nextElement() {
            guard scanner.enterObject() else {
                scanner.skipValue()
                continue
            }
            var text: [UInt8] = []
            var token: UInt32?
            while let key = scanner.nextKey() {
                if key.is("content") {
                    text = scanner.text()?.unescaped ?? []
                } else if key.is("id") {
                    token = scanner.integer().flatMap { UInt32(exactly: $0) }
                } else {
                    scanner.skipValue()
                }
            }
            if let token, !text.isEmpty { special.append((text, token)) }
        }
    }
}
