import Domain
import Reports

/// Answers an address of the pages with the page, made from reports when it is asked for.
struct Pages: Sendable {
    let source: ReportSource

    /// The page at a place, or the part of one that an address names.
    func page(at path: String, _ query: Query) async throws -> HTML? {
        switch path {
        case "/": try await overview(query)
        case "/findings": try await findings(query)
        case "/finding": try await finding(query)
        case "/sessions": try await sessions(query)
        case "/session": try await session(query)
        case "/proof": try await proof(query)
        case "/study": try await study(query)
        case "/rules": try await rules(query)
        case "/routing": try await routing(query)
        case "/gateway": try await gateway(query)
        case "/prices": try await prices(query)
        default: nil
        }
    }

    static let paths: Set<String> = [
        "/", "/findings", "/finding", "/sessions", "/session", "/proof", "/study", "/rules", "/routing", "/gateway",
        "/prices",
    ]

    /// Everything that is read without the admin token.
    static let openPaths = paths.union(["/file", "/asset", "/events"])

    private func overview(_ query: Query) async throws -> HTML {
        let filter = Filter(query)
        let state = try await source.state()
        // A page shows what is there; a file is waited for.
        let isFile = TableFiles.name(in: query) == KindTable.id
        let page = OverviewPage(
            filter: filter,
            spend: try await source.spend(filter, .model),
            days: try await source.days(filter),
            optimize: try await isFile ? source.optimize(filter) : source.knownOptimize(filter),
            gateway: try await source.gateway(filter)
        )
        return PageFrame(place: .overview, title: "Overview", filter: filter, query: query, state: state).page {
            page.write(to: &$0)
        }
    }

    private func findings(_ query: Query) async throws -> HTML {
        let filter = Filter(query)
        let state = try await source.state()
        let page = FindingsPage(filter: filter, kind: query["kind"], report: try await source.optimize(filter))
        return PageFrame(place: .findings, title: "Findings", filter: filter, query: query, state: state).page {
            page.write(to: &$0)
        }
    }

    private func finding(_ query: Query) async throws -> HTML {
        let filter = Filter(query)
        let state = try await source.state()
        let report = try await source.optimize(filter)
        guard let id = query["id"], let found = report.findings.first(where: { $0.finding.id == id }) else {
            throw Missing("There is no such finding in \(report.period.name): it may have been of another time.")
        }
        let page = FindingPage(
            filter: filter,
            found: found,
            zone: report.period.zone,
            explanation: source.explanation(found.finding.kind),
            rule: try await source.rules()?.rules.first { $0.finding == id && $0.status.isInForce },
            tokenFile: source.ruleDoor.tokenFile
        )
        var title = found.finding.kind
        if !found.finding.project.isEmpty { title += " in \(found.finding.project)" }
        return PageFrame(place: .findings, title: title, filter: filter, query: query, state: state, isDetail: true)
            .page { page.write(to: &$0) }
    }

    private func sessions(_ query: Query) async throws -> HTML {
        let filter = Filter(query)
        let state = try await source.state()
        let page = SessionsPage(try await source.sessions(filter), filter: filter, query: query)
        let fields = SessionsPage.fields(query)
        return PageFrame(
            place: .sessions,
            title: "Sessions",
            filter: filter,
            query: query,
            state: state,
            fields: fields
        )
        .page { page.write(to: &$0) }
    }

    private func session(_ query: Query) async throws -> HTML {
        let state = try await source.state()
        let page = SessionPage(try await session(named: query))
        return PageFrame(
            place: .sessions,
            title: "Session",
            filter: Filter(),
            query: query,
            state: state,
            isDetail: true
        )
        .page { page.write(to: &$0) }
    }

    private func session(named query: Query) async throws -> SessionReport {
        guard let agent = query["agent"].flatMap(Agent.init(rawValue:)), let name = query["id"],
            let report = try await source.session(SessionID(agent: agent, name: name))
        else { throw Missing("There is no such session.") }
        return report
    }

    private func proof(_ query: Query) async throws -> HTML {
        let state = try await source.state()
        let page = ProofPage(report: try await source.proof())
        return PageFrame(place: .proof, title: "Proof", filter: Filter(), query: query, state: state).page {
            page.write(to: &$0)
        }
    }

    private func study(_ query: Query) async throws -> HTML {
        let state = try await source.state()
        let (verdict, report) = try await study(named: query)
        let page = StudyPage(verdict: verdict, report: report, query: query)
        let title = "\(verdict.target.short) in place of \(verdict.model.short)"
        return PageFrame(place: .proof, title: title, filter: Filter(), query: query, state: state, isDetail: true)
            .page { page.write(to: &$0) }
    }

    private func study(named query: Query) async throws -> (verdict: Verdict, report: StudyReport?) {
        guard let id = query["id"], let study = try await source.study(id) else {
            throw Missing("There is no such study.")
        }
        return study
    }

    private func rules(_ query: Query) async throws -> HTML {
        let state = try await source.state()
        let page = RulesPage(report: try await source.rules(), tokenFile: source.ruleDoor.tokenFile)
        return PageFrame(place: .rules, title: "Rules", filter: Filter(), query: query, state: state).page {
            page.write(to: &$0)
        }
    }

    private func routing(_ query: Query) async throws -> HTML {
        let filter = Filter(query)
        let state = try await source.state()
        let page = RoutingPage(
            filter: filter,
            decisions: try await source.decisions(filter),
            gateway: try await source.gateway(filter),
            router: try await source.router()
        )
        return PageFrame(place: .routing, title: "Routing", filter: filter, query: query, state: state).page {
            page.write(to: &$0)
        }
    }

    private func gateway(_ query: Query) async throws -> HTML {
        let filter = Filter(query)
        let state = try await source.state()
        let page = GatewayPage(filter: filter, report: try await source.upstreams(filter))
        return PageFrame(place: .gateway, title: "Gateway", filter: filter, query: query, state: state).page {
            page.write(to: &$0)
        }
    }

    private func prices(_ query: Query) async throws -> HTML {
        let state = try await source.state()
        let page = PricesPage(report: try await source.prices())
        return PageFrame(place: .prices, title: "Prices", filter: Filter(), query: query, state: state).page {
            page.write(to: &$0)
        }
    }

    /// What a form asks for, of who holds the admin token.
    func answer(to form: RuleForm, _ fields: Query) async throws -> HTML {
        guard let id = fields["id"] else { throw BadQuestion("The form names nothing.") }
        let wish = try RuleWish(fields)
        let report =
            switch form {
            case .preview: try await source.ruleDoor.apply(id, wish, nil)
            case .apply: try await source.ruleDoor.apply(id, wish, fields["plan"] ?? "")
            case .undo: try await source.ruleDoor.undo(id)
            }
        let page = ChangePage(
            report: report,
            form: form,
            wish: wish,
            tokenFile: source.ruleDoor.tokenFile
        )
        return PageFrame(place: .rules, title: page.title, filter: Filter(), state: "", isDetail: true)
            .page { page.write(to: &$0) }
    }

    /// What who does not hold the admin token is told.
    var locked: HTML {
        PageFrame(place: .rules, title: "That needs the admin token", filter: Filter(), state: "", isDetail: true)
            .page { html in
                html.element("p", .id("locked")) { html in
                    html.text("Nothing was changed. The admin token is the one line of ")
                    html.element("code", text: source.ruleDoor.tokenFile)
                    html.text(": go back, and put it into the form. Only you can read the file.")
                }
            }
    }

    /// A page that says what is wrong, in the frame of all others.
    static func trouble(_ title: String, _ text: String) -> HTML {
        PageFrame(place: .overview, title: title, filter: Filter(), state: "", isDetail: true).page { html in
            html.emptyState(text)
        }
    }
}

extension Pages {
    /// A table of the page at a place as a file; nil where there is no such page.
    func table(at path: String, _ query: Query) async throws -> (name: String, format: ReportFormat, text: String)? {
        try await page(at: path, query)?.tables.file()
    }

    /// A report as a file, as the command line writes it; nil for one that is not there.
    func file(_ query: Query) async throws -> (name: String, format: ReportFormat, text: String)? {
        guard let name = query["report"].flatMap(File.Name.init(rawValue:)),
            let format = query["format"].flatMap(ReportFormat.init(rawValue:)), format == .csv || format == .json
        else { return nil }
        _ = try await source.state()
        guard let report = try await report(name, query) else { return nil }
        let style = TerminalStyle(width: TerminalStyle.unbounded)
        return ("suffice-\(name.rawValue).\(format.rawValue)", format, report.written(as: format, style: style))
    }

    private func report(_ name: File.Name, _ query: Query) async throws -> (any Report)? {
        let filter = Filter(query)
        switch name {
        case .spend:
            let grouping = query["by"].map { SpendGrouping(rawValue: $0) } ?? .model
            guard let grouping else { throw BadQuestion("'\(query["by"] ?? "")' is nothing to group by.") }
            return try await source.spend(filter, grouping)
        case .days: return try await source.days(filter)
        case .optimize: return try await source.optimize(filter)
        case .sessions:
            let report = try await source.sessions(filter)
            return query["q"].map { report.matching($0) } ?? report
        case .session: return try await session(named: query)
        case .gateway: return try await source.gateway(filter)
        case .decisions: return try await source.decisions(filter)
        case .upstreams: return try await source.upstreams(filter)
        case .prices: return try await source.prices()
        case .proof: return try await source.proof()
        case .study: return try await study(named: query).report
        case .rules: return try await source.rules()
        }
    }
}

/// What was asked for by its name and is not there.
struct Missing: Error {
    var text: String

    init(_ text: String) { self.text = text }
}
