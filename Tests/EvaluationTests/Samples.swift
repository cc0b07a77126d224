package import Domain
import Evaluation
import Foundation
import Routing

extension DataFile {
    /// A file with a name that says nothing.
    init(_ text: String, name: String = "file") { self.init(name: name, bytes: Array(text.utf8)) }
}

extension DataSet {
    init(_ texts: String..., droppingContaminated drops: Bool = false) {
        self.init(reading: texts.map { DataFile($0) }, droppingContaminated: drops)
    }
}

extension RatedPrompt {
    /// Results of the models `weak` and `strong`.
    static func pair(_ prompt: String, weak: Double, strong: Double) -> RatedPrompt {
        RatedPrompt(
            id: prompt,
            prompt: prompt,
            results: [Result(model: "weak", score: weak), Result(model: "strong", score: strong)]
        )
    }
}

extension ModelID: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(value) }
}

/// Real data, where somebody has put it.
func sharedData(_ path: String) -> DataFile? {
    let url = URL(filePath: #filePath).appending(path: "../../../../shared/data/routing/" + path).standardizedFileURL
    return FileManager.default.contents(atPath: url.path).map { DataFile(name: path, bytes: Array($0)) }
}
