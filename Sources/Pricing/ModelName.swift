import Domain

/// The names under which a price table may keep a model that it does not keep as logged, most literal first.
///
/// None is a guess. Logs decorate names: `claude-opus-4-8[1m]`, `us.anthropic.claude-sonnet-4-5-20250929-v1:0`,
/// `openrouter/anthropic/claude-sonnet-4.6`, `claude-haiku-4-5@20251001`. What has another price keeps its decoration
/// and so stays unknown: `:free`, a fine-tune's `ft:`, another host's `groq/`, an unlisted `-spark`.
struct ModelName {
    struct Candidate {
        var name: String
        /// The name itself asks for fast service (Copilot's `claude-opus-4.8-fast`).
        var isFast = false
        /// One of Bedrock's regional endpoints, which cost more than the global one.
        var isRegional = false
    }

    var candidates: [Candidate]

    init(_ logged: String) {
        candidates = []
        var name = logged.lowercased()[...]
        if name.last == "]", let open = name.lastIndex(of: "[") { name = name[..<open] }
        while let slash = name.firstIndex(of: "/"), Self.transparentPrefixes.contains(name[..<slash]) {
            name = name[name.index(after: slash)...]
        }
        let isRegional = Self.removeBedrock(from: &name)
        if let at = name.firstIndex(of: "@") { name = name[..<at] }
        for spelling in Self.spellings(of: String(name)) {
            candidates.append(Candidate(name: spelling, isRegional: isRegional))
        }
        guard name.hasSuffix("-fast") else { return }
        for spelling in Self.spellings(of: String(name.dropLast(5))) {
            candidates.append(Candidate(name: spelling, isFast: true, isRegional: isRegional))
        }
    }

    /// Whoever passes on the provider's own price: the provider itself, its clouds, and plans whose value is that price.
    private static let transparentPrefixes: Set<Substring> = [
        "alibaba", "amazon-bedrock", "anthropic", "azure", "azure_ai", "bedrock", "chatgpt", "copilot", "dashscope",
        "deepseek", "gemini", "github-copilot", "github_copilot", "google", "google-vertex", "google-vertex-anthropic",
        "minimax", "mistral", "mistralai", "models", "moonshot", "moonshotai", "openai", "openai-codex", "opencode",
        "openrouter", "qwen", "vertex", "vertex_ai", "x-ai", "xai", "z-ai", "zai", "zai-org", "zhipuai",
    ]

    private static let regions: Set<Substring> = ["us", "eu", "au", "jp", "apac"]

    /// Takes `us.anthropic.` and `-v1:0` off; says whether the endpoint was a region's.
    private static func removeBedrock(from name: inout Substring) -> Bool {
        guard let vendor = name.range(of: "anthropic.") else { return false }
        let region = name[..<vendor.lower].dropLast()
        guard region.isEmpty || region == "global" || regions.contains(region) else { return false }
        name = name[vendor.upper...]
        if let colon = name.lastIndex(of: ":") { name = name[..<colon] }
        if name.hasSuffix("-v1") || name.hasSuffix("-v2") { name = name.dropLast(3) }
        return regions.contains(region)
    }

    /// The name, and without its date or `-latest`; Claude's also with dashes for dots and in the order used now.
    private static func spellings(of name: String) -> [String] {
        var spellings = [name]
        if name.hasPrefix("claude-") {
            spellings.append(name.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "-"))
        }
        if name.hasPrefix("claude-"), name.hasSuffix("-4-0") { spellings.append(String(name.dropLast(2))) }
        for spelling in spellings { spellings += [undated(spelling)].compactMap { $0 } }
        for spelling in spellings { spellings += [reordered(spelling)].compactMap { $0 } }
        return spellings
    }

    /// Whether the name is a model's own: no alias such as `gemini-flash-latest`, no dated version or preview.
    static func isPlain(_ name: String) -> Bool {
        undated(name) == nil && name.split(separator: "-").last.map { $0.utf8.count == 4 && Int($0) != nil } != true
    }

    /// Without `-20250514`, `-2025-08-07` or `-latest`; nil where there is none.
    static func undated(_ name: String) -> String? {
        if name.hasSuffix("-latest") { return String(name.dropLast(7)) }
        let words = name.split(separator: "-", omittingEmptySubsequences: false)
        func isNumber(_ word: Substring, digits: Int) -> Bool {
            word.utf8.count == digits && word.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        }
        if words.count > 1, let day = words.last, isNumber(day, digits: 8), day.hasPrefix("20") {
            return words.dropLast().joined(separator: "-")
        }
        let tail = words.suffix(3)
        guard words.count > 3, let year = tail.first, isNumber(year, digits: 4), year.hasPrefix("20"),
            tail.dropFirst().allSatisfy({ isNumber($0, digits: 2) })
        else { return nil }
        return words.dropLast(3).joined(separator: "-")
    }

    /// `claude-4-sonnet` and `claude-4-5-sonnet` as `claude-sonnet-4` and `claude-sonnet-4-5`; nil for other names.
    private static func reordered(_ name: String) -> String? {
        let words = name.split(separator: "-")
        guard words.count >= 3, words[0] == "claude", let kind = words.last, kind.first?.isLetter == true,
            words[1...].dropLast().allSatisfy({ $0.allSatisfy(\.isNumber) })
        else { return nil }
        return ([words[0], kind] + words[1...].dropLast()).joined(separator: "-")
    }
}

extension Substring {
    /// Where a text first stands.
    fileprivate func range(of text: String) -> (lower: Index, upper: Index)? {
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(text) { return (at, index(at, offsetBy: text.count)) }
            at = index(after: at)
        }
        return nil
    }
}
