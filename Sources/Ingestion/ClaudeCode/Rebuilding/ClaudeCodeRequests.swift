internal import Domain
internal import JSONText

/// The agent's own record of what it sent: `api-request` and its parts, by which a request is made again to the byte.
///
/// A request names the one it continues, how many of that one's messages it keeps, and its other messages by their
/// hashes: SHA-256 of compact JSON with sorted keys. A hash stands for a blob, or for a response of the log. Hashes take
/// a message's text for the one block that it could be, and so say nothing of which of the two was sent.
struct ClaudeCodeRequests: Sendable {
    private var requests: [String: JSONTree] = [:]
    private var shapes: [String: JSONTree] = [:]
    private var blobs: [String: JSONTree] = [:]
    /// The shape that was last written before each request.
    private var shapeBefore: [String: String] = [:]
    private var lastShape: String?

    mutating func add(_ record: JSONTree, _ type: String) {
        switch type {
        case "api-request-shape":
            guard let hash = record["shapeHash"]?.text else { return }
            shapes[hash] = record["shape"]
            lastShape = hash
        case "api-request-blob":
            if let hash = record["hash"]?.text { blobs[hash] = record["message"] }
        default:
            guard let id = record["id"]?.text else { return }
            requests[id] = record
            shapeBefore[id] = lastShape
        }
    }

    /// Whether a request is there and whole: the agent cuts what must not lie in a log, and says so.
    func has(_ id: String) -> Bool {
        guard let request = requests[id] else { return false }
        return request["cut"] == nil && (request["withheld"]?.elements ?? []).isEmpty
    }

    /// The body as it was sent, but for what is not recorded: `stream`, `metadata` and the block with the billing header.
    ///
    /// `isBlock` tells whether the agent has a text as a block: what it has as a text it sends as one, until a mark for the
    /// cache makes a block of it. `sha256` is the hash of some bytes in hexadecimal; the agent's own digest of the request
    /// is held against it. `response` answers the message behind a hash that stands for none of the blobs.
    func body(
        of id: String,
        isBlock: (String) -> Bool,
        sha256: ([UInt8]) -> String,
        response: (String) -> JSONTree?
    ) -> (body: JSONTree, betas: [String])? {
        guard has(id), let request = requests[id], let shape = shape(of: id, request),
            let messages = messages(of: id, depth: 0, response)?.map({ $0.plain(unless: isBlock) })
        else { return nil }
        var body: [JSONTree.Member] = []
        let params = request["params"]?.members ?? []
        func take(_ name: String) {
            if let value = request["params"]?[name] { body.append(JSONTree.Member(name, value)) }
        }
        take("model")
        body.append(JSONTree.Member("messages", .array([])))
        if let system = shape["system"] { body.append(JSONTree.Member("system", system)) }
        if let tools = shape["tools"] { body.append(JSONTree.Member("tools", tools)) }
        for member in params where member.name != "model" && member.name != "betas" { body.append(member) }
        var tree = JSONTree.object(body).setting("messages", to: .array(messages))
        for control in request["cacheControl"]?.elements ?? [] {
            guard let path = control["path"].flatMap(Self.path), let value = control["value"] else { continue }
            tree = tree.setting(value, at: path[...])
        }
        if let digest = request["requestDigest"]?.text {
            let digested = request["params"]?["betas"].map { tree.setting("betas", to: $0) } ?? tree
            guard sha256(digested.withTextsAsBlocks.sortedBytes) == digest else { return nil }
        }
        let betas = (request["params"]?["betas"]?.elements ?? []).compactMap(\.text)
        return (tree, betas)
    }

    private func shape(of id: String, _ request: JSONTree) -> JSONTree? {
        let hash = request["shapeHash"]?.text ?? request["shape"]?.text ?? request["params"]?["shapeHash"]?.text
        return (hash ?? shapeBefore[id]).flatMap { shapes[$0] }
    }

    private func messages(of id: String, depth: Int, _ response: (String) -> JSONTree?) -> [JSONTree]? {
        // A chain that comes back to itself is damaged.
        guard depth <= requests.count, let request = requests[id] else { return nil }
        var messages: [JSONTree] = []
        if let base = request["base"]?.text {
            guard let before = self.messages(of: base, depth: depth + 1, response) else { return nil }
            let keep = request["keep"]?.count ?? 0
            guard keep <= before.count else { return nil }
            messages = Array(before[..<keep])
        }
        for hash in request["tail"]?.elements ?? [] {
            guard let hash = hash.text, let message = blobs[hash] ?? response(hash) else { return nil }
            messages.append(message)
        }
        return messages
    }

    /// A place in the request: an array of keys and indices, or a text of them (`messages.3.content[0]`, `/messages/3`).
    private static func path(_ tree: JSONTree) -> [String]? {
        let steps: [String]
        if let elements = tree.elements {
            steps = elements.compactMap { $0.text ?? $0.count.map(String.init) }
            guard steps.count == elements.count else { return nil }
        } else if let text = tree.text {
            steps = text.split { "./[]".contains($0) }.map(String.init)
        } else {
            return nil
        }
        return steps.last == "cache_control" ? Array(steps.dropLast()) : steps
    }
}

extension JSONTree {
    /// The tree with a cache mark on the block at a path; as it is where there is none.
    fileprivate func setting(_ control: JSONTree, at path: ArraySlice<String>) -> JSONTree {
        guard let step = path.first else {
            return members == nil ? self : setting("cache_control", to: control)
        }
        switch self {
        case .object(let members):
            guard let child = members.last(where: { $0.name == step })?.value else { return self }
            let rest = path.dropFirst()
            // A mark stands on a block: a text that bears one was sent as one.
            let marked = child.text != nil && !rest.isEmpty ? child.asBlocks : child
            return setting(step, to: marked.setting(control, at: rest))
        case .array(var elements):
            guard let index = Int(step), elements.indices.contains(index) else { return self }
            elements[index] = elements[index].setting(control, at: path.dropFirst())
            return .array(elements)
        default: return self
        }
    }

    /// A text as the one block that it stands for.
    private var asBlocks: JSONTree {
        .array([.object([JSONTree.Member("type", .string("text")), JSONTree.Member("text", self)])])
    }

    /// A person's message of one block as a text, unless it is known to be a block.
    fileprivate func plain(unless isBlock: (String) -> Bool) -> JSONTree {
        guard self["role"]?.text == "user", let blocks = self["content"]?.elements, blocks.count == 1,
            let text = blocks[0]["text"]?.text, blocks[0].members?.count == 2, !isBlock(text)
        else { return self }
        return setting("content", to: .string(text))
    }

    /// A request as its digest takes it.
    fileprivate var withTextsAsBlocks: JSONTree {
        guard let messages = self["messages"]?.elements else { return self }
        return setting(
            "messages",
            to: .array(
                messages.map { message in
                    guard let content = message["content"], content.text != nil else { return message }
                    return message.setting("content", to: content.asBlocks)
                }
            )
        )
    }
}
