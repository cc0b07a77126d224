import Testing

@testable import Actions

/// What may be kept of a command is its program, its subcommand or task, and a script's name: never a word they take.
@Suite struct CommandSecrecyTests {
    private static let scripts = [
        "python", "python3", "ipython", "node", "tsx", "ruby", "perl", "php", "lua", "julia", "Rscript", "osascript",
        "bash", "sh", "zsh", "fish", "pwsh", "powershell",
    ]
    private static let wrappers = [
        "sudo", "doas", "env", "nohup", "nice", "stdbuf", "xargs", "command", "npx", "bunx", "uvx", "pipx", "uv run",
        "uv tool run", "poetry run", "bundle exec", "npm exec", "pnpm dlx", "mise exec", "python -m", "timeout 5",
        "timeout", "wsl", "exec", "caffeinate",
    ]
    private static let tasks = [
        "make", "just", "npm run", "pnpm run", "yarn", "bun", "bun run", "turbo", "turbo run", "nx", "gradle", "mvn",
        "bazel", "rake", "mix", "composer run", "deno task", "vite", "dune", "mise run",
    ]
    private static let others = [
        "git", "git push", "git remote", "git config", "gh", "gh pr", "gh api", "npm", "pnpm", "cargo", "cargo test",
        "go", "go test", "swift", "docker", "docker login", "docker compose", "kubectl", "helm", "aws", "terraform",
        "pip", "uv", "uv pip", "brew", "apt-get", "curl", "wget", "ssh", "psql", "mysql", "redis-cli", "cat", "sed",
        "awk", "grep", "rg", "find", "tar", "cp", "rm", "echo", "export", "test", "read", "kill", "systemctl", "jq",
        "biome", "ruff", "pytest", "eslint", "claude", "java", "dotnet", "frobnicate", "./tool.sh",
    ]

    /// The marker where no name stands, whatever the program.
    private static let arguments = [
        "P --unknown hunter2", "P --unknown hunter2 x", "P --unknown hunter2 build test", "P --a x --b hunter2",
        "P -Z hunter2", "P -Z x hunter2", "P -xhunter2e", "P -hunter2c x", "P -hunter2p", "P --key=hunter2 x",
        "P --hunter2 x", "hunter2=1 P", "A=hunter2 P x", "A='hunter2' B=\"hunter2\" P x", "P x > hunter2",
        "P x 2> hunter2", "P x < hunter2", "P x <<< hunter2", "P x <<E\nhunter2\nhunter2 y\nE", "P x 'a; hunter2 b'",
        "P x \"a; hunter2 b\"", "P x $hunter2", "P x ${A:-hunter2}", "P $hunter2", "P x \\; hunter2",
        "P --unknown https://u:hunter2@host/a x", "P --unknown https://hunter2:t@host x", "P https://u:hunter2@host",
        "P https://hunter2:t@host", "P u:hunter2@host", "P x # hunter2",
        "case $k in a) P x ;; hunter2) P y ;; esac", "case $k in\n  hunter2) P x\n    ;;\n  'hunter2') P y;; esac",
        "case hunter2 in (a) P x ;; (hunter2 | hunter2) P y ;& hunter2*) P z ;;& *) ;; esac; P x",
        "case $(case a in hunter2) P;; esac) in\n# hunter2) x\nhunter2) P x;;\nesac",
        "[[ $a ==\n hunter2 ]] && P x", "a=(\nhunter2 x\n); P x", "((hunter2 = 1)) && P x",
        "for f in hunter2; do P x; done", "P x && echo hunter2", "echo hunter2 | P x",
        "sudo --user hunter2 P x", "sudo --login-class hunter2 P x", "npx --registry https://u:hunter2@host P x",
        "uv run --index https://hunter2:TOKEN@host P x", "xargs --arg-file hunter2 P x", "env --foo hunter2 A=b P x",
        "timeout --unknown hunter2 5 P x", "nice --foo hunter2 --bar hunter2 P x",
    ]

    /// The marker behind the one word that is a task, a script or a program.
    private static let behindAName = ["P w hunter2", "P w -y hunter2", "P w --unknown hunter2", "P w -- hunter2"]

    private static let frames = [
        "L", "cd /a && L", "(L\n)", "x=$(L\n)", "if true; then\nL\nfi", "true; ! L", "echo `true`; L",
    ]

    @Test func `no word that a program takes is ever kept`() {
        let all = CommandSecrecyTests.scripts + CommandSecrecyTests.wrappers + CommandSecrecyTests.tasks
        expectNoMarker(CommandSecrecyTests.arguments, all + CommandSecrecyTests.others)
        expectNoMarker(
            CommandSecrecyTests.behindAName,
            CommandSecrecyTests.scripts + CommandSecrecyTests.tasks + CommandSecrecyTests.others
        )
        expectNoMarker(["P hunter2"], CommandSecrecyTests.others.filter { $0 != "pnpm" })
        expectNoMarker(["P - hunter2", "P -e x hunter2"], CommandSecrecyTests.scripts)
        expectNoMarker(["P -c x hunter2"], CommandSecrecyTests.scripts.filter { $0 != "php" })
        expectNoMarker(["P -s hunter2"], ["bash", "sh", "zsh"])
    }

    private func expectNoMarker(_ lines: [String], _ programs: [String]) {
        var glances = CommandGlances()
        for program in programs {
            for line in lines {
                let command = line.replacing("P", with: program)
                for frame in CommandSecrecyTests.frames {
                    let whole = frame.replacing("L", with: command)
                    let name = glances.glance(whole).command
                    #expect(!name.contains("hunter2"), "\(whole) is kept as \(name)")
                }
            }
        }
    }

    @Test(arguments: [
        "<# hunter2\nhunter2 x\n#> Get-Content a", "Get-Content -Path hunter2", "'hunter2' | Set-Content a",
        "powershell -enc hunter2", "pwsh -EncodedCommand hunter2", "powershell -NoProfile -Foo hunter2 x",
        "$a = 'hunter2'; Remove-Item $a", "Invoke-WebRequest https://u:hunter2@host", "$env:A = \"hunter2\"",
        "npx --registry https://u:hunter2@host x", "@\"\nhunter2\n\"@ | Set-Content a",
        "switch ($a) { 'hunter2' { ls } }",
    ])
    func `nor one that PowerShell takes`(line: String) {
        var glances = CommandGlances()
        #expect(!glances.glance(line, .powerShell).command.contains("hunter2"))
    }

    @Test(arguments: [
        ("perl -lane 'print'", "perl -e"), ("ruby -I/home/alice/core a.rb", "ruby a.rb"), ("python -c x", "python -c"),
        ("php -dapi_key=hunter2e x", "php x"), ("python -Wignore run.py", "python run.py"),
        ("perl -MJSON::Simple -e x", "perl -e"), ("python -u -B run.py", "python run.py"),
        ("turbo --token hunter2 run build", "turbo run build"),
        ("turbo --secret hunter2 run build", "turbo run"), ("sudo --user hunter2 ls", "ls"),
        ("uv run --index https://oauth2:TOKEN@host pytest", "pytest"), ("node --any-opt VALUE app.js", "node"),
        ("node --inspect app.js", "node app.js"), ("pnpm --recursive build", "pnpm build"),
        ("bash -x run.sh", "bash run.sh"), ("stdbuf -oL ./run.sh", "run.sh"), ("xargs -I{} ./run.sh {}", "run.sh"),
        ("make -j8 --no-print-directory check", "make check"), ("npx --yes cowsay@1.2 moo", "cowsay"),
        ("pwsh -NoProfile -File a/run.ps1 x", "pwsh run.ps1"), ("case $k in a) go vet ;; b) ls ;; esac", "go vet"),
    ])
    func `what stands in a name's place is told, also behind options that are known`(line: String, command: String) {
        var glances = CommandGlances()
        #expect(glances.glance(line).command == command)
    }
}
