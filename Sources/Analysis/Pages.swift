// Made from the detectors' doc comments by RECORD_SNAPSHOTS=1 swift test --filter PagesTests; see PagesTests.

extension ModelDowngrade {
    package static let page = """
        model-downgrade: Small work on a large model.

        Finds sessions, subagents and tasks (one prompt and what followed) that
        brought in fewer than 4,000 tokens, wrote fewer than 800 and made at most 2
        tool calls, on a model that has a cheaper tier below it in its family. Set
        the limits in suffice.toml under [thresholds.model-downgrade]: input_tokens,
        output_tokens, tool_calls.

        Brought in is what the user and the tools added, not what the agent sends
        before the first word. The largest unit that is small as a whole is taken: a
        session with its subagents, else its tasks and subagents one by one. A call
        is in one candidate at most.

        How it is priced. Actual: each call at the price of its day. Estimated: the
        same tokens on the cheapest current model of a lower tier that can serve
        them, at today's price, with a cache of its own. A whole session or subagent
        keeps its reuse. A task inside a session writes into the target's cache all
        it had read, and the original model, when it takes over again, writes what
        the task added, or everything if its cache expired meanwhile (5 minutes or
        an hour for Anthropic's entries). Where that costs more than it saves, the
        task is left alone and counted as dropped.

        When it does not fire, however small the numbers are:
        - its prompt is not in the log, so its size is not known;
        - it ended in a tool call or was broken off, the model refused or failed, or
          a tool failed or was denied in it: there is no answer to judge, or there
          was trouble that took thought;
        - it handed work to a subagent, made a plan or asked back: the work or the
          decision lies elsewhere;
        - it went on by itself after its answer (a hook, a background task), its
          prompt came in the middle of other work, or the conversation was compacted
          in it: it has no clear bounds;
        - it is about an image or a document, whose difficulty has nothing to do
          with its size;
        - it changed models; or its effort was raised to high or more and kept there,
          or is "max", which nobody gets by default: somebody expected it to be hard;
        - hidden thinking comes to half of the limit on output: the model found it
          hard;
        - its closing answer is longer than a quarter of the limit on output (an
          eighth, if no tool was called), after a conversation of five times the
          limit on input: a short reply there is an acknowledgement, a long one
          rests on all that was said;
        - its prompt was asked again, or the next task changed the files it changed:
          it may not have sufficed (three of ten such pieces read had not).

        How good that is: in the logs it was tried on, read by hand, 28 of the 29
        pieces it names were small (83% to 99%), of all that pass the limits only
        half. Just beyond the limits, up to twice their values, 12 of 18 were:
        raising them finds more and is wrong more often.

        It judges by size and course and re-runs nothing. "suffice sessions ID"
        shows the session of a candidate call by call.
        """
}

extension SameTierCheaper {
    package static let page = """
        same-tier-cheaper: An older model at a higher price.

        Finds sessions and subagents on a model for which the provider now sells a
        newer one of the same tier at a lower price. Nothing has to be small for it:
        the newer model is meant for the same work.

        How it is priced. Actual: each call at the price of its day. Estimated: the
        same tokens at today's price of the newer model. The whole thread moves, so
        the cache is reused as it was; only a session that goes on from another one
        writes anew what it had read first. Calls that model-downgrade claims are
        left to it. Work that is older than the newer model could not have used it:
        there the figure says what the same work costs at today's prices, and the
        candidate says so.

        When it does not fire: there is no newer, cheaper model of the tier, it
        cannot serve the calls (window, output, tools, images, thinking), or the
        calls were made at a price that was no higher than the newer model's.

        It compares prices and re-runs nothing: newer models may write more or fewer
        tokens for the same work.
        """
}

extension ContextResend {
    package static let page = """
        context-resend: Tool results and files that ride along in every later call.

        Finds results (a file read, a command's output, a page) that stay in the
        prompt long after they were needed: every call of the thread sends them
        again. A result counts with what it holds beyond 2,000 tokens (about 200
        lines: a function, a list of hits, an error with its trace), and only from
        the twentieth call after it on. Until then carrying it is cheaper than
        bringing it in again: where a cache read costs a tenth of the input price and
        a cache write 1.25 to 2 times as much, 12 to 20 calls carry a text at the
        price of writing it once more. Set the limits in suffice.toml under
        [thresholds.context-resend]: result_tokens, turns.

        A second copy of what is still in the prompt (a file or a search read again,
        its text unchanged) counts wholly and from its first call on. A command that
        was run again and printed the same does not: that nothing changed was news.

        How it is priced. The provider counts every prompt: what a result takes up is
        the growth of the prompt it first stood in, split over what arrived by its
        length. Each later call then paid for those tokens what it really paid at
        their place: the price of a cache read, or of a write or plain input where
        the cache was lost. It ends where the prompt is cut: at a compaction, a
        cleared result, a rewind. How much of a result was needed for how long no log
        says, so the figure is an estimate.

        When it does not fire: short threads, whose results never get old; results
        within the limit; and sessions where all of it comes to less than a cent.

        A session's results are one candidate; its largest are named with their tool,
        their tokens and the calls that carried them.
        """
}

extension StandingPrompt {
    package static let page = """
        standing-prompt: What every session pays before the first word.

        An agent sends its system prompt, the schemas of its tools, the lists of
        skills and subagents, instruction files and what hooks print before the user
        says anything: tens of thousands of tokens, written once a session and read
        by each of its calls. Finds projects whose sessions start with more of it
        than the user's leanest project, and MCP servers that announce themselves
        and are never called.

        What it is compared with. The same agent on the same model (models count
        tokens differently), at a keyboard or without anyone (other system prompts),
        in the same week (agents update themselves, and a newer one sends another
        prompt of its own): there the project with the smallest median, of those with
        enough sessions. What another project has on top is taken for its own files,
        skills, hooks and MCP servers. A project counts with at least 3 sessions in
        the week and 2,000 tokens on top; fewer tokens are a page of text, which no
        one should have to save on. Set the limits in suffice.toml under
        [thresholds.standing-prompt]: sessions, tokens, and days for a longer time
        than a week.

        How it is priced. A standing prompt is what the first call of a session sent
        less what the first prompt brought in, by its length; the rest is the
        provider's count. Each call of the main thread paid for it at the prompt's
        beginning what it really paid there (read, written or plain input), before a
        compaction as well as after it. Of that, the part on top is claimed. Where
        MCP instructions are announced and no session of the project ever calls an
        MCP tool, their length is claimed at least; their tools' schemas, where the
        agent sends them, come on top of that.

        When it does not fire: there is only one project to look at, or too few
        sessions; sessions that go on from a summary; and what comes to less than a
        cent in a session. Subagents have standing prompts of their own, which are
        not looked at.
        """
}

extension ScriptInstead {
    package static let page = """
        script-instead: The same commands in the same order, session after session.

        Finds sequences of shell commands that came in the same order in several
        sessions of a project, call by call, with nothing asked, edited or looked up
        with other tools in between. What needs no decision between its steps a
        script can do in one call: a Makefile target, a skill, a hook. A sequence has
        at least 3 different commands and comes in at least 3 sessions: twice may be
        chance, and two commands are one line with &&. Set the limits in suffice.toml
        under [thresholds.script-instead]: steps, sessions, text_tokens.

        Commands are the same if they do the same: what only trims their output or
        changes the folder first does not count, arguments do. The longest sequence
        is taken first, and no command is in two.

        How it is priced. What its calls really cost, from the second session on (in
        the first somebody had to find out that it comes back) and without one call a
        time, which has to start the script. Only calls that did nothing but carry
        the commands count: up to 200 tokens (text_tokens) written besides them, in
        the open or as hidden thinking. Whether what they printed was needed for what
        followed no log says, so it is an estimate.

        When it does not fire: a sequence inside one call, which is one call already;
        copies of a session that another one goes on from; and what comes to less
        than a cent in a session.
        """
}

extension RetryLoop {
    package static let page = """
        retry-loop: The same failing action again and again.

        Finds two kinds of tool calls that failed for nothing:
        - the same action failing at least twice in a row within a task, with nothing
          changed in between: no edit, no other command that may have changed
          something. Nothing was different, so nothing else could come of it;
        - an action that never worked in a project and was tried in at least 3
          sessions, or the same tool or program failing with the very same words in
          at least 3 sessions: every session finds out anew.

        Set the limits in suffice.toml under [thresholds.retry-loop]: failures (in a
        row), sessions.

        How it is priced. What the calls that asked for the failing action cost, from
        the second on. A call that asked for something else as well was not for
        nothing and is left out. That the failure itself told nothing is a
        conclusion, so it is an estimate.

        When it does not fire: what a person denied or broke off; a failure after an
        edit, which is trying; tests, builds and checks that fail in many sessions
        with different words, which is what they are for; errors of a word or two in
        many sessions, which may be a search without a hit; and what comes to less
        than a cent in a session.
        """
}

extension RepeatRequest {
    package static let page = """
        repeat-request: Requests that were answered before.

        Finds prompts that ask in nearly the same words for what an earlier session
        of the project has answered: a question that comes back belongs into the
        project's notes, a task that comes back into a skill, a script or a schedule,
        and an unchanged answer into a file.

        How alike. Suffice keeps no prompts, only a sketch of 16 places for each
        (MinHash over runs of three words). The share of places that agree estimates
        how many of the runs two prompts have in common, with an error of about 8
        points at 14 of 16 (88%). From 14 on, or with the very same text, a prompt
        counts as repeated. Prompts under 200 bytes (two sentences) do not count:
        "run the tests and fix what fails" asks for something else every time. And
        the same words may ask for the next item of a list, nearly the same for
        another item: at least half of the files read, commands run and edits made
        must be ones of the earlier task too; where no tool was used, the text must
        be the very same. Set the limits in suffice.toml under
        [thresholds.repeat-request]: places (13 to 16), bytes, actions (0.5).

        How it is priced. What the calls of the later tasks really cost, each from
        its prompt to the next, in the main thread; what their subagents cost comes
        on top. Whether the project had changed so much that the answer had to be
        found anew no log says, so it is an estimate.

        When it does not fire: the same prompt again in one session, or after a task
        that was broken off: that is a correction or another try, and the first one
        had not been answered; prompts with images; copies of a session that another
        goes on from; slash commands and what agents say themselves; and what comes
        to less than a cent a session. Requests that a program makes (no person at
        the keyboard) are named as such.
        """
}
