internal import Domain

extension ProgramTable {
    mutating func addMachines() {
        add("ps top htop df du free uname uptime which whereis type whoami id groups", .inspect, .observing)
        add("hostname date printenv lsof netstat ss pgrep pstree nproc lscpu sysctl", .inspect, .observing)
        add("stat readlink realpath basename dirname ulimit locale arch-info dmesg tty", .inspect, .observing)
        add("journalctl history ifconfig ip ping dig nslookup host sw_vers ldd nm otool", .inspect, .observing)
        add("man tldr apropos info", .lookUp, .observing)
        add("json.tool", .readFile, .observing)
        add("venv virtualenv ensurepip", .package, .changing)
        add("py_compile compileall", .lint, .executing)
        add("kill pkill killall tmux screen ssh nc telnet crontab at open xdg-open start", .run, .executing)
        add("systemctl service launchctl", .run, .executing, .words)
        for program in ["systemctl", "service", "launchctl"] {
            add("status list-units is-active is-enabled show list cat", under: program, .inspect, .observing)
        }
        addContainers()
        add("terraform tofu pulumi", .run, .executing, .words, values: "-chdir")
        for program in ["terraform", "tofu", "pulumi"] {
            add("apply destroy import up", under: program, .run, .changing)
            add("init get", under: program, .package, .changing)
            add("plan preview", under: program, .run, .executing)
            add("fmt", under: program, .format, .changing, but: .with("-check", .lint, .executing))
            add("validate", under: program, .lint, .executing)
            add("show output state providers version", under: program, .inspect, .observing)
        }
        add("aws gcloud az doctl flyctl fly heroku vercel netlify railway", .run, .executing)
        add("psql mysql sqlite3 redis-cli mongosh mongo duckdb", .run, .executing)
        add(
            "brew port apt apt-get dnf yum apk pacman snap zypper choco winget scoop flatpak nix-env",
            .package,
            .changing,
            .words
        )
        for program in [
            "brew", "port", "apt", "apt-get", "dnf", "yum", "apk", "pacman", "snap", "zypper", "choco", "winget",
            "scoop",
        ] {
            add(
                "install reinstall remove uninstall upgrade update tap add del purge",
                under: program,
                .package,
                .changing
            )
            add("list search info show outdated leaves policy", under: program, .package, .observing)
        }
        add("apt-cache dpkg rpm dpkg-query", .package, .observing)
        add("claude codex gemini opencode copilot aider amp qwen cursor-agent", .delegate, .executing)
    }

    private mutating func addContainers() {
        for program in ["docker", "podman", "nerdctl"] {
            add(program, .run, .executing, .words, values: "-H --host --context -c")
            add("ps images logs inspect stats top version info port diff events", under: program, .inspect, .observing)
            add("build buildx", under: program, .build, .executing)
            add("pull push login", under: program, .package, .changing)
            add("run exec start restart attach", under: program, .run, .executing)
            add("stop kill rm rmi tag cp prune system volume network create", under: program, .run, .changing)
            add(
                "compose",
                under: program,
                .run,
                .executing,
                .words,
                values: "-f --file -p --project-name --env-file --profile"
            )
            addCompose(under: "\(program) compose")
        }
        add("docker-compose", .run, .executing, .words, values: "-f --file -p --project-name --env-file")
        addCompose(under: "docker-compose")
        add(
            "kubectl oc helm k9s minikube kind",
            .run,
            .executing,
            .words,
            values: "-n --namespace --context --kubeconfig"
        )
        for program in ["kubectl", "oc", "helm"] {
            add("get describe logs top explain version config cluster-info list", under: program, .inspect, .observing)
            add("status history template show diff", under: program, .inspect, .observing)
            add("apply create delete patch scale rollout edit set label", under: program, .run, .changing)
            add("annotate install upgrade uninstall rollback", under: program, .run, .changing)
            add("exec port-forward run cp attach", under: program, .run, .executing)
            add("lint", under: program, .lint, .executing)
        }
    }

    private mutating func addCompose(under parent: String) {
        add("up run exec start restart", under: parent, .run, .executing)
        add("down stop rm kill", under: parent, .run, .changing)
        add("build", under: parent, .build, .executing)
        add("pull", under: parent, .package, .changing)
        add("ps logs config images top ls", under: parent, .inspect, .observing)
    }

    /// PowerShell's cmdlets and aliases, in small letters: PowerShell does not care.
    mutating func addPowerShell() {
        add(
            "set-location push-location pop-location sl write-output write-host write-error start-sleep",
            .other,
            .nothing
        )
        add("set-strictmode set-variable clear-host set-executionpolicy import-module out-null", .other, .nothing)
        add(
            "get-content gc import-csv convertfrom-json convertto-json measure-object get-filehash",
            .readFile,
            .observing
        )
        add("select-object select where-object where ? sort-object", .readFile, .observing)
        add("foreach-object foreach %", .other, .nothing, .block)
        add("group-object format-table ft format-list fl out-string out-host compare-object", .readFile, .observing)
        add("select-string sls findstr", .search, .observing)
        add("get-childitem gci", .list, .observing)
        add("set-content sc add-content ac clear-content", .edit, .changing)
        add("out-file tee-object export-csv", .edit, .recording)
        add("remove-item ri del erase rd copy-item cpi copy move-item mi move", .arrangeFiles, .changing)
        add("new-item ni rename-item rni ren md expand-archive compress-archive", .arrangeFiles, .changing)
        add("test-path resolve-path split-path join-path get-location get-item get-itemproperty", .inspect, .observing)
        add("get-process get-command gcm get-service get-date get-variable get-member gm", .inspect, .observing)
        add("get-help", .lookUp, .observing)
        add(
            "invoke-webrequest iwr invoke-restmethod irm",
            .fetch,
            .observing,
            but: .with("-OutFile -outfile", .arrangeFiles, .changing),
            .with("-Body -body -InFile -infile -Form", .run, .executing),
            .with("Post POST post Put PUT put Patch PATCH patch Delete DELETE delete", .run, .executing)
        )
        add("start-bitstransfer", .arrangeFiles, .changing)
        add("start-process stop-process invoke-expression iex-ps invoke-command start-job", .run, .executing)
        add("install-module install-package update-module", .package, .changing)
        add("param try catch finally elseif switch throw", .other, .nothing, .silent)
    }
}
