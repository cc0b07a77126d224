import Hummingbird
import NIOCore

/// A file of the pages that never changes while this binary runs; it lies in the binary.
struct Asset: Sendable {
    let name: String
    let type: String
    let bytes: [UInt8]
    /// Told in its address, so that a browser keeps it as long as the binary stays the same.
    let version: String

    private init(_ name: String, _ type: String, _ bytes: [UInt8]) {
        self.name = name
        self.type = type
        self.bytes = bytes
        // FNV-1a: told apart, not protected.
        let sum = bytes.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        version = String(sum, radix: 36)
    }

    static let style = Asset("style.css", "text/css; charset=utf-8", PackageResources.style_css)
    static let script = Asset("script.js", "text/javascript; charset=utf-8", PackageResources.script_js)
    static let icon = Asset("icon.svg", "image/svg+xml", PackageResources.icon_svg)
    static let all = [style, script, icon]

    var link: Link { Link("/asset", ("name", name), ("version", version)) }

    var response: Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: "max-age=31536000, immutable"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
