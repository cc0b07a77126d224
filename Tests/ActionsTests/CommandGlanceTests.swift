import Domain
import Testing

@testable import Actions

@Suite struct CommandGlanceTests {
    private func glance(
        _ line: String,
        in folder: String = "",
        from place: String = "",
        _ dialect: ShellDialect = .posix
    ) -> CommandGlance {
        var glances = CommandGlances()
        return glances.glance(line, in: folder, from: place, dialect)
    }

    @Test(arguments: [
        ("git status", ActionKind.readGit, "git status"),
        ("git -C /code --no-pager diff --stat", .readGit, "git diff"),
        ("git add -A && git commit -m \"it's done\"", .writeGit, "git commit"),
        ("git branch", .readGit, "git branch"),
        ("git branch --list 'x*'", .readGit, "git branch"),
        ("git branch -D old", .writeGit, "git branch"),
        ("git stash list", .readGit, "git stash list"),
        ("git stash", .writeGit, "git stash"),
        ("gh pr view 12 --json title", .readGit, "gh pr view"),
        ("gh pr create --fill", .writeGit, "gh pr create"),
        ("gh api repos/a/b/pulls", .readGit, "gh api"),
        ("gh api -X POST repos/a/b/issues", .writeGit, "gh api"),
        ("npm run test -- --watch=false", .test, "npm run test"),
        ("npm ci", .package, "npm ci"),
        ("pnpm --filter web build", .build, "pnpm build"),
        ("yarn workspace web lint:fix", .lint, "lint:fix"),
        ("cargo test --all", .test, "cargo test"),
        ("cargo +nightly fmt --check", .lint, "cargo fmt"),
        ("go vet ./...", .lint, "go vet"),
        ("go mod tidy", .package, "go mod tidy"),
        ("gofmt -l .", .lint, "gofmt"),
        ("gofmt -w .", .format, "gofmt"),
        ("eslint src", .lint, "eslint"),
        ("npx -y eslint@9 --fix src", .format, "eslint"),
        ("prettier --check .", .lint, "prettier"),
        ("swift test --filter X", .test, "swift test"),
        ("swift format lint -r Sources", .lint, "swift format lint"),
        ("make -C sub check-types", .lint, "make check-types"),
        ("make", .build, "make"),
        ("python3 manage.py migrate", .run, "python3 manage.py"),
        ("python -m pytest -q tests", .test, "pytest"),
        ("uv run --with rich pytest -q", .test, "pytest"),
        ("poetry run mypy .", .lint, "mypy"),
        ("python -c 'print(1)'", .run, "python -c"),
        ("./scripts/run-tests.sh --fast", .test, "run-tests.sh"),
        ("/usr/local/go/bin/go build ./...", .build, "go build"),
        ("docker compose -f a.yml up -d", .run, "docker compose up"),
        ("kubectl -n prod get pods", .inspect, "kubectl get"),
        ("curl -s http://localhost:8080/health", .fetch, "curl"),
        ("curl -X POST http://a", .run, "curl"), ("curl -XDELETE http://a", .run, "curl"),
        ("curl -sSd '{}' http://a", .run, "curl"), ("curl --data-raw x -o /dev/null http://a", .run, "curl"),
        ("curl -X POST -o /dev/null http://a", .run, "curl"), ("curl -F a=b http://a", .run, "curl"),
        ("curl -T a.txt http://a", .run, "curl"), ("curl --request=PUT http://a", .run, "curl"),
        ("curl -X GET http://a", .fetch, "curl"), ("curl -sS -XGET -H 'o: d' http://a", .fetch, "curl"),
        ("curl -so /dev/null -w '%{http_code}' http://a", .fetch, "curl"), ("curl -G -d q=1 http://a", .fetch, "curl"),
        ("curl -fsSLo a.tgz http://a", .arrangeFiles, "curl"), ("curl -o a http://a", .arrangeFiles, "curl"),
        ("curl -LO http://a", .arrangeFiles, "curl"), ("curl -Hdo:FT http://a", .fetch, "curl"),
        ("wget http://a", .arrangeFiles, "wget"), ("wget -qO- http://a", .fetch, "wget"),
        ("wget --post-data=x -O - http://a", .run, "wget"), ("wget --method=DELETE http://a", .run, "wget"),
        ("http POST a b=c", .run, "http"),
        ("rg -n 'a|b' src", .search, "rg"),
        ("find . -type d", .list, "find"),
        ("find . -name '*.go'", .search, "find"),
        ("find . -name '*.tmp' -delete", .arrangeFiles, "find"),
        ("ls -la src", .list, "ls"),
        ("sed -n '1,20p' a.txt", .readFile, "sed"),
        ("sed -i 's/a/b/' a.txt", .edit, "sed"),
        ("sed -ni.bak p a.txt", .edit, "sed"),
        ("cat > a.txt <<'EOF'\nrm -rf /\nEOF", .edit, "cat"),
        ("echo hi > a.txt", .edit, "echo"),
        ("echo hi 2>/dev/null", .other, "echo"),
        ("mv a b", .arrangeFiles, "mv"),
        ("which go", .inspect, "which"),
        ("command -v go", .inspect, "command"),
        ("cd /tmp", .other, "cd"),
        ("apply_patch <<'EOF'\n*** Begin Patch\nEOF", .edit, "apply_patch"),
        ("terraform apply -auto-approve", .run, "terraform apply"),
        ("apt-get update -q", .package, "apt-get update"),
        ("", .other, ""),
    ])
    func `a command is told by its program and subcommand`(line: String, kind: ActionKind, command: String) {
        let seen = glance(line)
        #expect(seen.kind == kind)
        #expect(seen.command == command)
    }

    @Test(arguments: [
        ("sudo -u me FOO=1 timeout -k 5 30s nice -n 5 go test ./...", ActionKind.test, "go test"),
        ("env -u A B=1 npm test", .test, "npm test"),
        ("bash -lc 'cd /code && go test ./...'", .test, "go test"),
        ("bash -c \"npm run build\"", .build, "npm run build"),
        ("find . -name a | xargs -n 1 grep b", .search, "grep"),
        ("find . -name a | xargs rm", .arrangeFiles, "rm"),
        ("if [ -f a ]; then npm test; else echo no; fi", .test, "npm test"),
        ("for f in *.go; do gofmt -w $f; done", .format, "gofmt"),
        ("while read l; do echo $l; done < a.txt", .other, "echo"),
        ("(cd sub && make)", .build, "make"),
        ("! grep -q a b", .search, "grep"),
        ("out=$(git push 2>&1)", .writeGit, "git push"),
        ("arr=(rm -rf x); echo ${arr[0]}", .other, "echo"),
        ("f() { go vet; }; f", .run, "f"),
        ("case $1 in a) go vet ;; *) true ;; esac", .lint, "go vet"),
        ("[[ $a == b && $c < d ]] && go vet", .lint, "go vet"),
        ("echo $((1 + 2)) && ls", .list, "ls"),
        ("diff <(sort a) <(sort b)", .readFile, "diff"),
        ("rg \"the `name` of\" src", .search, "rg"),
        ("echo `git push`", .writeGit, "git push"),
        ("bash -euo pipefail -c 'go vet'", .lint, "go vet"),
        ("bash -n build.sh", .lint, "bash build.sh"),
    ])
    func `what only starts another command is looked through`(line: String, kind: ActionKind, command: String) {
        let seen = glance(line)
        #expect(seen.kind == kind)
        #expect(seen.command == command)
    }

    @Test(arguments: [
        ("go build ./... && rm -f out", ActionKind.arrangeFiles, "rm"),
        ("ls && go test ./... && git status", .test, "go test"),
        ("go vet ./... ; go test ./...", .test, "go test"),
        ("cat a.txt; ls", .list, "ls"),
        ("git diff | grep foo | wc -l", .readGit, "git diff"),
        ("go test ./... 2>&1 | tee out.log | tail -5", .test, "go test"),
        ("go test ./... > out.log", .test, "go test"),
        ("git log | tee a.txt", .edit, "tee"),
        ("git commit -m \"$(cat <<'EOF'\nit's `rm` (done\nEOF\n)\" && git status", .writeGit, "git commit"),
        ("echo start; npm test; echo done", .test, "npm test"),
        ("git add -A && git commit -m x && git push", .writeGit, "git commit"),
        ("gh pr merge 1 --squash && git checkout main && git pull", .writeGit, "gh pr merge"),
        ("glab mr merge 1 && git pull", .writeGit, "glab mr merge"),
        ("git commit -F m && rm m", .writeGit, "git commit"),
        ("git merge main && git push", .writeGit, "git push"),
        ("bash -c 'git commit -m x' && git push", .writeGit, "git commit"),
    ])
    func `the weightiest command of a line decides, the last among equals`(
        line: String,
        kind: ActionKind,
        command: String
    ) {
        let seen = glance(line)
        #expect(seen.kind == kind)
        #expect(seen.command == command)
    }

    @Test(arguments: [
        (
            "Set-Location D:\\code; $env:A='b c'; npm run build 2>&1 | Select-Object -Last 4", ActionKind.build,
            "npm run build"
        ),
        ("Get-Content a.txt | Select-String foo", .readFile, "Get-Content"),
        ("get-childitem -Recurse", .list, "get-childitem"),
        ("Remove-Item C:\\x\\y -Recurse -Force", .arrangeFiles, "Remove-Item"),
        ("$x = git status", .readGit, "git status"),
        ("& \"C:\\tools\\go.exe\" test ./...", .test, "go test"),
        ("Get-ChildItem | ForEach-Object { Remove-Item $_; $_.Name }", .arrangeFiles, "Remove-Item"),
        ("if (Test-Path a) { Remove-Item a }", .arrangeFiles, "Remove-Item"),
        ("Set-Content a.txt @'\nrm -rf /; it's\n'@", .edit, "Set-Content"),
        ("(Get-Content a.txt).Length", .readFile, "Get-Content"),
        ("Get-ChildItem | Where-Object { $_.Name -eq 'del' } | foreach { $_.Name }", .list, "Get-ChildItem"),
        (
            "$m = @{\n 'a.md' = @('','');\n}\nforeach ($f in $m.Keys) { $c = Get-Content $f -Raw; foreach ($v in $m[$f]) "
                + "{ $c = $c.Replace(('`'+$v+'`'), ('`\"'+$v+' \"`')) }; Set-Content -Path $f -Value $c }\n"
                + "git diff -U0 -- docs | Select-String '^\\+'",
            .edit, "Set-Content"
        ),
    ])
    func `PowerShell is read by its own rules`(line: String, kind: ActionKind, command: String) {
        let seen = glance(line, .powerShell)
        #expect(seen.kind == kind)
        #expect(seen.command == command)
    }

    @Test(arguments: [
        ("git status", "git   status"),
        ("git status", " git status\n"),
        ("git status", "# how do things stand\ngit status # now"),
        ("git status", "cd /code && git status"),
        ("git status", "cd \"/code/\" && git status"),
        ("go test ./...", "go test ./... 2>&1"),
        ("go test ./...", "go test ./... 2>/dev/null"),
        ("go test ./...", "go test ./... 2>&1 | tail -50"),
        ("go test ./...", "go test  ./...  2>&1  |  head -n 5 | cat"),
        ("go test && go vet", "go test | tail -n 5 && go vet"),
        ("a \\\n  b", "a b"),
        ("ls\npwd", "ls\n\n  pwd"),
    ])
    func `the same command hashes alike`(one: String, other: String) {
        #expect(glance(one, in: "/code").hash == glance(other, in: "/code").hash)
    }

    @Test(arguments: [
        ("echo 'a  b'", "echo 'a b'"),
        ("git status", "git status -s"),
        ("ls\npwd", "ls pwd"),
        ("git status", "cd /code/sub && git status"),
        ("go test | cat a.txt", "go test"),
        ("cat <<E\na  b\nE", "cat <<E\na b\nE"),
        ("cat <<E\na 2>&1\nE", "cat <<E\na\nE"),
        ("echo '2>&1'", "echo ''"),
    ])
    func `another command hashes otherwise`(one: String, other: String) {
        #expect(glance(one, in: "/code").hash != glance(other, in: "/code").hash)
    }

    @Test func `a folder given to the tool is the folder changed to`() {
        let there = glance("make", in: "/code", from: "/code/sub")
        #expect(there.hash == glance("cd /code/sub && make", in: "/code").hash)
        #expect(glance("make", in: "/code", from: "/code").hash == glance("make", in: "/code").hash)
        #expect(there.hash != glance("make", in: "/code").hash)
    }

    @Test(arguments: [
        "TOKEN=hunter2 deploy", "curl -u me:hunter2 http://x", "$hunter2", "\"$hunter2\" go", "git hunter2 push",
        "mysql -phunter2", "docker login -p hunter2", "echo hunter2 | docker login", "/home/hunter2/bin/tool",
        "hunter2=1", "psql 'hunter2' <<< hunter2", "sudo -u hunter2 ls", "npm --prefix hunter2 ci",
        "cat <<EOF\nhunter2\nEOF", "echo $(echo hunter2)", "ssh hunter2@host", "bash -c 'echo hunter2'",
    ])
    func `nothing of a command's arguments is kept`(line: String) {
        #expect(!glance(line).command.contains("hunter2"))
    }

    @Test(arguments: [
        "(", "$(", "\"$(", "`", "'", "\"", "\\", "<<", "<(", "${", "$((", "((", "[[ ", ">", "a=(", "{ ", "@'\n",
    ])
    func `a hostile line takes no more steps than a few for each of its bytes`(piece: String) {
        let line = String(repeating: piece, count: 200_000 / piece.utf8.count)
        for dialect in [ShellDialect.posix, .powerShell] {
            var glances = CommandGlances()
            _ = glances.glance(line, dialect)
            #expect(glances.steps <= 3 * line.utf8.count + 100)
        }
    }
}

extension CommandGlances {
    mutating func glance(
        _ line: String,
        in folder: String = "",
        from place: String = "",
        _ dialect: ShellDialect = .posix
    ) -> CommandGlance {
        let (line, folder, place) = (Array(line.utf8), Array(folder.utf8), Array(place.utf8))
        return line.withUnsafeBytes { line in
            folder.withUnsafeBytes { folder in
                place.withUnsafeBytes { glance(at: line, in: folder, from: $0, dialect: dialect) }
            }
        }
    }
}
