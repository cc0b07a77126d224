import Domain

extension SessionReport {
    package var json: JSON {
        [
            "schema": 1,
            "session": .string(session.name),
            "agent": .string(session.agent.rawValue),
            "project": .string(project),
            "billing": .string(billing.rawValue),
            "isHeadless": .bool(isHeadless),
            "totals": totals.json,
            "steps": .array(steps.map(\.json)),
            "subagents": .array(
                subagents.map {
                    ["thread": .string($0.thread.name), "kind": .string($0.name)] + $0.figures.json
                }
            ),
        ]
    }

    package var sheet: Table { table(of: steps) }

    package var page: Page {
        var page = Page([.headline(headline), .text(summary)])
        guard !steps.isEmpty else { return page }
        page.blocks.append(.table(table(of: limit > 0 ? Array(steps.prefix(limit)) : steps)))
        if limit > 0, steps.count > limit {
            page.blocks.append(
                .note("\((steps.count - limit).of("later call")) not shown; --limit 0 shows all, --format csv too.")
            )
        }
        if !subagents.isEmpty {
            page.blocks += [.heading("Subagents"), .table(subagentTable)]
        }
        if steps.contains(where: \.isContext) {
            page.blocks.append(.note("Calls marked copy were made, and are paid for, in another session."))
        }
        page.blocks.append(
            .note("Times are in \(zone.name); tokens are measured, money is priced at the call's day's list price.")
        )
        page.blocks.append(.next(command: "suffice optimize --since all", brings: "what could have been cheaper"))
        return page
    }

    private var headline: String { "\(session.agent.rawValue) session \(session.name)" }

    private var summary: String {
        let tasks = steps.count { $0.promptBytes != nil && $0.thread.kind == .main }
        let parts = [
            project.isEmpty ? nil : project,
            "\(totals.cost.dollars) \(totals.billing.noun)",
            totals.calls.of("call"),
            tasks.of("task"),
            subagents.isEmpty ? nil : subagents.count.of("subagent"),
            isHeadless ? "headless" : nil,
        ]
        return parts.compactMap { $0 }.joined(separator: " · ")
    }

    /// Some of its calls, one a row.
    package func table(of steps: [Step]) -> Table {
        Table(
            steps,
            fields: [
                Field(Table.Column("time", key: "time")) { step in
                    Table.Cell(zone.second(of: step.call.time), exact: step.call.time.description, tone: .dim)
                },
                Field(Table.Column("thread", key: "thread", shortening: .middle(atLeast: 8), dropRank: 4)) {
                    Table.Cell($0.threadName)
                }.shown(if: !subagents.isEmpty),
                Field(Table.Column("model", key: "model", shortening: .middle(atLeast: 10), dropRank: 5)) {
                    Table.Cell($0.call.model.short, exact: $0.call.model.rawValue)
                },
                Field(Table.Column("before", key: "before", shortening: .end(atLeast: 10), dropRank: 6)) {
                    Table.Cell($0.before)
                },
                Field(.figure("input", key: "inputTokens", dropRank: 9)) { .tokens($0.call.usage.inputTokens) },
                Field(.figure("read", key: "cacheReadTokens", dropRank: 7)) {
                    .tokens($0.call.usage.cacheReadTokens)
                },
                Field(.figure("written", key: "cacheWriteTokens", dropRank: 8)) {
                    .tokens($0.call.usage.cacheWriteTokens)
                },
                Field(.figure("output", key: "outputTokens", dropRank: 3)) { $0.outputCell },
                Field(.figure(totals.billing.noun, key: "costUSD")) { step in
                    step.isContext ? Table.Cell("copy", exact: "0", tone: .dim) : step.figures.costCell
                },
                Field(Table.Column("tools", key: "tools", shortening: .end(atLeast: 10), dropRank: 2)) {
                    Table.Cell($0.toolsText)
                },
                Field(.figure("rebuilt", key: "rebuiltTokens", dropRank: 11)) {
                    .tokens($0.rebuild?.tokens ?? 0)
                }.shown(if: false),
                Field(Table.Column("rebuilt because", key: "rebuildReason")) {
                    Table.Cell($0.rebuild?.reason ?? "")
                }.shown(if: false),
                Field(Table.Column("call", key: "call")) { Table.Cell($0.call.id) }.shown(if: false),
            ]
        )
    }

    package var subagentTable: Table {
        Table(
            subagents,
            fields: [
                Field(Table.Column("kind", key: "kind", shortening: .end(atLeast: 10))) { Table.Cell($0.name) },
                Field(Table.Column("thread", key: "thread", shortening: .middle(atLeast: 10), dropRank: 2)) {
                    Table.Cell($0.thread.name)
                },
                Field(.figure("calls", key: "calls", dropRank: 1)) { .count($0.figures.calls) },
                Field(.figure("output", key: "outputTokens", dropRank: 3)) { $0.figures.outputCell },
                Field(.figure(totals.billing.noun, key: "costUSD")) { $0.figures.costCell },
            ]
        )
    }
}

extension SessionReport.Rebuild {
    fileprivate var json: JSON {
        ["tokens": .integer(tokens), "extraCostUSD": .money(extraCost), "reason": .string(reason)]
    }
}

extension SessionReport.Subagent {
    package var name: String { thread.kind.name(agentType: agentType) }
}

extension SessionReport.Step {
    fileprivate var outputCell: Table.Cell {
        var cell = Table.Cell.tokens(call.usage.outputTokens)
        if call.outputIsLowerBound { cell.shown = "≥ " + cell.shown }
        return cell
    }

    fileprivate var json: JSON {
        let head: JSON = [
            "time": .time(call.time),
            "call": .string(call.id),
            "thread": .string(thread.name),
            "kind": .string(threadName),
            "model": .string(call.model.rawValue),
            "isContext": .bool(isContext),
            "promptBytes": promptBytes.map { .integer($0) } ?? .null,
            "isAfterCompaction": .bool(isAfterCompaction),
            "failedToolResults": .integer(failedResults),
            "tools": .array(tools.map { ["name": .string($0.name), "calls": .integer($0.count)] }),
            "file": .string(file),
            "offset": .integer(Int(call.position.offset)),
            "cacheRebuild": rebuild?.json ?? .null,
        ]
        return head + figures.json
    }
}
