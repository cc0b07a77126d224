package import Domain
internal import JSONText

/// What came of one request of a batch, as if it had been sent alone.
package struct BatchResult: Hashable, Sendable {
    /// The one its ``BatchEntry`` had.
    package var name: String
    /// 0 where the provider never came to it.
    package var status: Int
    package var body: [UInt8]

    /// The results in a file of lines; lines that are none are left out.
    package static func results(in bytes: [UInt8], of provider: Provider) -> [BatchResult] {
        bytes.split(separator: 0x0A).compactMap { line in
            JSONTree(bytes: Array(line)).flatMap { BatchResult($0, of: provider) }
        }
    }

    private init?(_ line: JSONTree, of provider: Provider) {
        guard let name = line["custom_id"]?.text else { return nil }
        self.name = name
        switch provider {
        case .anthropic:
            guard let result = line["result"], let type = result["type"]?.text else { return nil }
            switch type {
            case "succeeded":
                guard let message = result["message"] else { return nil }
                (status, body) = (200, message.bytes)
            case "errored":
                // An error as a reply has it, or only its inner part.
                let error = result["error"] ?? .object([])
                body = error["error"] == nil ? Self.failure(error) : error.bytes
                let inner = (error["error"] ?? error)["type"]?.text
                status = inner.flatMap { ErrorKind(word: $0) }?.messagesStatus ?? 500
            default: (status, body) = (0, Self.neverAsked(type))
            }
        case .openAI:
            if let response = line["response"], let body = response["body"],
                case .number(let spelled) = response["status_code"] ?? .null, let status = Int(spelled)
            {
                (self.status, self.body) = (status, body.bytes)
            } else {
                let code = line["error"]?["code"]?.text ?? ""
                status = 0
                body =
                    code == "batch_expired" || code == "batch_cancelled"
                    ? Self.neverAsked(String(code.dropFirst("batch_".count)))
                    : Self.failure(line["error"] ?? .object([]))
            }
        }
    }

    private static func failure(_ error: JSONTree) -> [UInt8] {
        JSONTree.object([JSONTree.Member("error", error)]).bytes
    }

    private static func neverAsked(_ reason: String) -> [UInt8] {
        let text =
            reason == "expired"
            ? "the batch's day was over before it was asked" : "it was cancelled before it was asked"
        return failure(.object([JSONTree.Member("message", .string(text))]))
    }
}
