import Domain

/// Why a piece of work that is small by its numbers is still kept on the model that was asked for.
///
/// Each holds for a reason that can be said without the text and is the same in every log; none is a fitted number.
enum Doubt: String, CaseIterable, Hashable, Sendable {
    case unseen = "its prompt is not in the log"
    case unfinished = "it was cut off before its answer"
    case failed = "the model refused or failed in it"
    case toolFailed = "a tool failed or was denied in it"
    case delegated = "it handed work to a subagent"
    case asked = "it made a plan or asked the user back"
    case resumed = "it went on by itself after its answer"
    case compacted = "the conversation was compacted in it"
    case steered = "it continues work under way"
    case pictured = "it is about an image or a document"
    case mixed = "it changed models"
    case effort = "high effort was asked for on purpose"
    case thought = "most of what it wrote was hidden thinking"
    case conversation = "its answer rests on a long conversation"
    case repeated = "its prompt was asked again"
    case reworked = "what it changed was changed again at once"
}

extension PricedSession {
    /// The first doubt whether a unit is as small as it looks.
    func doubt(about unit: WorkUnit, limits: SmallWork) -> Doubt? {
        if unit.kind == .session {
            if threads.contains(where: { $0.id.kind == .compaction && !$0.steps.isEmpty }) { return .compacted }
            let handsOver = steps(of: unit).contains { $0.toolCalls.contains { $0.kind == .subagent } }
            // The subagents' own threads are part of the session's shape, where the log has them.
            if handsOver, !threads.contains(where: { $0.id.kind == .subagent && !$0.steps.isEmpty }) {
                return .delegated
            }
        }
        for run in unit.runs {
            let thread = threads[run.thread]
            if let doubt = thread.doubtAboutSteps(run.steps, kind: unit.kind)
                ?? thread.doubtAboutCourse(of: run.steps, kind: unit.kind)
                ?? thread.doubtAboutThinking(in: run.steps, limits: limits)
                ?? thread.doubtAboutWhatFollowed(run.steps)
            {
                return doubt
            }
        }
        return nil
    }
}
