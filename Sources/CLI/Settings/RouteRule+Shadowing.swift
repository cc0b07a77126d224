import Routing

extension RouteRule.Condition {
    /// Whether it holds for every request that another one holds for, as far as what they say tells.
    func covers(_ other: RouteRule.Condition) -> Bool {
        func isAsSaid<Value: Equatable>(_ mine: Value?, _ others: Value?) -> Bool { mine == nil || mine == others }
        func covers(_ mine: String?, _ others: String?) -> Bool {
            guard let mine else { return true }
            return others.map { isGlob(mine, over: $0) } ?? mine.allSatisfy { $0 == "*" }
        }
        return isAsSaid(phase, other.phase) && isAsSaid(agent, other.agent) && isAsSaid(project, other.project)
            && isAsSaid(app, other.app) && covers(model, other.model) && covers(path, other.path)
            && headers.allSatisfy { name, value in other.headers[name].map { isGlob(value, over: $0) } ?? false }
    }
}

/// Whether a glob means whatever another one means: a `*` of the other is met by one only.
private func isGlob(_ glob: String, over other: String) -> Bool {
    let glob = Array(glob.lowercased().utf8)
    let text = Array(other.lowercased().utf8)
    let star = UInt8(ascii: "*")
    var (at, place) = (0, 0)
    var retry: (text: Int, glob: Int)?
    while at < text.count {
        if place < glob.count, glob[place] == star {
            retry = (at, place + 1)
            place += 1
        } else if place < glob.count, glob[place] == text[at] {
            at += 1
            place += 1
        } else if let last = retry {
            retry = (last.text + 1, last.glob)
            at = last.text + 1
            place = last.glob
        } else {
            return false
        }
    }
    return glob[place...].allSatisfy { $0 == star }
}

extension GatewaySettings {
    /// Names the rules that no request reaches, as one before takes all that they mean.
    func noteShadowedRules(in file: TOMLSection) {
        for (place, rule) in policy.rules.enumerated() {
            guard let earlier = policy.rules[..<place].firstIndex(where: { $0.when.covers(rule.when) }) else {
                continue
            }
            file.error(
                "route[\(place + 1)]",
                "never applies: route[\(earlier + 1)] takes every request it means; put it before that one, or remove it"
            )
        }
    }
}
