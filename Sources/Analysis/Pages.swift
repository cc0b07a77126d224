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

        Of what is left it finds calls inside a thread that did one small thing: read
        or searched files, used git, formatted or linted, managed packages, looked
        something up, looked into files after an error. Such a call's tools all did
        that one thing and none failed, it wrote less than a quarter of the limit on
        output, and it did not take up a prompt: whoever does decides what is to be
        done. Of all such calls of a thread, those of one kind and the runs of them
        that choice is taken that saves most; under a cent a thread it is left out.
        Where a log holds calls that only made up a title, they are small sessions or
        subagents of their own.

        How it is priced. Actual: each call at the price of its day. Estimated: the
        same tokens on the cheapest current model of a lower tier that can serve
        them, at today's price, with a cache of its own. A whole session or subagent
        keeps its reuse. A task inside a session writes into the target's cache all
        it had read, and the original model, when it takes over again, writes what
        the task added, or everything if its cache expired meanwhile (5 minutes or
        an hour for Anthropic's entries). Single calls change models more often: each
        time, what the other model's cache does not hold is written anew. Where that
        costs more than it saves, the task or the thread's calls are left alone and
        counted as dropped. For single calls between others that is the rule.

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

        How good that is for sessions, tasks and subagents: in the logs it was tried
        on, read by hand, 28 of the 29 pieces it names were small (83% to 99%), of
        all that pass the limits only half. Just beyond the limits, up to twice their
        values, 12 of 18 were: raising them finds more and is wrong more often. For
        single calls it is only known what their tools did.

        It judges by size and course and re-runs nothing. "suffice sessions ID"
        shows the session of a candidate call by call.
        """
}

extension SubagentOversized {
    package static let page = """
        subagent-oversized: Subagents that only look around, on a frontier model.

        Finds subagents whose every tool call left the world as it was (a file read,
        a search, a listing, a question to git or the machine, a page fetched), on a
        frontier model, at whatever size: looking around takes reading, and whoever
        started the subagent judges what it reports. Where the log does not say what
        a shell command was for, the subagent is left alone. Subagents that
        model-downgrade claims, because they are small, are left to it.

        How it is priced. Actual: each call at the price of its day. Estimated: the
        same tokens on the cheapest current model of a lower tier that can serve
        them, at today's price. The whole subagent moves, so it reuses its cache as
        it did.

        When it does not fire: no tool was called; a call was refused, failed or fell
        back to another model; the subagent was cut off before its report, changed
        models, was compacted or saw pictures; the saving is under a cent
        (usd, 0.01, under [thresholds.subagent-oversized] in suffice.toml).

        It goes by what the tools did and re-runs nothing: a cheaper model may look
        longer or miss more for the same question.
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

extension RoutingByPhase {
    package static let page = """
        routing-by-phase: Looking, testing and reviewing on a dearer tier than needed.

        Tells the phase of every call from its tools: explore (only looked around, or
        reported on it), plan (planned, asked, handed on, or answered at length
        without tools), implement (changed files, the repository or packages, or ran
        something of unknown purpose), test (tests, builds, linters, programs),
        review (a diff or a second look at changed files, or the reply after changes)
        and classify (a label of at most 50 tokens, without tools). Its first line is
        the table of phases: calls, cost and tiers. The usual aim for the mix is 70%
        of calls on a cheap, 25% on a balanced and 5% on a frontier model.

        It proposes to give runs of exploring, testing, reviewing and classifying to
        the next lower tier: frontier to balanced, balanced to cheap. Planning and
        implementing stay. One candidate is a phase of a thread.

        How it is priced. Actual: each call at the price of its day. Estimated: the
        same tokens at today's price on the cheapest current model of the next tier
        that can serve them, with a cache of its own: what it does not hold of the
        prompt is written anew, and so is what the original lacks when it comes back.
        Of all runs of the phase, those are taken that save most together. Where none
        saves, the phase is left alone. It looks last, at what the other kinds
        that change the model leave.

        When it does not fire: a tool or the model failed in the run; a call takes up
        a prompt (whoever does decides what is to be done), was cut off, saw a
        picture or a compaction, wrote 800 tokens or more (200 in a reply or for a
        command: more is an answer or a script), or its effort was raised or is
        "max"; the saving is under a cent. Set the limits in suffice.toml under
        [thresholds.routing-by-phase]: output_tokens (800; a quarter of it for
        replies and commands), usd (0.01).

        No agent can be told to change models by phase in every case; what each can
        be told is in the action. It goes by what the tools did and re-runs nothing.
        """
}

extension ExcessEffort {
    package static let page = """
        effort: Long thinking on small tasks.

        Finds tasks (one prompt and what followed) that are small by what they
        brought in, by what the model visibly wrote and by their tool calls (the
        limits of model-downgrade), on which the model thought at least twice as long
        as on the middle one of your small tasks on the same model with the same
        number of calls. Thinking is what the log says was reasoning, or else output
        beyond the visible text, at 1.8 bytes a token: what was thought at least.

        How it is priced. Estimated: the thinking tokens over that median, at the
        output price each call really paid. The median is your own history's: it says
        what is usual for such tasks, not what this one needed.

        When it does not fire:
        - effort was low already, so that there is nothing to lower;
        - there are fewer than 10 small tasks of that model and number of calls: the
          middle of a few says little;
        - the log shows only a placeholder of the output;
        - the task had trouble, took a plan or a question back, was cut off, went on
          by itself, is about a picture, rests on a long conversation, or was asked or
          done again: what model-downgrade, too, takes for a sign that work is harder
          than it looks;
        - it saves less than a cent.

        Set the limits in suffice.toml under [thresholds.effort]: times_median (2),
        tasks (10), usd (0.01).
        """
}
