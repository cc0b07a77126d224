internal import Domain
internal import JSONText

/// What is known of a program, or of one of its subcommands.
struct Program {
    /// What the word behind it is.
    enum Style: UInt8 {
        /// Nothing that matters.
        case plain
        /// A subcommand, if it is a known one.
        case words
        /// A task of the project's, such as npm's scripts and make's targets.
        case task
        /// A known subcommand, else a task.
        case wordsOrTask
        /// A script.
        case script
        /// A script; with `-c` the text of one.
        case shell
        /// The same, with options of whole words behind one dash.
        case powerShell
        /// Another program, which then decides.
        case program
        /// Another program, behind one more word (a duration, a folder).
        case programAfterWord
        /// Another program, or the shell's own syntax goes on: `then`, `do`, `!`.
        case transparent
        /// Not a command: `for`, `done`.
        case silent
        /// PowerShell's loops, a pipeline's or by themselves: the block behind them runs.
        case block
        /// `[[`: its words are compared, not run.
        case condition
    }

    /// How much a command counts among others.
    enum Weight: UInt8, Comparable {
        /// Neither looks nor changes: `cd`, `echo`, `true`.
        case nothing
        /// Looks at what the command before it in the pipeline printed.
        case filtering
        case observing
        /// Writes what others printed: `tee`.
        case recording
        case executing
        case changing
        /// What a piece of work ends with (`git commit`), whatever is pushed or cleaned up behind it.
        case finishing

        static func < (one: Weight, other: Weight) -> Bool { one.rawValue < other.rawValue }
    }

    var kind: ActionKind
    var weight: Weight
    var style = Style.plain
    /// Which list of ``ProgramRule``s applies; 0 is none.
    var rules: UInt8 = 0
    /// Which list of options that take the next word as their value; 0 is none.
    var values: UInt8 = 0
    /// Which list of options that take no value, besides those that mean so everywhere; 0 is none.
    var flags: UInt8 = 0
    /// Whose subcommands it has, where they are another's; 0 for its own.
    var family: UInt64 = 0
}

/// A program that means something else with certain words.
struct ProgramRule {
    var flags: [UInt64] = []
    /// A short option's letter, alone or among others (`-ni`).
    var letter: UInt8 = 0
    /// At least so many words that are no options; 0 where they do not matter.
    var operands = 0
    /// Letters that may stand in front of the option's own behind one dash; where there are none, small ones and `E`.
    var lettersBefore: [UInt8] = []
    /// It takes a value, and means nothing with one of these.
    var harmlessValues: [UInt64] = []
    var kind: ActionKind
    var weight: Program.Weight
}

/// Programs and their subcommands by the hash of their names.
struct ProgramTable {
    // Open addressing, at most half full.
    private var keys = [UInt64](repeating: 0, count: 4096)
    private var programs = [Program](repeating: Program(kind: .other, weight: .nothing), count: 4096)
    private var shift: UInt64 = 52
    private var count = 0
    private(set) var rules: [[ProgramRule]] = [[]]
    private(set) var values: [[UInt64]] = [[]]
    /// The first are those of every program.
    private(set) var flags = [
        hashes(of: "-- -q -v -y --silent --quiet --yes --verbose --debug --offline --force --watch --help --version")
    ]

    static let known = ProgramTable.filled()

    /// The hash of a subcommand below the hash of its program.
    @inline(__always)
    static func key(_ word: UInt64, under program: UInt64) -> UInt64 {
        (program &* 0x9E37_79B9_7F4A_7C15) ^ word
    }

    @inline(__always)
    func program(_ key: UInt64) -> Program? {
        keys.withUnsafeBufferPointer { keys in
            var index = Int(truncatingIfNeeded: key >> shift)
            while keys[index] != 0 {
                if keys[index] == key { return programs[index] }
                index = (index &+ 1) & (keys.count &- 1)
            }
            return nil
        }
    }

    private mutating func set(_ key: UInt64, _ program: Program) {
        if count * 2 >= keys.count { grow() }
        var index = Int(truncatingIfNeeded: key >> shift)
        while keys[index] != 0, keys[index] != key { index = (index + 1) & (keys.count - 1) }
        if keys[index] == 0 { count += 1 }
        keys[index] = key
        programs[index] = program
    }

    private mutating func grow() {
        let old = zip(keys, programs).filter { $0.0 != 0 }
        keys = [UInt64](repeating: 0, count: keys.count * 2)
        programs = [Program](repeating: Program(kind: .other, weight: .nothing), count: keys.count)
        (shift, count) = (shift - 1, 0)
        for (key, program) in old { set(key, program) }
    }

    /// The key of words separated by spaces; nil for none.
    private static func path(_ words: String) -> UInt64? {
        var key: UInt64?
        eachHash(of: words) { hash in key = key.map { ProgramTable.key(hash, under: $0) } ?? hash }
        return key
    }

    /// Adds programs (or, below the words of `under`, subcommands), their names separated by spaces.
    mutating func add(
        _ names: String,
        under parent: String = "",
        _ kind: ActionKind,
        _ weight: Program.Weight,
        _ style: Program.Style = .plain,
        values options: String = "",
        flags: String = "",
        like family: String = "",
        but rules: ProgramRule...
    ) {
        var program = Program(kind: kind, weight: weight, style: style)
        if !rules.isEmpty {
            self.rules.append(rules)
            program.rules = UInt8(self.rules.count - 1)
        }
        if !options.isEmpty {
            values.append(hashes(of: options))
            program.values = UInt8(values.count - 1)
        }
        if !flags.isEmpty {
            self.flags.append(hashes(of: flags))
            program.flags = UInt8(self.flags.count - 1)
        }
        if !family.isEmpty { program.family = ProgramTable.path(family) ?? 0 }
        let base = ProgramTable.path(parent)
        eachHash(of: names) { hash in set(base.map { ProgramTable.key(hash, under: $0) } ?? hash, program) }
    }
}

extension ProgramRule {
    /// With one of these options (or words).
    static func with(_ flags: String, _ kind: ActionKind, _ weight: Program.Weight) -> ProgramRule {
        ProgramRule(flags: hashes(of: flags), kind: kind, weight: weight)
    }

    /// With a short option, which may stand among others.
    static func with(letter: Unicode.Scalar, _ kind: ActionKind, _ weight: Program.Weight) -> ProgramRule {
        ProgramRule(letter: UInt8(ascii: letter), kind: kind, weight: weight)
    }

    /// With an option that takes a value, its long forms and its letter, unless its value is one of those given.
    static func with(
        _ flags: String,
        letter: Unicode.Scalar,
        after letters: String,
        unless values: String,
        _ kind: ActionKind,
        _ weight: Program.Weight
    ) -> ProgramRule {
        ProgramRule(
            flags: hashes(of: flags),
            letter: UInt8(ascii: letter),
            lettersBefore: Array(letters.utf8),
            harmlessValues: hashes(of: values),
            kind: kind,
            weight: weight
        )
    }

    /// With at least so many words that are no options.
    static func with(operands: Int, _ kind: ActionKind, _ weight: Program.Weight) -> ProgramRule {
        ProgramRule(operands: operands, kind: kind, weight: weight)
    }
}

/// Hands over the hash of each word; on bytes, as the table is filled in every process that reads logs.
private func eachHash(of words: String, _ body: (UInt64) -> Void) {
    var words = words
    words.withUTF8 { bytes in
        var start = 0
        for index in 0...bytes.count where index == bytes.count || bytes[index] == 0x20 {
            if index > start {
                body(stableHash(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<index]))))
            }
            start = index + 1
        }
    }
}

private func hashes(of words: String) -> [UInt64] {
    var hashes: [UInt64] = []
    eachHash(of: words) { hashes.append($0) }
    return hashes
}
