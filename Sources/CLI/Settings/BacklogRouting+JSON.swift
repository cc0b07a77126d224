import JSONText
import Routing

extension BacklogRouting {
    /// Reads `llmOps.routing` and `llmOps.tokenPolicy` of a `backlog.config.json`; nil for what is no JSON object.
    ///
    /// Values of another kind than expected are passed over.
    init?(backlogConfig bytes: [UInt8]) {
        self.init(models: [:])
        let isWhole = bytes.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, layout: .document)
            guard scanner.enterObject() else { return false }
            while let key = scanner.nextKey() {
                guard key.is("llmOps"), scanner.enterObject() else {
                    scanner.skipValue()
                    continue
                }
                while let part = scanner.nextKey() {
                    if part.is("routing"), scanner.enterObject() {
                        readRouting(&scanner)
                    } else if part.is("tokenPolicy"), scanner.enterObject() {
                        readTokenPolicy(&scanner)
                    } else {
                        scanner.skipValue()
                    }
                }
            }
            return !scanner.isBroken
        }
        if !isWhole { return nil }
    }

    private mutating func readRouting(_ scanner: inout JSONScanner) {
        while let key = scanner.nextKey() {
            let name = key.string
            switch scanner.nextKind() {
            case .string: models[name] = scanner.text()?.string
            case .number where name == "maxEscalationsPerTicket": maxEscalationsPerTicket = scanner.integer()
            default: scanner.skipValue()
            }
        }
    }

    private mutating func readTokenPolicy(_ scanner: inout JSONScanner) {
        func limits() -> [String: Int] {
            var limits: [String: Int] = [:]
            while let phase = scanner.nextKey() {
                let name = phase.string
                limits[name] = scanner.integer()
            }
            return limits
        }
        while let key = scanner.nextKey() {
            if key.is("maxInputByPhase"), scanner.enterObject() {
                maxInputByPhase = limits()
            } else if key.is("maxOutputByPhase"), scanner.enterObject() {
                maxOutputByPhase = limits()
            } else {
                scanner.skipValue()
            }
        }
    }
}
