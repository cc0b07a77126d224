internal import Domain
internal import JSONText

extension Reading {
    /// What a response object says at its end.
    private struct Told {
        var status: RawText?
        var incompleteReason: RawText?
        var failure: ReplyFailure?
    }

    /// An event of a stream of Responses; its keys may come in any order.
    mutating func takeResponses(event: UnsafeRawBufferPointer) {
        // Some servers end this stream too as they do the other.
        if bytesAreEqual(event, UnsafeRawBufferPointer.done) { return }
        var scanner = JSONScanner(event, layout: .document)
        var type: RawText?
        var told = Told()
        var item: UnsafeRawBufferPointer?
        scanner.eachMember { key, scanner in
            switch key.count {
            case 4 where key.is("type"): type = scanner.text()
            case 15 where key.is("sequence_number"): broken.sequenceNumber = (scanner.integer() ?? -1) + 1
            case 5 where key.is("delta"): reply.visibleOutputBytes += scanner.text()?.unescapedCount ?? 0
            case 4 where key.is("item"): item = scanner.rawValue()
            case 8 where key.is("response"): told = readResponse(&scanner, isStream: true)
            default: scanner.skipValue()
            }
        }
        guard !scanner.isBroken, let type else { return failUnlessBegun() }
        if type.is("error") {
            guard let failure = ReplyFailure(body: event, of: .openAI) else {
                return fail(.api, "the provider reported an error")
            }
            return fail(failure)
        }
        if type.is("response.failed") || type.is("response.completed") || type.is("response.incomplete") {
            return end(told)
        }
        if type.is("response.output_item.done"), let item {
            var scanner = JSONScanner(item, layout: .document)
            let searches = readItem(&scanner, countsBytes: false)
            streamedSearches += searches
            if streamedSearches > 0 { reply.usage?.webSearchRequests = streamedSearches }
        }
        begin()
    }

    /// A reply that is not streamed.
    mutating func takeResponses(body: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(body, layout: .document)
        let told = readResponse(&scanner, isStream: false)
        guard !scanner.isBroken else { return failUnlessBegun() }
        if told.status == nil, let failure = told.failure ?? ReplyFailure(body: body, of: .openAI) {
            return fail(failure)
        }
        end(told)
    }

    private mutating func end(_ told: Told) {
        switch told.status {
        case .some(let status) where status.is("failed") || status.is("cancelled"):
            if let failure = told.failure { fail(failure) } else { fail(.api, "the provider gave the response up") }
        case .some(let status) where status.is("incomplete"):
            begin()
            stop(StopReason(incompleteResponse: told.incompleteReason))
            complete()
        default:
            begin()
            stop(hasToolCalls ? .toolUse : hasRefusal ? .refusal : .endTurn)
            complete()
        }
    }

    private mutating func readResponse(_ scanner: inout JSONScanner, isStream: Bool) -> Told {
        var told = Told()
        var searches = streamedSearches
        var usage: Usage?
        scanner.eachMember { key, scanner in
            switch key.count {
            case 2 where key.is("id"): reply.id = scanner.text()?.string ?? reply.id
            case 5 where key.is("model"):
                reply.model = scanner.text().map { RequestedModel($0.string).id } ?? reply.model
            case 6 where key.is("status"): told.status = scanner.text()
            case 10 where key.is("created_at"): broken.createdAt = scanner.integer() ?? 0
            case 12 where key.is("service_tier"):
                reply.mode = scanner.text().map { ServingMode(openAITier: $0) } ?? reply.mode
            case 5 where key.is("usage"): usage = OpenAIUsage(&scanner)?.usage
            case 5 where key.is("error"): told.failure = ReplyFailure(error: &scanner, of: .openAI)
            case 18 where key.is("incomplete_details"):
                scanner.eachMember { key, scanner in
                    if key.is("reason") { told.incompleteReason = scanner.text() } else { scanner.skipValue() }
                }
            case 6 where key.is("output"):
                var whole = 0
                scanner.eachElement { whole += readItem(&$0, countsBytes: !isStream) }
                searches = max(searches, whole)
            default: scanner.skipValue()
            }
        }
        if var usage {
            usage.webSearchRequests = searches
            reply.usage = usage
        }
        return told
    }

    /// Reads one output item and answers how many searches it is.
    private mutating func readItem(_ scanner: inout JSONScanner, countsBytes: Bool) -> Int {
        var type: RawText?
        var isSearch = false
        var bytes = 0
        scanner.eachMember { key, scanner in
            switch key.count {
            case 4 where key.is("type"): type = scanner.text()
            case 9 where key.is("arguments"), 5 where key.is("input"): bytes += scanner.text()?.unescapedCount ?? 0
            case 7 where key.is("content"), 7 where key.is("summary"):
                scanner.eachElement {
                    $0.eachMember { key, scanner in
                        if key.is("text") {
                            bytes += scanner.text()?.unescapedCount ?? 0
                        } else if key.is("refusal") {
                            let refusal = scanner.text() ?? .empty
                            bytes += refusal.unescapedCount
                            hasRefusal = hasRefusal || refusal.count > 0
                        } else {
                            scanner.skipValue()
                        }
                    }
                }
            case 6 where key.is("action"):
                scanner.eachMember { key, scanner in
                    // Opening a page that was found, or looking within it, is not billed as a search.
                    if key.is("type") {
                        isSearch = scanner.text()?.is("search") ?? false
                    } else {
                        scanner.skipValue()
                    }
                }
            default: scanner.skipValue()
            }
        }
        if countsBytes { reply.visibleOutputBytes += bytes }
        guard let type else { return 0 }
        if type.is("function_call") || type.is("custom_tool_call") || type.is("local_shell_call")
            || type.is("shell_call") || type.is("apply_patch_call")
        {
            hasToolCalls = true
        }
        return type.is("web_search_call") && isSearch ? 1 : 0
    }
}
