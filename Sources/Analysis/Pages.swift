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

extension CacheMiss {
    package static let page = """
        cache-miss: A prompt that was cached, and was not read from the cache.

        Finds calls that cached (or sent as plain input) again what the call before
        them in their thread had in its prompt, and says why: a pause longer than
        the entries live, another day, another model, effort or speed, changed tools,
        system prompt or messages, a compaction. Where the provider logs a reason
        (Anthropic's cache_miss_reason) it is taken; where nothing in the log
        explains a rebuild, it is called unexplained.

        How it is priced. Of the tokens that the call before had in its prompt, those
        that this call did not read: what was really paid for them, at the call's own
        prices, less what reading them would have cost. The log and the price list
        say all of it. Where the prompt shrank (a rewind, cleared results), what is
        new in it is taken off by the length of its text.

        When it does not fire:
        - on the first call of a thread: someone has to warm the cache;
        - on what is new in a prompt; after a compaction the summary is new, and only
          the standing prompt (system, tools) could have been read;
        - on fewer tokens than most models cache at all (tokens, 1,024), or in a
          session where all of it comes to less than a cent (usd, 0.01). Set both in
          suffice.toml under [thresholds.cache-miss].

        How the reason is told. A pause goes before a switch: entries that lived out
        their time were gone before anybody switched. How long they live is what the
        thread writes: five minutes or an hour; five minutes where the provider
        caches by itself. Another day is a pause of at least four hours over midnight
        UTC. Tools come first in a prompt, then the system prompt, then messages: a
        call that still reads more than its thread began with had neither changed.

        Not all of it can be avoided. A pause over a night always outlasts the cache:
        only compacting before it, or starting anew after it, saves most of it. What
        the user switched is priced as well, since it was paid.
        """
}

extension OtherLifetime {
    package static let page = """
        cache-lifetime: Prompts cached for too long or too short a time.

        Finds sessions on Anthropic's models that would have cost less with the other
        time to live of cache entries. An entry of an hour costs 2 times the input
        price to write, one of five minutes 1.25 times; reading costs the same. An
        hour pays where work rests for more than five minutes again and again, five
        minutes where one call follows another.

        How it is priced. Every call of a thread is priced again with entries of the
        other life and the recorded pauses:
        - five minutes made an hour: what was written again after a pause of up to an
          hour is read, everything else is written at the dearer price;
        - an hour made five minutes: everything is written at the cheaper price, and
          what was read after a pause of more than five minutes is written again. The
          first call of a thread is taken to read nothing then, unless the session
          used its model less than five minutes before.
        What was cached again for other reasons (another model, changed tools) stays
        as it was. The main conversation and everything outside of it (subagents,
        compactions) are looked at apart, since they are set apart.

        When it does not fire: the thread writes no entries of that kind, the model
        is not Anthropic's, or the session would save less than ten cents, for which
        no setting is worth changing (usd, 0.1; set it in suffice.toml under
        [thresholds.cache-lifetime]).

        Each session is judged by its own pauses, after the fact. A setting holds for
        all sessions: what of the figure is left when it is kept on for the whole
        project is among the caveats. It re-runs nothing.
        """
}

extension LongContext {
    package static let page = """
        long-context: Prompts over the size from which a provider charges more.

        Finds calls whose prompt was over a step in the price list (200,000 tokens on
        some Claude models, 272,000 on GPT, 100,000 on others): from there on every
        token of the request costs more, not only those above the step.

        How it is priced. Each such call at the price of its day, less the same tokens
        at the price of a prompt below the step. That is what compacting before it
        would have saved at least: a shorter prompt also costs less to read, which is
        not counted here.

        When it does not fire: the model's price has no such step, or not on that day
        (some were dropped), or a session's surcharge is less than a cent (usd, 0.01;
        set it in suffice.toml under [thresholds.long-context]).
        """
}

extension Batchable {
    package static let page = """
        batchable: Unattended work that a batch would do at half the price.

        Finds sessions that nobody waited for and that ask little of the model one
        thing after another: run by a script (print mode, an SDK), or begun with the
        same prompt at regular times. Providers answer batches within 24 hours, most
        within one, for half the price of every token.

        What is eligible. A tool's result has to go back to the model, so that each
        turn of a tool loop would be a batch of its own: a session of one call (or of
        calls without tools) is eligible as a whole, one with tools only up to a few
        turns (turns, 3). Longer loops cannot wait so often and are left alone.

        What is periodic. Sessions of one prompt, the same or nearly so in one
        project, that began in the same quarter of an hour of the day (UTC) on at
        least 3 days, or at least 4 times at intervals that differ from their median
        by a tenth at most.

        How it is priced. The same tokens at the provider's batch price of that day,
        cached ones as such.

        When it does not fire: the session is paid by a flat plan, which has no
        batches; a person gave more than one prompt in it; part of it was made by
        another session; its calls were batches already; the provider lists no batch
        price; or it would save less than a cent (usd, 0.01). Set turns and usd in
        suffice.toml under [thresholds.batchable].

        It does not know whether anything waited for the answer, and re-runs nothing.
        """
}
