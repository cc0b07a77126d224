/// How the tools of one request are called on either side of the gateway.
///
/// Made while a request is converted, and used to give the reply's tool calls back to the client as it knows them.
package struct ToolNames: Hashable, Sendable {
    /// A tool as the client declared it.
    package struct ClientTool: Hashable, Sendable {
        package var name: String
        /// The group it stands in (Responses `namespace`).
        package var namespace: String?
        /// It takes one text instead of JSON (OpenAI's `custom` tools): upstream its arguments are `{"input": …}`.
        package var takesText: Bool

        package init(name: String, namespace: String? = nil, takesText: Bool = false) {
            self.name = name
            self.namespace = namespace
            self.takesText = takesText
        }
    }

    private var byUpstreamName: [String: ClientTool] = [:]

    package init() {}

    /// The client's tool behind a name that the upstream used; the name itself where it is the same on both sides.
    package func clientTool(named name: String) -> ClientTool { byUpstreamName[name] ?? ClientTool(name: name) }

    package mutating func keep(_ tool: ClientTool, as upstreamName: String) {
        guard tool != ClientTool(name: upstreamName) else { return }
        byUpstreamName[upstreamName] = tool
    }
}

extension ToolNames {
    /// A tool of a group, by the name it has outside of it.
    mutating func keep(_ name: String, in namespace: String?) -> String {
        guard let namespace else { return name }
        let isApart = namespace.hasSuffix("_") || name.hasPrefix("_")
        let tool = ClientTool(name: name, namespace: namespace)
        var qualified = isApart ? namespace + name : namespace + "__" + name
        // Another group and name may come to the same.
        if let other = byUpstreamName[qualified], other != tool {
            qualified = ToolIDs.hashed(namespace + "/" + name, seed: 0)
        }
        keep(tool, as: qualified)
        return qualified
    }
}
