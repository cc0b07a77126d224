import JSONText
import Reports

/// One message of JSON-RPC 2.0, as a line brought it.
enum RPCMessage {
    case request(RPCRequest)
    case notification(method: String, params: JSONTree?)
    /// An answer; this server asks nothing, so nobody waits for it.
    case response
    /// No message at all; the id is null where none could be read.
    case invalid(RPCError, id: RPCID?)

    init(_ line: [UInt8]) {
        guard let text = String(validating: line, as: UTF8.self), let tree = JSONTree(text) else {
            self = .invalid(RPCError(.parseError, "the line is no JSON"), id: nil)
            return
        }
        self.init(tree)
    }

    private init(_ tree: JSONTree) {
        let id = tree["id"].flatMap { RPCID($0) }
        func invalid(_ text: String) -> RPCMessage { .invalid(RPCError(.invalidRequest, text), id: id) }
        guard case .object = tree else {
            self = invalid("a message is one JSON object on one line; batches are of no version spoken here")
            return
        }
        guard tree["jsonrpc"]?.text == "2.0" else {
            self = invalid("\"jsonrpc\" must be \"2.0\"")
            return
        }
        guard let method = tree["method"] else {
            self = tree["result"] == nil && tree["error"] == nil ? invalid("\"method\" is missing") : .response
            return
        }
        guard let method = method.text else {
            self = invalid("\"method\" must be a string")
            return
        }
        let params = tree["params"]
        if let params, params.members == nil {
            self = invalid("\"params\" must be an object")
            return
        }
        guard tree["id"] != nil else {
            self = .notification(method: method, params: params)
            return
        }
        guard let id else {
            self = invalid("\"id\" must be a string or a whole number")
            return
        }
        self = .request(RPCRequest(id: id, method: method, params: params))
    }
}

struct RPCRequest {
    var id: RPCID
    var method: String
    /// An object, where there are any.
    var params: JSONTree?
}

/// What ties an answer to its request; sent back as it came.
enum RPCID: Hashable {
    case number(String)
    case string(String)

    /// Nil for what the protocol allows no request: null, fractions, containers.
    init?(_ tree: JSONTree) {
        switch tree {
        case .number(let spelled) where Int(spelled) != nil: self = .number(spelled)
        case .string(let text): self = .string(text)
        default: return nil
        }
    }

    var json: JSON {
        switch self {
        case .number(let spelled): .exact(spelled)
        case .string(let text): .string(text)
        }
    }
}

/// Why a request is not answered, for the program that sent it.
struct RPCError: Error {
    enum Code: Int {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        /// MCP's own: the version a request is written in is not spoken here.
        case unsupportedProtocolVersion = -32022
    }

    var code: Code
    var message: String
    var data: JSON?

    init(_ code: Code, _ message: String, data: JSON? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    func reply(to id: RPCID?) -> JSON {
        var error: JSON = ["code": .integer(code.rawValue), "message": .string(message)]
        if let data { error = error + ["data": data] }
        return ["jsonrpc": "2.0", "id": id?.json ?? .null, "error": error]
    }
}
