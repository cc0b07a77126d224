import Testing

@testable import Gateway
@testable import Providers

@Suite struct RelayStateTests {
    private typealias Action = RelayState.Action

    @Test func `a whole reply is committed, passed and finished`() {
        var state = RelayState()
        state.sent()
        #expect(state.replied(.whole, converts: false, hasAnother: true) == .commit)
        #expect(state.received(.event, hasAnother: true) == .pass)
        #expect(state.ended(isWhole: true, hasAnother: true) == .finish)
        let isOver = state.isOver
        #expect(isOver)
    }

    @Test func `pitfall 13: a stream is held until it has shown a real event`() {
        var state = RelayState()
        state.sent()
        #expect(state.replied(.stream, converts: false, hasAnother: false) == .hold)
        #expect(state.received(.nothing, hasAnother: false) == .hold)
        let isCommitted = state.isCommitted
        #expect(!isCommitted)
        #expect(state.received(.event, hasAnother: false) == .commit)
        let isNowCommitted = state.isCommitted
        #expect(isNowCommitted)
    }

    @Test(arguments: [(true, RelayState.Action.askAnother), (false, .fail(.failedStream))])
    func `pitfall 13: a stream that begins with an error fails over, or fails`(
        hasAnother: Bool,
        action: RelayState.Action
    ) {
        var state = RelayState()
        state.sent()
        _ = state.replied(.stream, converts: false, hasAnother: hasAnother)
        #expect(state.received(.error, hasAnother: hasAnother) == action)
    }

    @Test func `pitfall 14: there is no third attempt`() {
        var state = RelayState()
        state.sent()
        #expect(state.replied(.trouble, converts: false, hasAnother: true) == .askAnother)
        state.sent()
        let attempts = state.attempts
        #expect(attempts == 2)
        #expect(state.replied(.trouble, converts: false, hasAnother: true) == .commit)
    }

    @Test(arguments: [RelayState.Reply.whole, .stream])
    func `a tried answer is withheld to its end, then judged`(reply: RelayState.Reply) {
        var state = RelayState()
        state.sent(.trial)
        #expect(state.replied(reply, converts: true, hasAnother: true) == .hold)
        #expect(state.received(.event, hasAnother: true) == .hold)
        let isCommitted = state.isCommitted
        #expect(!isCommitted)
        #expect(state.ended(isWhole: true, hasAnother: true) == .judge)
        #expect(state.failed(.closedInBody, hasAnother: true) == .nothing)
        state.changesModel()
        state.sent(.last)
        #expect(state.replied(.whole, converts: false, hasAnother: false) == .commit)
        let attempts = state.attempts
        #expect(attempts == 2)
    }

    @Test(arguments: [RelayState.Stake.trial, .last])
    func `where something else can be given a failure is the next model's chance`(stake: RelayState.Stake) {
        func state(_ event: (inout RelayState) -> Action) -> Action {
            var state = RelayState()
            state.sent(stake)
            return event(&state)
        }
        #expect(state { $0.replied(.refusal, converts: false, mayBeMended: true, hasAnother: true) } == .askNextModel)
        #expect(state { $0.replied(.trouble, converts: true, hasAnother: false) } == .askNextModel)
        #expect(state { $0.replied(.trouble, converts: false, hasAnother: true) } == .askAnother)
        #expect(state { $0.failed(.closedBeforeHead, hasAnother: false) } == .askNextModel)
        let broken = state {
            _ = $0.replied(.stream, converts: false, hasAnother: false)
            return $0.received(.error, hasAnother: false)
        }
        #expect(broken == .askNextModel)
        let cut = state {
            _ = $0.replied(.stream, converts: false, hasAnother: false)
            return $0.ended(isWhole: false, hasAnother: false)
        }
        #expect(cut == .askNextModel)
    }

    @Test func `more than may be withheld gives the model up, and each model may be asked twice`() {
        var state = RelayState()
        state.sent(.trial)
        #expect(state.replied(.trouble, converts: false, hasAnother: true) == .askAnother)
        state.sent(.trial)
        #expect(state.replied(.stream, converts: false, hasAnother: true) == .hold)
        #expect(state.received(.tooLong, hasAnother: true) == .askNextModel)
        state.changesModel()
        state.sent(.last)
        #expect(state.failed(.closedBeforeHead, hasAnother: true) == .askAnother)
        #expect(state.clientLeft() == .abandon)
    }

    @Test func `pitfall 6: a refusal is judged whole, and mended once`() {
        var state = RelayState()
        state.sent()
        #expect(state.replied(.refusal, converts: false, mayBeMended: true, hasAnother: true) == .hold)
        #expect(state.received(.nothing, hasAnother: true) == .hold)
        #expect(state.ended(isWhole: true, canBeMended: true, hasAnother: true) == .repair)
        state.sent()
        #expect(state.replied(.refusal, converts: false, mayBeMended: true, hasAnother: true) == .commit)
        #expect(state.ended(isWhole: true, canBeMended: true, hasAnother: true) == .finish)
    }

    @Test func `a refusal that cannot be mended is committed and ends`() {
        var state = RelayState()
        state.sent()
        _ = state.replied(.refusal, converts: false, mayBeMended: true, hasAnother: false)
        #expect(state.ended(isWhole: true, canBeMended: false, hasAnother: false) == .commit)
        #expect(state.ended(isWhole: true, canBeMended: false, hasAnother: false) == .finish)
    }

    @Test func `nothing is asked again once the client has a byte`() {
        var state = RelayState()
        state.sent()
        _ = state.replied(.stream, converts: false, hasAnother: true)
        _ = state.received(.event, hasAnother: true)
        #expect(state.failed(.closedInBody, hasAnother: true) == .breakOff)
        #expect(state.failed(.closedInBody, hasAnother: true) == .nothing)
    }

    @Test func `what is converted whole is collected, errors too`() {
        for reply in [RelayState.Reply.whole, .refusal, .trouble] {
            var state = RelayState()
            state.sent()
            #expect(state.replied(reply, converts: true, hasAnother: false) == .collect)
            #expect(state.received(.event, hasAnother: false) == .hold)
            #expect(state.ended(isWhole: true, hasAnother: false) == .finish)
        }
    }

    @Test func `pitfall 28: a client that leaves ends everything, once`() {
        for events in 0..<4 {
            var state = RelayState()
            if events > 0 { state.sent() }
            if events > 1 { _ = state.replied(.stream, converts: false, hasAnother: true) }
            if events > 2 { _ = state.received(.event, hasAnother: true) }
            #expect(state.clientLeft() == .abandon)
            #expect(state.clientLeft() == .nothing)
            #expect(state.failed(.closedInBody, hasAnother: true) == .nothing)
            #expect(state.ended(isWhole: false, hasAnother: true) == .nothing)
        }
    }

    @Test(arguments: [
        (200, true, RelayState.Reply.stream), (200, false, .whole), (400, false, .refusal), (401, true, .refusal),
        (307, false, .refusal), (408, false, .trouble), (429, false, .trouble), (500, true, .trouble),
        (529, false, .trouble),
    ])
    func `a reply is what its status says`(status: Int, isEventStream: Bool, reply: RelayState.Reply) {
        #expect(RelayState.Reply(status: status, isEventStream: isEventStream) == reply)
    }
}
