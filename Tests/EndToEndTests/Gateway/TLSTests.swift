import Foundation
import TestSupport
import Testing

/// Upstreams are asked over TLS, and only where their certificate is the one of that name.
@Suite struct TLSTests {
    /// The status that curl is given for a request past an upstream with a certificate of a name.
    private func status(certificateFor name: String, trusted: Bool) async throws -> String {
        let user = try User()
        let folder = user.folder.path
        let made = try await user.shell(
            """
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=test' -addext 'subjectAltName=\(name)' \
                -keyout '\(folder)/key.pem' -out '\(folder)/certificate.pem' 2>&1 &&
            cat '\(folder)/key.pem' '\(folder)/certificate.pem' > '\(folder)/both.pem'
            """
        )
        #expect(made.status == 0, "\(made.output)")
        let upstream = try Started(
            "/usr/bin/env",
            [
                "python3", PythonClients.folder + "/upstream.py", "--log", folder + "/upstream.jsonl", "--certificate",
                folder + "/both.pem",
            ],
            user: user
        )
        let port = try await upstream.firstLine().trimmingCharacters(in: .whitespacesAndNewlines)
        try user.configure(before: "https://localhost:\(port)")
        let gateway = try ServedGateway(
            configuredIn: user,
            key: "sk-test",
            upstream: upstream,
            environment: trusted ? ["SSL_CERT_FILE": folder + "/certificate.pem"] : [:]
        )
        let address = try await gateway.listening()
        let asked = try await user.shell(
            """
            curl --silent --output /dev/null --write-out '%{http_code}' '\(address.url)/v1/messages' \
                --header 'content-type: application/json' --header 'x-api-key: sk-ant-api03-x' \
                --data '{"model":"claude-haiku-4-5","max_tokens":5,"messages":[{"role":"user","content":"Hi"}]}'
            """
        )
        _ = try await gateway.stop()
        return asked.output
    }

    @Test func `a trusted certificate of the right name is spoken to`() async throws {
        #expect(try await status(certificateFor: "DNS:localhost", trusted: true) == "200")
    }

    @Test func `a certificate that nobody vouches for is refused`() async throws {
        #expect(try await status(certificateFor: "DNS:localhost", trusted: false) == "502")
    }

    @Test func `a certificate of another name is refused`() async throws {
        #expect(try await status(certificateFor: "DNS:example.com", trusted: true) == "502")
    }
}
