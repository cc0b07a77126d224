import Testing

@testable import Providers

@Suite struct UpstreamAddressTests {
    @Test(arguments: [
        ("https://api.anthropic.com", "api.anthropic.com", 443, "", "api.anthropic.com"),
        ("https://api.openai.com/v1", "api.openai.com", 443, "", "api.openai.com"),
        ("http://127.0.0.1:8080/", "127.0.0.1", 8080, "", "127.0.0.1:8080"),
        ("http://[::1]:9/a/b/", "::1", 9, "/a/b", "[::1]:9"),
        ("https://proxy.example/openai/v1/", "proxy.example", 443, "/openai", "proxy.example"),
    ])
    func `a URL is taken apart`(url: String, host: String, port: Int, path: String, field: String) throws {
        let address = try #require(UpstreamAddress(url: url))
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.path == path)
        #expect(address.hostField == field)
        #expect(address.isTLS == url.hasPrefix("https"))
    }

    @Test(arguments: [
        "api.anthropic.com", "ftp://a", "http://", "http://user@a", "http://a?b", "http://a#b", "http://a:0",
        "http://a:70000",
        "http://a b", "http://[::1", "http://a:x", "https:///path",
    ])
    func `what is no base URL is none`(url: String) { #expect(UpstreamAddress(url: url) == nil) }
}
