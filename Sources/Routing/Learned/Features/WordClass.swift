/// Words that say something about a request whatever it is about.
struct WordClass: OptionSet, Sendable {
    let rawValue: UInt16

    static let negation = WordClass(rawValue: 1)
    static let question = WordClass(rawValue: 1 << 1)
    /// What follows `how` where a quantity is asked for.
    static let measure = WordClass(rawValue: 1 << 2)
    static let comparison = WordClass(rawValue: 1 << 3)
    static let condition = WordClass(rawValue: 1 << 4)
    static let imperative = WordClass(rawValue: 1 << 5)
    static let function = WordClass(rawValue: 1 << 6)
    static let person = WordClass(rawValue: 1 << 7)
    static let how = WordClass(rawValue: 1 << 8)

    static func of(_ hash: UInt64) -> WordClass { table.classes(of: hash) }

    private static let table = Table([
        (
            .negation,
            "no not except never none neither nor false incorrect isn't don't doesn't cannot can't without least"
        ),
        (.question, "what which how why who when where whose whom"),
        (.measure, "many much long far old often"),
        (
            .comparison,
            """
            more less than times twice half each per every total remaining left fewer most least difference rest
            """
        ),
        (.condition, "if then suppose assume given when unless whether let"),
        (
            .imperative,
            """
            write explain list describe compute calculate find solve determine prove give create implement choose select \
            complete translate summarize draft make return fix add rewrite identify compare discuss
            """
        ),
        (
            .function,
            """
            the a an of to in and or for with on at by from as is are was were be been it its this that these those their his \
            her he she they there
            """
        ),
        (.person, "you your i my me we our"),
        (.how, "how"),
    ])

    /// Open addressing over few words: most lookups end at an empty slot.
    private struct Table: Sendable {
        private var hashes: [UInt64]
        private var found: [WordClass]

        init(_ lists: [(WordClass, String)]) {
            hashes = Array(repeating: 0, count: 1024)
            found = Array(repeating: [], count: 1024)
            for (kind, words) in lists {
                for word in words.split(whereSeparator: \.isWhitespace) {
                    let hash = ScannedWords.hash(of: String(word))
                    var slot = Int(hash & 1023)
                    while hashes[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & 1023 }
                    hashes[slot] = hash
                    found[slot].insert(kind)
                }
            }
        }

        @inline(__always)
        func classes(of hash: UInt64) -> WordClass {
            var slot = Int(hash & 1023)
            while hashes[slot] != 0 {
                if hashes[slot] == hash { return found[slot] }
                slot = (slot + 1) & 1023
            }
            return []
        }
    }
}
