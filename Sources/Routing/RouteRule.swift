package import Domain

/// One `[[route]]`: which requests, and the model they go to.
package struct RouteRule: Hashable, Sendable {
    package enum Use: Hashable, Sendable {
        case requested
        case model(ModelID)
    }

    package var when: Condition
    package var use: Use

    package init(when: Condition, use: Use) {
        self.when = when
        self.use = use
    }

    /// Holds where all that is said holds; what is nil is not asked.
    package struct Condition: Hashable, Sendable {
        package var phase: Phase?
        /// A glob over the requested model, `*` for any run of characters.
        package var model: String?
        package var agent: Agent?
        package var project: String?
        package var path: String?
        package var app: String?
        /// Header fields, names in lower case, values as globs.
        package var headers: [String: String]

        package init(
            phase: Phase? = nil,
            model: String? = nil,
            agent: Agent? = nil,
            project: String? = nil,
            path: String? = nil,
            app: String? = nil,
            headers: [String: String] = [:]
        ) {
            self.phase = phase
            self.model = model
            self.agent = agent
            self.project = project
            self.path = path
            self.app = app
            self.headers = headers
        }
    }
}
