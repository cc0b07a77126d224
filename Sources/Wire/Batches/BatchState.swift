package import Domain
internal import JSONText

/// A batch as its provider tells of it.
package struct BatchState: Hashable, Sendable {
    package enum Phase: Hashable, Sendable {
        case underway
        /// Whatever came of its requests: answered, failed, cancelled or expired.
        case ended
        /// It was not taken: no request of it was asked.
        case refused(String)
    }

    package var id: String
    package var phase: Phase
    /// Requests of the batch.
    package var total: Int
    package var done: Int
    /// What OpenAI keeps of ``BatchCall/batch(ofFile:in:named:)``; Anthropic keeps nothing.
    package var tag: String?
    /// Where OpenAI keeps the results.
    package var files: [String]
    /// And the requests.
    package var uploads: [String]

    /// Nil of what is no batch of the provider's.
    package init?(_ bytes: [UInt8], of provider: Provider) {
        guard let tree = JSONTree(bytes: bytes) else { return nil }
        self.init(tree, of: provider)
    }

    private init?(_ tree: JSONTree, of provider: Provider) {
        guard let id = tree["id"]?.pathName else { return nil }
        self.id = id
        func count(_ name: String) -> Int { tree["request_counts"]?[name]?.count ?? 0 }
        switch provider {
        case .anthropic:
            guard let status = tree["processing_status"]?.text else { return nil }
            phase = status == "ended" ? .ended : .underway
            done = ["succeeded", "errored", "canceled", "expired"].reduce(0) { $0 + count($1) }
            total = count("processing") + done
            tag = nil
            files = []
            uploads = []
        case .openAI:
            guard let status = tree["status"]?.text else { return nil }
            switch status {
            case "completed", "expired", "cancelled": phase = .ended
            case "failed":
                let reasons = (tree["errors"]?["data"]?.elements ?? []).compactMap { $0["message"]?.text }
                phase = .refused(reasons.first ?? "the provider did not take the batch")
            default: phase = .underway
            }
            done = count("completed") + count("failed")
            total = count("total")
            tag = tree["metadata"]?["suffice"]?.text
            files = ["output_file_id", "error_file_id"].compactMap { tree[$0]?.pathName }
            uploads = ["input_file_id"].compactMap { tree[$0]?.pathName }
        }
    }

    /// A page of the account's batches; nil of what is none.
    package static func page(_ bytes: [UInt8], of provider: Provider) -> (batches: [BatchState], hasMore: Bool)? {
        guard let tree = JSONTree(bytes: bytes), let data = tree["data"]?.elements else { return nil }
        return (data.compactMap { BatchState($0, of: provider) }, tree["has_more"] == .bool(true))
    }

    /// The id of an uploaded file; nil of what is none.
    package static func file(_ bytes: [UInt8]) -> String? { JSONTree(bytes: bytes)?["id"]?.pathName }
}

extension JSONTree {
    /// A text that can stand in a path as it is.
    fileprivate var pathName: String? {
        guard let text, !text.isEmpty, text.utf8.count <= 256,
            text.utf8.allSatisfy({ byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            })
        else { return nil }
        return text
    }

    /// A whole number, not negative.
    fileprivate var count: Int? {
        guard case .number(let spelled) = self, let number = Int(spelled), number >= 0 else { return nil }
        return number
    }
}
