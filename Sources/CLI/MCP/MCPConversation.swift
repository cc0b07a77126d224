import JSONText
import Reports

/// The protocol with one client: takes its lines, says what to answer at once, and keeps what tools must be asked.
///
/// Speaks the Model Context Protocol as of 2026-07-28, where every request says its version in `_meta`, and the earlier
/// versions that begin with `initialize`; both may come on one connection (modelcontextprotocol.io/specification).
struct MCPConversation {
    /// A question for a tool.
    struct Call {
        var id: RPCID
        var tool: MCPTool
        var arguments: JSONTree
        /// When it came.
        var time = ContinuousClock.now
        fileprivate var era: Era
    }

    /// How a request says what version it is written in.
    fileprivate enum Era {
        /// Once for all, by `initialize`.
        case handshake
        /// Each by itself.
        case modern
    }

    static let modernVersions = ["2026-07-28"]
    /// Newest first; 2025-03-26 is left out, as it alone demands batches.
    static let handshakeVersions = ["2025-11-25", "2025-06-18", "2024-11-05"]

    private let server: JSON
    private var isInitialized = false
    /// Calls without an answer that nobody has taken back, the first one first.
    private(set) var calls: [Call] = []

    init(version: String) { server = ["name": "suffice", "version": .string(version)] }

    /// What to say to a line at once; nil where there is nothing to say, or a tool has to be asked first.
    mutating func take(_ line: [UInt8]) -> JSON? {
        switch RPCMessage(line) {
        case .request(let request): return take(request)
        case .notification(let method, let params):
            if method == "notifications/cancelled" { cancel(params?["requestId"]) }
            return nil
        case .response: return nil
        case .invalid(let error, let id): return error.reply(to: id)
        }
    }

    /// The reply with a tool's answer; nil where the client has taken the question back meanwhile.
    mutating func finish(_ call: Call, with answer: MCPAnswer) -> JSON? {
        guard let place = calls.firstIndex(where: { $0.id == call.id }) else { return nil }
        calls.remove(at: place)
        return reply(to: call.id, answer.json, in: call.era)
    }

    /// What cannot be taken back is left alone, as the protocol wants.
    private mutating func cancel(_ tree: JSONTree?) {
        guard let id = tree.flatMap({ RPCID($0) }) else { return }
        calls.removeAll { $0.id == id }
    }
}

extension MCPConversation {
    private mutating func take(_ request: RPCRequest) -> JSON? {
        do throws(RPCError) {
            if request.method == "initialize" { return initialize(request) }
            let era = try era(of: request)
            switch request.method {
            case "ping": return reply(to: request.id, [:], in: era)
            case "server/discover" where era == .modern: return reply(to: request.id, discovery, in: era)
            case "tools/list": return reply(to: request.id, tools(in: era), in: era)
            case "tools/call":
                calls.append(try call(request, era))
                return nil
            default: throw RPCError(.methodNotFound, "there is no method '\(request.method)' here, only tools")
            }
        } catch {
            return error.reply(to: request.id)
        }
    }

    private func era(of request: RPCRequest) throws(RPCError) -> Era {
        let meta = request.params?["_meta"]
        guard let version = meta?["io.modelcontextprotocol/protocolVersion"] else {
            if isInitialized || request.method == "ping" { return .handshake }
            throw RPCError(.invalidParams, "say initialize first, or the protocol's version in _meta of each request")
        }
        guard let version = version.text, Self.modernVersions.contains(version) else {
            throw RPCError(
                .unsupportedProtocolVersion,
                "this version is not spoken here",
                data: [
                    "supported": .array((Self.modernVersions + Self.handshakeVersions).map { .string($0) }),
                    "requested": .optional(version.text),
                ]
            )
        }
        guard meta?["io.modelcontextprotocol/clientCapabilities"]?.members != nil else {
            throw RPCError(.invalidParams, "_meta lacks io.modelcontextprotocol/clientCapabilities")
        }
        return .modern
    }

    private mutating func initialize(_ request: RPCRequest) -> JSON {
        guard let asked = request.params?["protocolVersion"]?.text else {
            return RPCError(.invalidParams, "initialize lacks protocolVersion").reply(to: request.id)
        }
        isInitialized = true
        // An older client knows versions older than its own at most.
        let version = Self.handshakeVersions.first { $0 <= asked } ?? Self.handshakeVersions[0]
        return reply(
            to: request.id,
            [
                "protocolVersion": .string(version), "capabilities": ["tools": [:]], "serverInfo": server,
                "instructions": .string(MCPTool.instructions),
            ],
            in: .handshake
        )
    }

    private var discovery: JSON {
        [
            "supportedVersions": .array(Self.modernVersions.map { .string($0) }), "capabilities": ["tools": [:]],
            "instructions": .string(MCPTool.instructions),
        ] + Self.freshness
    }

    private func tools(in era: Era) -> JSON {
        let list: JSON = ["tools": .array(MCPTool.allCases.map(\.definition))]
        return era == .modern ? list + Self.freshness : list
    }

    /// Tools change with the binary, and the client starts that anew.
    private static let freshness: JSON = ["ttlMs": 3_600_000, "cacheScope": "public"]

    private func call(_ request: RPCRequest, _ era: Era) throws(RPCError) -> Call {
        guard let name = request.params?["name"]?.text else {
            throw RPCError(.invalidParams, "the tool's name is missing")
        }
        guard let tool = MCPTool(rawValue: name) else { throw RPCError(.invalidParams, "Unknown tool: \(name)") }
        let arguments = request.params?["arguments"] ?? .object([])
        guard arguments.members != nil || arguments == .null else {
            throw RPCError(.invalidParams, "arguments must be an object")
        }
        return Call(id: request.id, tool: tool, arguments: arguments, era: era)
    }

    private func reply(to id: RPCID, _ result: JSON, in era: Era) -> JSON {
        let stamp: JSON = ["resultType": "complete", "_meta": ["io.modelcontextprotocol/serverInfo": server]]
        return ["jsonrpc": "2.0", "id": id.json, "result": era == .modern ? stamp + result : result]
    }
}

/// What a tool has to say.
enum MCPAnswer {
    case value(JSON)
    /// For the model that asked: what was wrong, and what to ask instead.
    case trouble(String)

    fileprivate var json: JSON {
        switch self {
        case .value(let value):
            // Also as text, for clients that read nothing else.
            ["content": [["type": "text", "text": .string(value.line)]], "structuredContent": value]
        case .trouble(let text): ["content": [["type": "text", "text": .string(text)]], "isError": .bool(true)]
        }
    }
}
