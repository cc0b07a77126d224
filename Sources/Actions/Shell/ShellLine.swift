/// A command line as bash would take it apart.
///
/// Pipelines, lists, redirects, heredocs, subshells, nested substitutions, loops, conditions, groups and functions are
/// parsed. Arrays, `select`, `time`, loops that count and quotes inside `${…}` are not: a line with one of them stays
/// text.
package enum ShellLine: Hashable, Sendable {
    case parsed(ShellScript)
    /// The text as it stands, runs of white space outside quotes squeezed to one.
    case opaque(String)

    package init(_ text: String) {
        var parser = ShellParser(Array(text.utf8))
        do throws(ShellParser.Unsupported) {
            self = .parsed(try parser.script())
        } catch {
            self = .opaque(squeezed(text))
        }
    }

    package var isParsed: Bool {
        switch self {
        case .parsed: true
        case .opaque: false
        }
    }
}

/// Commands that run one after the other.
package struct ShellScript: Hashable, Sendable {
    package var items: [Item] = []

    /// A pipeline and what joins it to the next.
    package struct Item: Hashable, Sendable {
        package var pipeline: ShellPipeline
        package var joint: Joint
    }

    package enum Joint: Hashable, Sendable {
        /// `;`, a line's end, or the end of all.
        case next
        /// `&`
        case background
        /// `&&`
        case and
        /// `||`
        case or
    }
}

package struct ShellPipeline: Hashable, Sendable {
    /// `!` stands before it.
    package var isNegated = false
    package var stages: [Stage] = []

    package struct Stage: Hashable, Sendable {
        package var body: Body
        package var redirects: [ShellRedirect] = []
        /// `|&`: its errors go down the pipe as well.
        package var pipesErrors = false
    }

    package enum Body: Hashable, Sendable {
        case simple(assignments: [ShellWord], words: [ShellWord])
        /// `( … )`
        case subshell(ShellScript)
        case compound(ShellCompound)
    }
}

/// A word in its pieces, quotes removed.
package struct ShellWord: Hashable, Sendable {
    package var pieces: [Piece] = []

    package enum Piece: Hashable, Sendable {
        /// Unquoted, it may hold what the shell expands in a word: `*`, `?`, `[…]`, `{a,b}`, a leading `~`.
        case text(String, isQuoted: Bool)
        /// `$NAME`, `${…}` or `$((…))`, as it is spelled.
        case expansion(String, isQuoted: Bool)
        /// `$( … )` or backticks.
        case substitution(ShellScript, isQuoted: Bool)
        /// `<( … )` or `>( … )`.
        case process(ShellScript, isInput: Bool)
    }

    package init(pieces: [Piece] = []) { self.pieces = pieces }

    package init(_ text: String) { pieces = [.text(text, isQuoted: true)] }

    /// The text, where nothing in it is expanded; globs and braces stand for themselves.
    package var literal: String? {
        var whole = ""
        for piece in pieces {
            guard case .text(let text, _) = piece else { return nil }
            whole += text
        }
        return whole
    }
}

package struct ShellRedirect: Hashable, Sendable {
    /// The number in front of it.
    package var descriptor: Int?
    package var operation: Operation
    package var target: Target

    package enum Operation: String, Hashable, Sendable {
        case input = "<"
        case output = ">"
        case append = ">>"
        case clobber = ">|"
        case both = "<>"
        case duplicateInput = "<&"
        case duplicateOutput = ">&"
        case outputAndErrors = "&>"
        case appendOutputAndErrors = "&>>"
        case heredoc = "<<"
        case text = "<<<"
    }

    package enum Target: Hashable, Sendable {
        case word(ShellWord)
        /// A heredoc's body, leading tabs gone where `<<-` asked for it; raw, where its delimiter was quoted.
        case body(String, isRaw: Bool)
    }
}

/// The text with white space outside quotes squeezed; the form in which lines that are not parsed are compared.
func squeezed(_ text: String) -> String {
    var out: [UInt8] = []
    var quote: UInt8?
    var gap: UInt8?
    var isEscaped = false
    for byte in text.utf8 {
        let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
        if quote == nil, !isEscaped, isBlank {
            gap = byte == 0x0A || gap == 0x0A ? 0x0A : 0x20
            continue
        }
        if let kept = gap, !out.isEmpty { out.append(kept) }
        gap = nil
        out.append(byte)
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
            isEscaped = true
        } else if byte == quote {
            quote = nil
        } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
            quote = byte
        }
    }
    return String(decoding: out, as: UTF8.self)
}
