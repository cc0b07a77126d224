import Domain
import Routing
import Testing

@Suite struct ExampleRoutesTests {
    @Test(arguments: [
        ("Translate this letter into French", "translation"), ("write a commit message for my changes", "commit"),
        ("TRANSLATE this  letter into french", "translation"), ("Why is the sky blue?", nil), ("", nil),
    ])
    func `a prompt like an example goes its route`(prompt: String, route: String?) {
        let routes = ExampleRoutes([
            ExampleRoutes.Route(
                name: "translation",
                examples: ["Translate this letter into German", "Translate the text into English"].map(Self.features),
                target: ModelID("small")
            ),
            ExampleRoutes.Route(
                name: "commit",
                examples: [Self.features("Write a commit message for these changes")],
                target: nil
            ),
        ])
        #expect(routes.match(Self.features(prompt))?.route == route)
    }

    @Test func `without routes nothing matches`() {
        #expect(ExampleRoutes([]).match(Self.features("x")) == nil)
    }

    private static func features(_ text: String) -> PromptFeatures { PromptFeatures(of: text, embedding: nil) }
}
