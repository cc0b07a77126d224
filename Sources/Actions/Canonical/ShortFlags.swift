/// Programs whose flags come in any order, with those of one letter that take no value.
///
/// A flag that is not listed leaves the command as it is: it might take the next word, or mean something by its place.
private let orderFree: [String: String] = [
    "ls": "aAbBcCdDfFgGhHiklLmnNopqQrRsStuUvxXZ1", "rm": "dfiIrRv", "cp": "abdfilLnpPrRsuvx", "mv": "bfinuv",
    "mkdir": "pv", "rmdir": "pv", "touch": "acm", "wc": "clLmw", "du": "abcDhHklLmsSx", "df": "ahHiklTP",
    "grep": "abcEFGhHiIlLnoPqrRsUvwxyzZ", "egrep": "abchHiIlLnoqrRsvwx", "fgrep": "abchHiIlLnoqrRsvwx",
    "chmod": "cfRv", "ps": "aAdefjlNuvwx", "cat": "AbeEnstTuv", "uname": "amnoprsv", "tree": "adfilLpsu",
]

/// The words of a command with its known short flags split, sorted and put first; unchanged where one is not known.
func sortingShortFlags(_ words: [ShellWord]) -> [ShellWord] {
    guard let program = words.first?.literal, let known = orderFree[program] else { return words }
    var flags: Set<Character> = []
    var rest: [ShellWord] = []
    for (place, word) in words.enumerated().dropFirst() {
        guard let text = word.literal, text.hasPrefix("-"), text.count > 1 else {
            rest.append(word)
            continue
        }
        if text == "--" {
            rest += words[place...]
            break
        }
        let letters = text.dropFirst()
        guard letters.allSatisfy({ known.contains($0) }) else { return words }
        flags.formUnion(letters)
    }
    guard !flags.isEmpty else { return words }
    return [words[0], ShellWord("-" + String(flags.sorted()))] + rest
}
