import Domain
import Foundation
import Routing
import Similarity
import Statistics

/// Times what a decision of the learned router costs, over prompts of about 2,000 tokens that all differ.
func embedding(in folder: String) throws -> StaticEmbedding {
    let json = try Data(contentsOf: URL(fileURLWithPath: folder + "/tokenizer.json"))
    let tokenizer = try json.withUnsafeBytes { try BytePairTokenizer(json: $0) }
    let table = try Data(contentsOf: URL(fileURLWithPath: folder + "/embeddings.safetensors"), options: .alwaysMapped)
    return try StaticEmbedding(safetensors: table, tokenizer: tokenizer)
}

func nanoseconds(_ clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

struct Times {
    var cpu: [Int] = []
    var wall: [Int] = []

    mutating func measure(_ work: () -> Void) {
        let wall = nanoseconds(CLOCK_MONOTONIC)
        let cpu = nanoseconds(CLOCK_THREAD_CPUTIME_ID)
        work()
        self.cpu.append(nanoseconds(CLOCK_THREAD_CPUTIME_ID) - cpu)
        self.wall.append(nanoseconds(CLOCK_MONOTONIC) - wall)
    }

    func row(_ name: String, to base: Times) -> String {
        func at(_ times: [Int], _ share: Double) -> Double {
            Double(times.sorted()[min(times.count - 1, Int(Double(times.count) * share))]) / 1000
        }
        let ratio = at(cpu, 0.5) / max(0.001, at(base.cpu, 0.5))
        return "| \(name) | "
            + [at(cpu, 0.5), at(cpu, 0.99), at(wall, 0.5), at(wall, 0.99), ratio]
            .map { String(format: $0 < 10 ? "%.2f" : "%.0f", $0) }.joined(separator: " | ") + " |"
    }
}

/// One pass with nothing to decide: what no reader of the same bytes goes below.
@inline(never)
func checksum(of bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBufferPointer { $0.reduce(0) { $0 &* 31 &+ UInt64($1) } } }

guard CommandLine.arguments.count > 1 else {
    print("usage: RoutingTimes TEXT [EMBEDDINGS]\nTEXT  a file of some hundred KB of natural text to cut prompts from")
    exit(2)
}
// Words of real text, drawn in runs of a dozen, so that no two prompts share more than phrases.
let text = try String(contentsOfFile: CommandLine.arguments[1], encoding: .utf8)
let words = text.split(whereSeparator: \.isWhitespace)
let table = try CommandLine.arguments.dropFirst(2).first.map(embedding)
var generator = SeededGenerator(seed: 1)
let prompts = (0..<2_000).map { _ in
    var prompt = ""
    // Four bytes a token, the usual figure for English.
    while prompt.utf8.count < 8_000 {
        let start = generator.nextIndex(below: words.count - 12)
        prompt += words[start..<start + 12].joined(separator: " ") + " "
    }
    return prompt
}
let models = (0..<9).map { ModelID("model-\($0)") }
let rows = TrainingRows(
    models: models,
    prompts: (0..<5_000).map { _ in
        let start = generator.nextIndex(below: words.count - 60)
        return PromptFeatures(of: words[start..<start + 60].joined(separator: " "), embedding: table)
    },
    scores: (0..<5_000).map { _ in models.map { _ in generator.nextUnit() } },
    meanCost: models.map { _ in nil }
)
guard let blend = Blend(fitting: rows, seed: 1) else { exit(1) }

var (read, surface, features, scores, whole) = (Times(), Times(), Times(), Times(), Times())
var sum = 0.0
for prompt in prompts {
    let bytes = Array(prompt.utf8)
    read.measure { sum += Double(checksum(of: bytes)) }
    surface.measure { sum += Double(PromptFeatures(of: prompt, embedding: nil).surface[0]) }
    var found = PromptFeatures(surface: [], terms: [], embedding: [])
    features.measure { found = PromptFeatures(of: prompt, embedding: table) }
    scores.measure { sum += blend.expectedScores(for: found)[0] }
    whole.measure { sum += blend.expectedScores(for: PromptFeatures(of: prompt, embedding: table))[0] }
}
var (short, long, chore, worst) = (Times(), Times(), Times(), Times())
/// Simple to its end, and so read to its end.
let chores = [
    "run git status and then git diff, commit the changes, ", "please push the branch and ",
    "check the open PRs and then list the branches, ",
]
/// Found by a search for texts that take long: they begin as chores, name and quote things, and have to be read far.
let slow = [
    "git status list all \n open please bar prettier them it lint cat README.md 2 check the open PRs format the code "
        + String(repeating: "read the file `a.swift` ", count: 20),
    "what does \"quoted thing\" . --all for me \"quoted thing\" 2 open show me , commit the changes\n"
        + "please bar lint x format the code `a.swift` can you please "
        + String(repeating: "\u{201C}x\u{201D} ", count: 40),
    "run package --all ``` commit the changes list the branches " + String(repeating: "run git status ", count: 40),
    "git status ```x``` " + String(repeating: "the ", count: 1_000),
]
for prompt in prompts {
    var facts = RequestFacts(format: .messages, model: ModelID("claude-opus-4-8"))
    facts.lastHumanText = prompt
    long.measure { sum += Pattern.first(for: facts, at: .first) == nil ? 0 : 1 }
    facts.lastHumanText = String(prompt.prefix(300))
    short.measure { sum += Pattern.first(for: facts, at: .first) == nil ? 0 : 1 }
    facts.lastHumanText = String(
        (0..<8).map { _ in chores.randomElement(using: &generator) ?? "" }.joined().prefix(300)
    )
    chore.measure { sum += Pattern.first(for: facts, at: .first) == nil ? 0 : 1 }
}
for index in prompts.indices {
    var facts = RequestFacts(format: .messages, model: ModelID("claude-opus-4-8"))
    facts.lastHumanText = slow[index % slow.count]
    worst.measure { sum += Pattern.first(for: facts, at: .first) == nil ? 0 : 1 }
}
print(
    "\(prompts.count) prompts of 8,000 bytes; \(table == nil ? "without" : "with") embeddings, 9 models, 5,000 rows\n"
)
print("| what | CPU µs, median | 99% | wall µs, median | 99% | to one pass |\n|---|---|---|---|---|---|")
print(read.row("reading the bytes once", to: read))
print(surface.row("words and surface", to: read))
print(features.row("all features", to: read))
print(scores.row("the blend", to: read))
print(whole.row("features and blend", to: read))
print(long.row("patterns", to: read))
print(short.row("patterns, 300 bytes", to: read))
print(chore.row("patterns, 300 bytes of chores", to: read))
print(worst.row("patterns, the worst found", to: read))
if sum.isNaN { print(sum) }
