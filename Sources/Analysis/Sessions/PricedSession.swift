package import Domain
import Pricing

/// A session with what each of its calls cost, and which of them count here.
package struct PricedSession: Sendable {
    package let id: SessionID
    package let project: String
    package let billing: Billing
    /// No person sat at it.
    package let isHeadless: Bool
    /// The main thread first, where the session has one.
    package let threads: [PricedThread]
    let knownRebuilds = RebuildMemory()

    init(_ session: Session, pricer: inout Pricer) {
        id = session.id
        project = session.project
        billing = session.billing
        isHeadless = session.isHeadless
        threads = session.threads.map { thread in
            PricedThread(
                thread: thread,
                costs: thread.steps.map { pricer.cost(of: $0.call) },
                isOwn: thread.steps.map { !$0.isContext }
            )
        }
    }
}

/// One thread of a session with what each call cost.
package struct PricedThread: Sendable {
    package let thread: SessionThread
    /// Nil for a call whose model has no price.
    package let costs: [Money?]
    /// False for a call that another session pays for or that lies outside of the window: context only.
    package let isOwn: [Bool]

    /// Whether the agent logs why a reply ended; then a reply without a reason was cut off.
    let logsStopReasons: Bool
    /// The first call with a picture or a document, which stays in the conversation from there on.
    let firstPicture: Int?
    /// By step, how long the cache entries of its model live.
    let lifetimes: [CacheLifetime]
    /// The models that read or wrote any cache in it.
    let cachingModels: Set<ModelID>

    init(thread: SessionThread, costs: [Money?], isOwn: [Bool]) {
        self.thread = thread
        self.costs = costs
        self.isOwn = isOwn
        logsStopReasons = thread.steps.contains { $0.call.stopReason != .unknown }
        firstPicture = thread.steps.firstIndex { $0.arrivals.contains { $0.attachments > 0 } }
        lifetimes = thread.steps.lifetimes
        cachingModels = Set(thread.steps.lazy.filter(\.call.usage.usesCache).map(\.call.model))
    }

    package var id: ThreadID { thread.id }
    package var steps: [SessionThread.Step] { thread.steps }
}
