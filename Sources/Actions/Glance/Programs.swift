internal import Domain

// The table is read once for every process: it is written for people, in the order of a working day.

extension ProgramTable {
    static func filled() -> ProgramTable {
        var table = ProgramTable()
        table.addShell()
        table.addFiles()
        table.addRepositories()
        table.addLanguages()
        table.addJavaScript()
        table.addChecks()
        table.addMachines()
        table.addPowerShell()
        return table
    }

    /// The shell's own words, and programs that only start others.
    private mutating func addShell() {
        add("cd pushd popd echo printf true false : exit return break continue shift", .other, .nothing)
        add("export set unset shopt local declare readonly typeset source . trap wait sleep", .other, .nothing)
        add("read let eval alias umask disown jobs fg bg yes clear", .other, .nothing)
        add("test [ pwd", .inspect, .nothing)
        add("[[", .inspect, .nothing, .condition)
        add("if then else elif while until do ! time {", .other, .nothing, .transparent)
        add("for select case function done fi esac } in", .other, .nothing, .silent)
        add(
            "sudo doas",
            .run,
            .executing,
            .program,
            values: "-u -g -h -p -C -r -t -U",
            flags: "-n -E -H -i -s -S -b -k"
        )
        add("nohup setsid exec builtin winpty caffeinate arch", .run, .executing, .program)
        add("nice ionice chrt", .run, .executing, .program, values: "-n -c -p --adjustment")
        add("stdbuf unbuffer", .run, .executing, .program, values: "-i -o -e")
        add("env", .inspect, .observing, .program, values: "-u -C -S --unset --chdir", flags: "-i -0 -")
        add(
            "timeout gtimeout",
            .run,
            .executing,
            .programAfterWord,
            values: "-k -s --signal --kill-after",
            flags: "--foreground --preserve-status -f -p"
        )
        add(
            "xargs",
            .run,
            .executing,
            .program,
            values: "-n -I -L -P -d -a -s -E --max-args --max-procs",
            flags: "-0 -r -t -p -x -0r -r0 --null --no-run-if-empty"
        )
        add("command", .run, .executing, .program, but: .with("-v -V", .inspect, .observing))
        add(
            "bash sh zsh dash ksh fish ash",
            .run,
            .executing,
            .shell,
            values: "-o +o -O --rcfile --init-file",
            flags: "--login --norc --noprofile --posix --noediting --restricted",
            but: .with("-n", .lint, .executing)
        )
        add(
            "pwsh powershell",
            .run,
            .executing,
            .powerShell,
            values: "-ExecutionPolicy -ep -WorkingDirectory -wd -Version -WindowStyle -w",
            flags: "-File -f -NoProfile -nop -NonInteractive -NoLogo -Login -NoExit -Sta -Mta"
        )
        add("wsl", .run, .executing, .program, values: "-d -u --cd --distribution --user")
        add("cmd", .run, .executing, .program)
        add("direnv mise rtx asdf devbox", .inspect, .observing, .words)
        add("exec x", under: "mise", .run, .executing, .program)
        add("exec x", under: "rtx", .run, .executing, .program)
        add("exec", under: "direnv", .run, .executing, .programAfterWord)
        add("run", under: "mise", .run, .executing, .task)
        add("run", under: "devbox", .run, .executing, .program)
        add("install use upgrade", under: "mise", .package, .changing)
        add("install", under: "asdf", .package, .changing)
    }

    private mutating func addFiles() {
        add("cat bat less more head tail nl tac rev xxd od hexdump strings wc jq file", .readFile, .observing)
        add("sort", .readFile, .observing, but: .with("-o", .edit, .changing))
        add("uniq cut tr column paste comm fold fmt expand join seq shuf split base64", .readFile, .observing)
        add("awk gawk mawk diff cmp sdiff colordiff delta md5sum sha1sum sha256sum shasum cksum", .readFile, .observing)
        add(
            "sed gsed",
            .readFile,
            .observing,
            but: .with(letter: "i", .edit, .changing),
            .with("--in-place", .edit, .changing)
        )
        add("yq", .readFile, .observing, but: .with("-i --inplace", .edit, .changing))
        add(
            "perl",
            .run,
            .executing,
            .script,
            values: "-I -M -m -x -F",
            flags: "-w -i -n -W -T -t",
            but: .with(letter: "i", .edit, .changing)
        )
        add("grep egrep fgrep rg ag ack zgrep ugrep ast-grep sg fzf locate mdfind ctags", .search, .observing)
        add("fd fdfind", .search, .observing)
        add(
            "find",
            .list,
            .observing,
            but: .with("-name -iname -path -ipath -regex -iregex -newer -mtime -size", .search, .observing),
            .with("-delete -exec -execdir -ok", .arrangeFiles, .changing),
            .with("grep cat head ls wc stat file sed rg", .search, .observing)
        )
        add("ls dir tree exa eza lsd vdir ll", .list, .observing)
        add("tee sponge", .edit, .recording)
        add("patch apply_patch applypatch ed ex dos2unix unix2dos truncate", .edit, .changing)
        add(
            "mv cp rm mkdir rmdir touch chmod chown chgrp ln install rsync unlink shred trash",
            .arrangeFiles,
            .changing
        )
        add("zip unzip gzip gunzip bzip2 xz zstd 7z dd mktemp scp", .arrangeFiles, .changing)
        add("tar", .arrangeFiles, .changing, but: .with("-t -tf -tzf -tvf tf tvf tzf tvzf --list", .list, .observing))
        addTransfers()
    }

    private mutating func addTransfers() {
        let flags = "sSLfkviIgjNlqRZ046"
        add(
            "curl",
            .fetch,
            .observing,
            but: .with("--output", letter: "o", after: flags, unless: "/dev/null -", .arrangeFiles, .changing),
            .with(
                "-O --remote-name --remote-name-all -OL -LO -sO -sSO -sLO -sSLO -fsSLO -fSLO",
                .arrangeFiles,
                .changing
            ),
            .with("--request", letter: "X", after: flags, unless: "GET HEAD OPTIONS", .run, .executing),
            .with("--data --data-raw --data-ascii", letter: "d", after: flags, unless: "", .run, .executing),
            .with("--form --form-string", letter: "F", after: flags, unless: "", .run, .executing),
            .with("--upload-file", letter: "T", after: flags, unless: "", .run, .executing),
            .with("--data-binary --data-urlencode --json", .run, .executing),
            .with("-G --get -sG", .fetch, .observing)
        )
        // These save what they fetch unless told to print it.
        add(
            "wget aria2c",
            .arrangeFiles,
            .changing,
            but: .with("- -O- -qO- -nvO- /dev/null --spider", .fetch, .observing),
            .with("--post-data --post-file --body-data --body-file", .run, .executing),
            .with("--method", letter: "\u{0}", after: "", unless: "GET HEAD", .run, .executing)
        )
        add(
            "http https xh",
            .fetch,
            .observing,
            but: .with("--download -d", .arrangeFiles, .changing),
            .with("POST PUT PATCH DELETE", .run, .executing)
        )
    }

    private mutating func addRepositories() {
        add("git", .readGit, .observing, .words, values: "-C -c --git-dir --work-tree --namespace --exec-path")
        add("status diff log show blame annotate rev-parse ls-files ls-tree", under: "git", .readGit, .observing)
        add("cat-file grep shortlog describe merge-base rev-list name-rev", under: "git", .readGit, .observing)
        add("for-each-ref show-ref symbolic-ref diff-tree diff-index diff-files", under: "git", .readGit, .observing)
        add("ls-remote check-ignore check-attr whatchanged range-diff cherry", under: "git", .readGit, .observing)
        add(
            "reflog count-objects fsck verify-commit var help version fetch hash-object",
            under: "git",
            .readGit,
            .observing
        )
        add("patch-id merge-tree interpret-trailers archive bundle difftool", under: "git", .readGit, .observing)
        add("commit", under: "git", .writeGit, .finishing)
        add("add push pull merge rebase reset checkout switch restore", under: "git", .writeGit, .changing)
        add("cherry-pick revert rm mv clone init apply am clean bisect gc prune", under: "git", .writeGit, .changing)
        add("update-ref update-index read-tree write-tree commit-tree", under: "git", .writeGit, .changing)
        add("filter-branch filter-repo replace format-patch lfs subtree", under: "git", .writeGit, .changing)
        add("sparse-checkout maintenance mergetool rerere", under: "git", .writeGit, .changing)
        add(
            "branch",
            under: "git",
            .readGit,
            .observing,
            but: .with(operands: 1, .writeGit, .changing),
            .with("-l --list -a -r --contains --merged --no-merged --show-current --points-at", .readGit, .observing),
            .with("-d -D -m -M -c -f -u --delete --move --set-upstream-to", .writeGit, .changing)
        )
        add(
            "tag",
            under: "git",
            .readGit,
            .observing,
            but: .with(operands: 1, .writeGit, .changing),
            .with("-l --list -n --contains --points-at --sort", .readGit, .observing)
        )
        add(
            "config",
            under: "git",
            .readGit,
            .observing,
            but: .with(operands: 2, .writeGit, .changing),
            .with("--unset --unset-all --add --replace-all", .writeGit, .changing),
            .with("--get --get-all --get-regexp -l --list get list", .readGit, .observing)
        )
        for word in ["remote", "stash", "worktree", "submodule", "notes"] {
            let isRead = word == "remote"
            add(word, under: "git", isRead ? .readGit : .writeGit, isRead ? .observing : .changing, .words)
            add("list show status summary get-url", under: "git \(word)", .readGit, .observing)
            add("add remove rm rename set-url push pop apply drop", under: "git \(word)", .writeGit, .changing)
            add(
                "clear branch prune move lock unlock repair update init sync",
                under: "git \(word)",
                .writeGit,
                .changing
            )
        }
        addHosts()
        add("jj hg svn sl", .readGit, .observing, .words)
        for program in ["jj", "hg", "svn", "sl"] {
            add("status st log diff show blame annotate info cat root", under: program, .readGit, .observing)
            add("commit ci new describe desc edit squash rebase push pull git", under: program, .writeGit, .changing)
            add("update up checkout co add bookmark abandon restore merge", under: program, .writeGit, .changing)
        }
    }

    /// The command lines of GitHub and GitLab: a noun, then a verb that means the same with each.
    private mutating func addHosts() {
        let nouns = """
            issue repo release run workflow gist label project ci secret variable cache ruleset extension \
            codespace auth config alias
            """
        for host in ["gh", "glab"] {
            add(host, .readGit, .observing, .words, values: "-R --repo --hostname")
            add("status search browse version help", under: host, .readGit, .observing)
            add(
                "api",
                under: host,
                .readGit,
                .observing,
                but: .with("-X --method -f -F --field --raw-field --input", .writeGit, .changing),
                .with("GET graphql", .readGit, .observing)
            )
            add(nouns, under: host, .readGit, .observing, .words, values: "-R --repo", like: "gh noun")
            add("pr mr", under: host, .readGit, .observing, .words, values: "-R --repo", like: "gh request")
        }
        for noun in ["gh noun", "gh request"] {
            add("view list ls status diff checks watch get download token", under: noun, .readGit, .observing)
            add("create new edit merge close reopen comment review", under: noun, .writeGit, .changing)
            add("checkout ready delete fork clone sync rename archive", under: noun, .writeGit, .changing)
            add("rerun run cancel enable disable upload set remove add note", under: noun, .writeGit, .changing)
            add("update update-branch lock unlock pin transfer approve", under: noun, .writeGit, .changing)
            add("login logout refresh setup-git switch install develop", under: noun, .writeGit, .changing)
        }
        add("merge", under: "gh request", .writeGit, .finishing)
    }
}
