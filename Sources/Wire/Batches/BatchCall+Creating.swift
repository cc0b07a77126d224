package import Domain

/// A request of a batch.
package struct BatchEntry: Hashable, Sendable {
    /// By which its result is found: 64 letters, digits, `-` and `_` at most.
    package var name: String
    /// JSON.
    package var body: [UInt8]

    package init(name: String, body: [UInt8]) {
        self.name = name
        self.body = body
    }
}

extension BatchCall {
    /// Begins a batch of Anthropic's.
    package static func messages(_ entries: [BatchEntry]) -> BatchCall {
        var body = Array(#"{"requests":["#.utf8)
        for (place, entry) in entries.enumerated() {
            body += "\(place > 0 ? "," : ""){\"custom_id\":\"\(entry.name)\",\"params\":".utf8
            body += entry.body
            body.append(UInt8(ascii: "}"))
        }
        body += "]}".utf8
        return BatchCall(.post, "/v1/messages/batches", contentType: "application/json", body: body)
    }

    /// Uploads the requests of a batch of OpenAI's; they must be of one model.
    package static func upload(_ entries: [BatchEntry], in format: APIFormat, named tag: String) -> BatchCall {
        var lines: [UInt8] = []
        for entry in entries {
            lines += "{\"custom_id\":\"\(entry.name)\",\"method\":\"POST\",\"url\":\"\(format.path)\",\"body\":".utf8
            // Between JSON's tokens a line feed is white space; within its strings there is none.
            lines += entry.body.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
            lines += "}\n".utf8
        }
        // No line of JSON begins with dashes.
        let boundary = "suffice-\(tag)"
        var body = Array("--\(boundary)\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n".utf8)
        body += "--\(boundary)\r\ncontent-disposition: form-data; name=\"file\"; filename=\"\(tag).jsonl\"\r\n".utf8
        body += "content-type: application/jsonl\r\n\r\n".utf8
        body += lines
        body += "\r\n--\(boundary)--\r\n".utf8
        return BatchCall(.post, "/v1/files", contentType: "multipart/form-data; boundary=\(boundary)", body: body)
    }

    /// Begins a batch of OpenAI's from an uploaded file; the tag says later whose it is.
    package static func batch(ofFile file: String, in format: APIFormat, named tag: String) -> BatchCall {
        let body =
            "{\"input_file_id\":\"\(file)\",\"endpoint\":\"\(format.path)\",\"completion_window\":\"24h\","
            + "\"metadata\":{\"suffice\":\"\(tag)\"}}"
        return BatchCall(.post, "/v1/batches", contentType: "application/json", body: Array(body.utf8))
    }
}
