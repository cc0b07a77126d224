package import Domain

/// A prompt and what several models made of it: a row that a router learns from, or is measured on.
package struct RatedPrompt: Hashable, Sendable {
    package var id: String
    package var prompt: String
    /// What its conversation had done by then; nothing where it is no agent's request.
    package var work: WorkSoFar
    package var results: [Result]

    package init(id: String, prompt: String, work: WorkSoFar = WorkSoFar(), results: [Result]) {
        self.id = id
        self.prompt = prompt
        self.work = work
        self.results = results
    }

    package struct Result: Hashable, Sendable {
        package var model: ModelID
        /// From 0, useless, to 1, as good as can be.
        package var score: Double
        /// What the call cost; nil where the data does not say.
        package var cost: Money?
        /// What the model answered; nil where the data does not say.
        package var response: String?

        package init(model: ModelID, score: Double, cost: Money? = nil, response: String? = nil) {
            self.model = model
            self.score = score
            self.cost = cost
            self.response = response
        }
    }
}
