package import Domain
internal import JSONText

extension ClaudeCodeTranscript {
    /// How well the request of a step can be built; of one that is not in the log, as if it had to be guessed.
    package func fidelity(of message: String, with prompt: StandingPrompt? = nil) -> Fidelity {
        if request(named: message) != nil { return .exact }
        if snapshot(before: message) != nil { return .snapshot }
        return prompt?.version == version(of: message) ? .recaptured : .inferred
    }

    /// The agent's version that wrote a response down.
    package func version(of message: String) -> String? {
        answers[message]?.first.flatMap { records[$0]?.tree["version"]?.text }
    }

    /// The request that led to a response, as well as the log lets it be built.
    ///
    /// `sha256` is the hash of some bytes in hexadecimal, by which the agent names messages. The response itself, and
    /// whatever came after it, is not in it. A standing prompt that was caught is taken where the log has none, for
    /// responses to the same version of the agent.
    package func rebuiltRequest(
        of message: String,
        with prompt: StandingPrompt? = nil,
        sha256: ([UInt8]) -> String
    ) -> RebuiltRequest? {
        if let id = request(named: message), let exact = exactRequest(id, sha256: sha256) { return exact }
        return conversationRequest(of: message, with: prompt)
    }

    private func request(named message: String) -> String? {
        let names = (answers[message] ?? []).compactMap { records[$0]?.tree["requestRef"]?.text }
        return names.first { requests.has($0) }
    }

    private func exactRequest(_ id: String, sha256: ([UInt8]) -> String) -> RebuiltRequest? {
        var byHash: [String: JSONTree]?
        let found = requests.body(of: id, isBlock: spokenBlocks.contains, sha256: sha256) { hash in
            if byHash == nil {
                byHash = Dictionary(
                    order.map { response in
                        let message = self.message(of: response)
                        return (sha256(message.sortedBytes), message)
                    },
                    uniquingKeysWith: { first, _ in first }
                )
            }
            let plain = hash.split(separator: ":").last.map(String.init) ?? hash
            // Some versions name a message by the beginning of its hash.
            return byHash?[plain] ?? (plain.count >= 16 ? byHash?.first { $0.key.hasPrefix(plain) }?.value : nil)
        }
        return found.map { found in
            RebuiltRequest(format: .messages, body: found.body.bytes, betas: found.betas, fidelity: .exact)
        }
    }

    /// A response as the next request carries it.
    func message(of response: String) -> JSONTree {
        .object([
            JSONTree.Member("role", .string("assistant")),
            JSONTree.Member("content", .array(blocks(of: response).map { $0.removing("caller") })),
        ])
    }

    /// The newest snapshot of the prompt that was taken before a response.
    func snapshot(before message: String) -> JSONTree? {
        guard let place = order.firstIndex(of: message) else { return nil }
        return snapshots.last { $0.before <= place }?.snapshot
    }
}
