internal import Domain

extension Equivalence {
    /// What a call has in common with another; but for which side covers which, the order does not matter.
    package init(of a: ComparedCall, and b: ComparedCall, knowing files: KnownFiles = KnownFiles()) {
        self =
            if a.tool == b.tool, a.place == b.place, a.input.isSpelled(as: b.input) {
                Equivalence(level: .identical, reason: .sameInput)
            } else if a.action == b.action {
                Equivalence(level: .canonical, reason: .sameAction)
            } else {
                Equivalence(a.action, b.action, files) ?? Equivalence(tools: a, b)
            }
    }

    /// By what the actions come to, or are about; nil where their kinds and tools are all there is to compare.
    private init?(_ a: CanonicalAction, _ b: CanonicalAction, _ files: KnownFiles) {
        switch (a.substance, b.substance) {
        case (.read(let one), .read(let other)) where a.targets == b.targets:
            self.init(one, other, lines: a.targets.first.flatMap { files.lineCounts[$0] })
        case (.changes(let one), .changes(let other)):
            guard let equivalence = Equivalence(one, other, files) else { return nil }
            self = equivalence
        case (.search(let pattern, let only, let isLoose), .search(let otherPattern, let otherOnly, let otherIsLoose))
        where pattern.utf8.elementsEqual(otherPattern.utf8):
            let asksAlike = only == otherOnly && isLoose == otherIsLoose && a.kind == b.kind
            let isFound = files.found.map { $0.allSatisfy { a.contains($0) && b.contains($0) } } ?? false
            self = Equivalence(
                level: asksAlike && isFound ? .effect : .intent,
                reason: asksAlike && isFound ? .sameFindings : .samePattern
            )
        case (.shell(let one, let place), .shell(let other, let otherPlace)):
            guard let command = one.telling(in: place), command == other.telling(in: otherPlace) else { return nil }
            self = Equivalence(level: .intent, reason: .sameProgram)
        default: return nil
        }
    }

    /// By kind, target and tool.
    private init(tools a: ComparedCall, _ b: ComparedCall) {
        let (one, other) = (a.action, b.action)
        guard one.kind == other.kind else {
            self.init(level: .none, reason: .otherKind)
            return
        }
        let isOfFiles =
            [.readFile, .edit, .list, .search].contains(one.kind) && (one.isAboutFiles || other.isAboutFiles)
        self =
            if isOfFiles, one.targets == other.targets {
                Equivalence(level: .intent, reason: .samePath)
            } else if one.kind == .fetch, let host = one.host, host == other.host {
                Equivalence(level: .intent, reason: .sameHost)
            } else if one.kind == .delegate, one.targets == other.targets {
                Equivalence(level: .intent, reason: .sameAgent)
            } else if !isOfFiles, a.effect != .plan, a.tool == b.tool, !a.isShell {
                Equivalence(level: .intent, reason: .sameTool)
            } else if one.kind == .other {
                Equivalence(level: .none, reason: .otherKind)
            } else {
                Equivalence(level: .kind, reason: .sameKind)
            }
    }

    /// Lines of one file, which has so many where that is known.
    private init(_ one: LineRange, _ other: LineRange, lines: Int?) {
        let (one, other) = (lines.map(one.clipped) ?? one, lines.map(other.clipped) ?? other)
        self =
            if one == other {
                Equivalence(level: .effect, reason: .sameLines)
            } else if other.covers(one) {
                Equivalence(level: .intent, reason: .coversLines)
            } else if one.covers(other) {
                Equivalence(level: .intent, reason: .coveredLines)
            } else {
                Equivalence(level: .intent, reason: .samePath)
            }
    }
}

extension ComparedCall {
    /// What its tool does is up to the command.
    fileprivate var isShell: Bool {
        ToolMeaning(toolNamed: tool).kind == .execute && ToolInput(input).commandLine != nil
    }
}

extension CanonicalAction {
    /// Whether a path lies in or below one of those that are looked at.
    fileprivate func contains(_ path: String) -> Bool {
        targets.contains { root in
            path.utf8.starts(with: root.utf8)
                && (path.utf8.count == root.utf8.count || root == "/"
                    || path.utf8.dropFirst(root.utf8.count).first == UInt8(ascii: "/"))
        }
    }

    fileprivate var isAboutFiles: Bool { targets.contains { $0.hasPrefix("/") || $0.dropFirst().hasPrefix(":/") } }

    fileprivate var host: Substring? {
        guard let address = targets.first, let start = address.firstRange(of: "://")?.upperBound else { return nil }
        return address[start...].prefix { $0 != "/" && $0 != "?" }
    }
}
