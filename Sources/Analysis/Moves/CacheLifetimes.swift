import Domain

extension [SessionThread.Step] {
    /// By step, the lifetime of the entries that its model writes: as it did there or last before, else as it did first.
    ///
    /// Asked for each model: one that is billed for no writes caches by itself, whatever others in the thread do.
    var lifetimes: [CacheLifetime] {
        var known: [ModelID: CacheLifetime] = [:]
        for step in self where known[step.call.model] == nil {
            known[step.call.model] = CacheLifetime(writtenBy: step.call.usage)
        }
        return map { step in
            if let written = CacheLifetime(writtenBy: step.call.usage) { known[step.call.model] = written }
            return known[step.call.model] ?? .automatic
        }
    }
}

extension Usage {
    var usesCache: Bool { cacheReadTokens > 0 || cacheWriteTokens > 0 }
}
