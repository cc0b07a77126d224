import Domain
import Statistics
import Testing

@testable import Routing

@Suite struct CascadePlanTests {
    private let cascade = Cascade(
        attempts: [
            Cascade.Attempt(model: ModelID("small"), acceptedGain: 0.1),
            Cascade.Attempt(model: ModelID("middle"), acceptedGain: 0.2),
        ],
        last: ModelID("large")
    )

    @Test func `an answer that will do is given`() {
        var plan = CascadePlan(cascade)
        #expect(plan.begin() == .ask(ModelID("small"), attempt: 0))
        #expect(plan.answered() == .judge(attempt: 0, acceptedGain: 0.1))
        #expect(plan.judged(accepts: true) == .give(attempt: 0))
        #expect(plan.escalations == 0)
    }

    @Test func `one that will not asks the next, and the last is given unjudged`() {
        var plan = CascadePlan(cascade)
        _ = plan.begin()
        _ = plan.answered()
        #expect(plan.judged(accepts: false) == .ask(ModelID("middle"), attempt: 1))
        #expect(plan.answered() == .judge(attempt: 1, acceptedGain: 0.2))
        #expect(plan.judged(accepts: false) == .ask(ModelID("large"), attempt: 2))
        #expect(plan.answered() == .give(attempt: 2))
        #expect(plan.escalations == 2)
    }

    @Test(arguments: [
        (0, ["large"]), (-1, ["large"]), (1, ["small", "large"]), (2, ["small", "middle", "large"]),
        (9, ["small", "middle", "large"]),
    ])
    func `as many models are asked as the limits allow, the last among them`(allowed: Int, models: [String]) {
        var plan = CascadePlan(cascade, escalationsAllowed: allowed)
        var asked: [String] = []
        var action = plan.begin()
        while case .ask(let model, _) = action {
            asked.append(model.rawValue)
            action = plan.answered()
            if case .judge = action { action = plan.judged(accepts: false) }
        }
        #expect(asked == models)
    }

    @Test func `a doubted answer is better than none`() {
        var plan = CascadePlan(cascade)
        _ = plan.begin()
        _ = plan.answered()
        _ = plan.judged(accepts: false)
        #expect(plan.failed() == .ask(ModelID("large"), attempt: 2))
        #expect(plan.failed() == .give(attempt: 0))
    }

    @Test func `where every model fails the client learns it`() {
        var plan = CascadePlan(cascade)
        _ = plan.begin()
        _ = plan.failed()
        _ = plan.failed()
        #expect(plan.failed() == .fail)
    }

    /// Any events in any order, as a broken connection may bring them.
    @Test func `never escalates more than twice, never gives twice, and gives only what was answered`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let allowed = generator.nextIndex(below: 5)
            var plan = CascadePlan(cascade, escalationsAllowed: allowed)
            var asked = 0
            var endings = 0
            var answers: Set<Int> = []
            var attempt = 0
            for _ in 0..<20 {
                let event = generator.nextIndex(below: 4)
                let action =
                    switch event {
                    case 0: plan.begin()
                    case 1: plan.answered()
                    case 2: plan.failed()
                    default: plan.judged(accepts: generator.nextUnit() < 0.3)
                    }
                if event == 1, action != .none { answers.insert(attempt) }
                switch action {
                case .ask(_, let next):
                    asked += 1
                    attempt = next
                case .give(let given):
                    endings += 1
                    #expect(answers.contains(given))
                case .fail: endings += 1
                case .judge, .none: break
                }
            }
            #expect(asked <= 1 + min(2, allowed))
            #expect(plan.escalations <= min(2, allowed))
            #expect(endings <= 1)
        }
    }
}
