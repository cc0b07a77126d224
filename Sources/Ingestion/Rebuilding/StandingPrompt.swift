internal import Domain
internal import JSONText

/// What an agent sends before anybody has said anything, as it was caught sending it: its system prompt and its tools.
package struct StandingPrompt: Sendable {
    /// The agent's version: each has a prompt of its own.
    package var version: String
    private let system: JSONTree
    let tools: JSONTree
    /// Where it ran; it tells its model.
    private let folder: String

    /// Nil of a request that offers no tools: those are of the agent's own, to name a session or to look at a limit.
    ///
    /// `name` is that of the scratch folder above the one it ran in: it goes from the prompt, so that what is caught twice
    /// is the same.
    package init?(request body: [UInt8], version: String, folder: String, name: String) {
        let folder = folder.replacing(name, with: Self.name)
        let text = String(decoding: body, as: UTF8.self).replacing(name, with: Self.name)
        guard let request = JSONTree(text), let tools = request["tools"], tools.elements?.isEmpty == false,
            let system = request["system"]
        else { return nil }
        (self.version, self.tools, self.folder) = (version, tools.withoutMarkers, folder)
        let blocks = system.elements?.filter { $0["text"]?.text?.hasPrefix("x-anthropic-billing-header") != true }
        self.system = blocks.map { JSONTree.array($0).withoutMarkers } ?? system
    }

    /// What Codex sends: of its tools those that it runs itself, since its log holds its instructions.
    ///
    /// Nil of a request that offers none.
    package init?(responses body: [UInt8], version: String) {
        let tools = (JSONTree(bytes: body)?["tools"]?.elements ?? []).filter {
            ["function", "custom"].contains($0["type"]?.text)
        }
        guard !tools.isEmpty else { return nil }
        (self.version, self.folder, system, self.tools) = (version, "", .string(""), .array(tools))
    }

    private static let name = "suffice-agent"

    /// The prompt as it is kept beside the replies that were asked for with it.
    package var bytes: [UInt8] {
        JSONTree.object([
            JSONTree.Member("version", .string(version)), JSONTree.Member("folder", .string(folder)),
            JSONTree.Member("system", system), JSONTree.Member("tools", tools),
        ]).bytes
    }

    /// Nil of bytes that are no kept prompt.
    package init?(kept bytes: [UInt8]) {
        guard let tree = JSONTree(bytes: bytes), let version = tree["version"]?.text,
            let folder = tree["folder"]?.text, let system = tree["system"], let tools = tree["tools"]
        else { return nil }
        (self.version, self.folder, self.system, self.tools) = (version, folder, system, tools)
    }

    /// The prompt as a session that worked elsewhere had it.
    func system(in folder: String) -> JSONTree { system.replacing(self.folder, with: folder) }
}

extension JSONTree {
    /// Blocks without marks for the cache.
    fileprivate var withoutMarkers: JSONTree { .array((elements ?? []).map { $0.removing("cache_control") }) }

    fileprivate func replacing(_ path: String, with other: String) -> JSONTree {
        switch self {
        case .string(let text): .string(other.isEmpty ? text : text.replacing(path, with: other))
        case .array(let elements): .array(elements.map { $0.replacing(path, with: other) })
        case .object(let members):
            .object(members.map { Member($0.name, $0.value.replacing(path, with: other)) })
        default: self
        }
    }
}
