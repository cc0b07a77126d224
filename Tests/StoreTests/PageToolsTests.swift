import Domain
import Statistics
import Testing

@testable import Store

@Suite struct PageToolsTests {
    private func tools(of strands: [Reading.Strand]) -> PageTools {
        let page = EncodedPage(session: SessionID(agent: .pi, name: "s1"), strands: strands)
        return page.tools.withUnsafeBytes { PageTools($0, form: .current) }
    }

    private func key(_ id: UInt64) -> CallKey { CallKey(id: id, request: 1) }

    @Test func `a call's tools come in order, whatever stands between them`() {
        let first: [ToolCall] = [.sample(1, of: 1), .sample(2, of: 2, name: "Grep"), .sample(3, of: 1, name: "Bash")]
        let second: [ToolCall] = [.sample(4, of: 2, name: "Edit"), .sample(5, of: 1, name: "Read")]
        let tools = tools(of: [.sample(toolCalls: first), .sample(toolCalls: second)])
        #expect(tools.names(of: key(1)) == ["Read", "Bash", "Read"])
        #expect(tools.names(of: key(2)) == ["Grep", "Edit"])
        #expect(tools.names(of: key(3)).isEmpty)
        #expect(tools.names(of: CallKey(id: 1, request: 2)).isEmpty, "another request's are its own")
    }

    @Test func `a tool call that is shown twice counts once`() {
        let tools = tools(of: [.sample(toolCalls: [.sample(1, of: 1), .sample(1, of: 1), .sample(1, of: 2)])])
        #expect(tools.names(of: key(1)) == ["Read"])
        #expect(tools.names(of: key(2)).isEmpty)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `many calls keep what a dictionary would, also where hashes collide`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var wanted: [CallKey: [String]] = [:]
        var calls: [ToolCall] = []
        for index in 0..<Int.random(in: 0...300, using: &generator) {
            // The low bits, by which they are found, are those of few.
            let id = UInt64.random(in: 0...60, using: &generator) << UInt64.random(in: 0...40, using: &generator)
            let call: ToolCall = .sample(UInt64(index), of: id, name: "t\(index % 7)")
            calls.append(call)
            wanted[call.call, default: []].append(call.name)
        }
        let tools = tools(of: [.sample(toolCalls: calls)])
        for (call, names) in wanted { #expect(tools.names(of: call) == names) }
    }

    @Test func `damaged bytes name none`() {
        let strands: [Reading.Strand] = [.sample(toolCalls: [.sample(1, of: 1)])]
        let page = EncodedPage(session: SessionID(agent: .pi, name: "s1"), strands: strands)
        for index in page.tools.indices {
            var bytes = page.tools
            bytes[index] ^= 0x41
            let tools = bytes.withUnsafeBytes { PageTools($0, form: .current) }
            #expect(tools.names(of: key(1)).isEmpty)
        }
    }
}

@Suite struct IDTableTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `it holds what a set holds, however it has to grow`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var table = IDTable(capacity: 0)
        var set: Set<UInt64> = []
        #expect(table.isEmpty)
        for _ in 0..<1_000 {
            let id = UInt64.random(in: 0...400, using: &generator) << UInt64.random(in: 0...30, using: &generator)
            #expect(table.contains(id) == set.contains(id))
            let (isNew, isNewInSet) = (table.insert(id), set.insert(id).inserted)
            #expect(isNew == isNewInSet)
        }
        let found = set.filter { table.contains($0) }
        #expect(found == set && !table.isEmpty)
    }

    @Test func `zero alone is an id, too`() {
        var table = IDTable(capacity: 0)
        #expect(!table.contains(0))
        let isNew = [table.insert(0), table.insert(0)]
        #expect(isNew == [true, false])
        #expect(table.contains(0) && !table.isEmpty)
    }
}
