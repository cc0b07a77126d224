package import Domain

/// A piece of work inside a session: all of it, one subagent, or what followed one prompt.
package struct WorkUnit: Sendable {
    /// Calls of one thread that stand in a row.
    package struct Run: Hashable, Sendable {
        /// The place in ``PricedSession/threads``.
        package var thread: Int
        package var steps: Range<Int>
    }

    package var kind: Candidate.Unit
    /// One for a task or a subagent, one a thread for a session.
    package var runs: [Run]
}

extension PricedSession {
    /// The whole session, unless part of it was made elsewhere or lies outside of the window.
    var wholeSession: WorkUnit? {
        let runs = threads.indices.filter { !threads[$0].steps.isEmpty }.map { wholeThread($0) }
        let isWhole = threads.allSatisfy { $0.isOwn.allSatisfy(\.self) }
        guard isWhole, let first = runs.first, threads[first.thread].id.kind == .main else { return nil }
        return WorkUnit(kind: .session, runs: runs)
    }

    /// Each subagent that is all here, by its thread's place.
    func subagent(_ thread: Int) -> WorkUnit? {
        let subagent = threads[thread]
        guard subagent.id.kind == .subagent, !subagent.steps.isEmpty, subagent.isOwn.allSatisfy(\.self) else {
            return nil
        }
        return WorkUnit(kind: .subagent, runs: [wholeThread(thread)])
    }

    /// The tasks of a main thread in order, each from a prompt to the next; what precedes the first prompt is none.
    func tasks(of thread: Int) -> [WorkUnit] {
        guard threads[thread].id.kind == .main else { return [] }
        let steps = threads[thread].steps
        let starts = steps.indices.filter { steps[$0].arrivals.contains { $0.kind == .prompt } }
        return starts.indices.compactMap { place in
            let range = starts[place]..<(place + 1 < starts.count ? starts[place + 1] : steps.count)
            guard threads[thread].isOwn[range].allSatisfy(\.self) else { return nil }
            return WorkUnit(kind: .task, runs: [WorkUnit.Run(thread: thread, steps: range)])
        }
    }

    private func wholeThread(_ thread: Int) -> WorkUnit.Run {
        WorkUnit.Run(thread: thread, steps: threads[thread].steps.indices)
    }

    /// The steps of a unit, thread by thread.
    func steps(of unit: WorkUnit) -> [SessionThread.Step] {
        unit.runs.flatMap { threads[$0.thread].steps[$0.steps] }
    }
}

extension [WorkUnit.Run] {
    /// Adds a step, to the last run where it follows on it.
    mutating func extend(thread: Int, step: Int) {
        if let last, last.thread == thread, last.steps.upperBound == step {
            self[count - 1].steps = last.steps.lowerBound..<(step + 1)
        } else {
            append(WorkUnit.Run(thread: thread, steps: step..<(step + 1)))
        }
    }
}
