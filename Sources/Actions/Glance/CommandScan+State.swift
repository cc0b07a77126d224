extension CommandScan {
    /// What is open round the command at hand.
    struct Frame {
        var outer: CommandMeaning
        /// Where the word began in which this opened; nil where it stands by itself.
        var word: Int?
        var wasQuoted = false
        var closing: UInt8
        /// Its words are no commands: an array, a script block.
        var isText = false
        var stage: Stage
        var redirect: Redirect?
    }

    struct Heredoc {
        var delimiter: CommandSpan
        var stripsTabs: Bool
    }

    struct Redirect {
        enum Target {
            case input
            case output
            case descriptor
            case heredoc(stripsTabs: Bool)
        }

        var target: Target
        var isFromErrors: Bool
        /// Bytes kept before it.
        var kept: Int
    }

    /// A `case` that is open: its patterns are text, though they stand where commands begin.
    struct OpenCase {
        /// How many frames are open round it.
        var depth: Int
        /// It has not come to its first pattern.
        var awaitsIn = true
    }

    /// A stage of a pipeline that may turn out only to trim what is printed.
    struct Stage {
        /// Bytes kept before its pipe; nil in front of the first.
        var kept: Int?
        /// Of a row of trimming stages the first one's.
        var trimsFrom: Int?
        var words = 0
        var trims = false
    }
}
