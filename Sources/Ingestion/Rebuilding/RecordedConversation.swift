package import Domain

/// A log of an agent's, read as the conversation that it is, so that its steps can be asked again.
package protocol RecordedConversation: Sendable {
    /// The steps of the log in its order.
    func steps(of session: SessionID) -> [RecordedStep]

    /// How well the request of a step can be built; of one that is not in the log, as if it had to be guessed.
    func fidelity(of step: String, with prompt: StandingPrompt?) -> Fidelity

    /// The agent's version that wrote a step down.
    func version(of step: String) -> String?

    /// The request that led to a step, as well as the log lets it be built; nil where there is none.
    ///
    /// `sha256` is the hash of some bytes in hexadecimal.
    func rebuiltRequest(of step: String, with prompt: StandingPrompt?, sha256: ([UInt8]) -> String) -> RebuiltRequest?
}

extension ClaudeCodeTranscript: RecordedConversation {}
extension CodexTranscript: RecordedConversation {}
