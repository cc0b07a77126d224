// Made from the detectors' doc comments by RECORD_SNAPSHOTS=1 swift test --filter PagesTests; see PagesTests.

extension ModelDowngrade {
    package static let page = """
        model-downgrade: Small work on a large model.

        Finds sessions, subagents and tasks (one prompt and what followed) that
        brought in fewer than 4,000 tokens, wrote fewer than 800 and made at most 2
        tool calls, on a model that has a cheaper tier below it in its family. Set
        the limits in suffice.toml under [thresholds.model-downgrade]: input_tokens,
        output_tokens, tool_calls; and usd (0.01), what a piece of work must save.

        Brought in is what the user and the tools added, not what the agent sends
        before the first word. The largest unit that is small as a whole is taken: a
        session with its subagents, else its tasks and subagents one by one. A call
        is in one candidate at most.

        Of what is left it finds calls inside a thread that did one small thing: read
        or searched files, used git, formatted or linted, managed packages, looked
        something up, looked into files after an error. Such a call's tools all did
        that one thing and none failed, it wrote less than a quarter of the limit on
        output, it did not take up a prompt (whoever does decides what is to be done),
        and work went on from it. What changes things at a repository's host (gh pr
        merge, a release) is no such call. Of all such calls of a thread, those of one
        kind and the runs of them that choice is taken that saves most; what saves
        less than usd is left out. Subagents that only look around are left whole to
        subagent-oversized. Where a log holds calls that only made up a title, they
        are small sessions or subagents of their own.

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

        How good that is: of 114 pieces it named in the logs it was tried on, drawn by
        seed and read by hand, 105 were small (92%; 86% to 96%): 27 of 29 sessions
        and tasks, 78 of 85 single calls. Three rules that came out of that reading
        (work that was broken off, changes at a host) are not in these figures. Of
        all that pass the limits only half are small; just beyond, up to twice their
        values, 12 of 18 were: raising them finds more and is wrong more often.

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
        writes anew what it had read first, and where the newer model bills what the
        older one cached for nothing (OpenAI since gpt-5.6), new prompt is priced as
        written. Calls that model-downgrade claims are left to it. Work that is older
        than the newer model could not have used it: there the figure says what the
        same work costs at today's prices, and the candidate says so.

        When it does not fire: there is no newer, cheaper model of the tier, it
        cannot serve the calls (window, output, tools, images, thinking), the calls
        were made at a price that was no higher than the newer model's, or the
        saving is under a cent (usd, 0.01, under [thresholds.same-tier-cheaper] in
        suffice.toml).

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

extension CacheLifetimeChoice {
    package static let page = """
        cache-lifetime: Prompts cached for too long or too short a time.

        Finds projects whose sessions on Anthropic's models would have cost less,
        taken together, with the other time to live of cache entries. An entry of an
        hour costs 2 times the input price to write, one of five minutes 1.25 times;
        reading costs the same. An hour pays where work rests for more than five
        minutes again and again, five minutes where one call follows another.

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

        A setting holds for all sessions of an agent in a project, and nobody knows
        beforehand how a session will go. So what the setting would have saved in some
        sessions and lost in others is added up, and only what is left is claimed,
        divided among the sessions that save by it. Where both lives would save, each
        in other sessions, the one that saves more is claimed. What could have been
        saved beyond that by giving each session its own life is a caveat.

        When it does not fire: no entries of that kind were written, the model is not
        Anthropic's, or over all sessions of the project the change would cost more
        than it saves, or save less than ten cents, for which no setting is worth
        changing (usd, 0.1; set it in suffice.toml under [thresholds.cache-lifetime]).

        The sum is over what has been: it re-runs nothing, and holds for the future as
        far as the work goes on with the same pauses.
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
        [thresholds.context-resend]: result_tokens, turns, usd.

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
        within the limit; and sessions where all of it comes to less than a cent (usd,
        0.01).

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
        sessions; sessions that go on from a summary or from another session, or began
        before the time looked at; and what comes to less than a cent in a session
        (usd, 0.01).
        Subagents have standing prompts of their own, which are not looked at.
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
        under [thresholds.script-instead]: steps, sessions, text_tokens, usd.

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
        than a cent in a session (usd, 0.01).
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
        [thresholds.repeat-request]: places (13 to 16), bytes, actions (0.5), usd.

        How it is priced. What the calls of the later tasks really cost, each from
        its prompt to the next, in the main thread; what their subagents cost comes
        on top. Whether the project had changed so much that the answer had to be
        found anew no log says, so it is an estimate.

        When it does not fire: the same prompt again in one session, or after a task
        that was broken off: that is a correction or another try, and the first one
        had not been answered; prompts with images; copies of a session that another
        goes on from; slash commands and what agents say themselves; and what comes
        to less than a cent a session (usd, 0.01). Requests that a program makes (no
        person at the keyboard) are named as such.
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
          sessions, or actions failing with the very same words in at least 3
          sessions: every session finds out anew.

        Set the limits in suffice.toml under [thresholds.retry-loop]: failures (in a
        row), sessions, usd.

        How it is priced. What the calls that asked for the failing action cost, from
        the second on. A call that asked for something else as well was not for
        nothing and is left out. That the failure itself told nothing is a
        conclusion, so it is an estimate.

        When it does not fire: what a person denied or broke off; a failure after an
        edit, which is trying; tests, builds and checks that fail in many sessions
        with different words, which is what they are for; errors of a word or two in
        many sessions, which may be a search without a hit; and what comes to less
        than a cent in a session (usd, 0.01).
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

extension EffortBeyondUsual {
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
