internal import Domain

extension ProgramTable {
    mutating func addLanguages() {
        addCompiled()
        addPython()
        addManaged()
        add("ruby", .run, .executing, .script, values: "-I -r -C -W -E", flags: "-w -n -W0 --jit --yjit")
        add("php", .run, .executing, .script, values: "-d -c -S -t -z", flags: "-f -l -n -r -s -w")
        add(
            "lua luajit Rscript julia groovy osascript escript racket guile tclsh awk-script",
            .run,
            .executing,
            .script,
            flags: "--vanilla --slave --no-save"
        )
        add("bundle", .package, .changing, .words)
        add("exec", under: "bundle", .run, .executing, .program)
        add("install update add remove lock", under: "bundle", .package, .changing)
        add("rake rails", .run, .executing, .task, values: "-f")
        add("gem composer cpan cpanm luarocks opam pod", .package, .changing, .words)
        for program in ["gem", "composer", "luarocks", "opam", "pod"] {
            add("install update require remove add uninstall", under: program, .package, .changing)
            add("list show search info outdated", under: program, .package, .observing)
        }
        add("run run-script test", under: "composer", .run, .executing, .task)
        add("mix", .run, .executing, .wordsOrTask)
        add("test", under: "mix", .test, .executing)
        add("compile", under: "mix", .build, .executing)
        add("format", under: "mix", .format, .changing, but: .with("--check-formatted", .lint, .executing))
        add("credo dialyzer", under: "mix", .lint, .executing)
        add("deps.get deps.update deps.compile local.hex hex.info deps", under: "mix", .package, .changing)
        add("help", under: "mix", .lookUp, .observing)
        add("elixir iex erl rebar3 ghc ghci runghc ocaml dune stack cabal", .run, .executing, .wordsOrTask)
    }

    private mutating func addCompiled() {
        add("cargo", .build, .executing, .words, values: "-C --manifest-path --config -Z --color")
        add("build b check c rustc doc", under: "cargo", .build, .executing)
        add("test t bench nextest miri llvm-cov tarpaulin", under: "cargo", .test, .executing)
        add("clippy audit deny machete semver-checks", under: "cargo", .lint, .executing)
        add("clippy fix", under: "cargo", .lint, .executing, but: .with("--fix", .format, .changing))
        add("fmt", under: "cargo", .format, .changing, but: .with("--check", .lint, .executing))
        add("run r", under: "cargo", .run, .executing)
        add("add remove rm update install uninstall fetch vendor publish", under: "cargo", .package, .changing)
        add("tree metadata search info", under: "cargo", .package, .observing)
        add("clean new init", under: "cargo", .arrangeFiles, .changing)
        add("rustup", .package, .changing, .words)
        add("rustc gcc g++ cc c++ clang clang++ ld ar javac kotlinc scalac swiftc", .build, .executing)
        add("cmake ninja meson msbuild xcodebuild scons ocamlfind protoc buf tsup", .build, .executing)
        add("rustfmt clang-format", .format, .changing, but: .with("--check -n --dry-run", .lint, .executing))
        add(
            "make gmake just task ninja-task",
            .build,
            .executing,
            .task,
            values: "-C -f -j -I -o -W --directory --file",
            flags: "-k -s -B -n -i -e -w --always-make --keep-going --dry-run"
        )
        add("go", .inspect, .observing, .words, values: "-C")
        add("build generate", under: "go", .build, .executing)
        add("test", under: "go", .test, .executing)
        add("vet fix", under: "go", .lint, .executing)
        add("fmt", under: "go", .format, .changing)
        add("run", under: "go", .run, .executing)
        add("tool", under: "go", .run, .executing)
        add("get install", under: "go", .package, .changing)
        add("mod work", under: "go", .package, .changing, .words)
        for group in ["mod", "work"] {
            add("tidy download init vendor edit use sync", under: "go \(group)", .package, .changing)
            add("graph why verify", under: "go \(group)", .package, .observing)
        }
        add("doc", under: "go", .lookUp, .observing)
        add("env version list help", under: "go", .inspect, .observing)
        add("clean", under: "go", .arrangeFiles, .changing)
        add("gofmt gofumpt goimports", .lint, .executing, but: .with("-w", .format, .changing))
        add("zig", .build, .executing, .words)
        add("build build-exe", under: "zig", .build, .executing, .task)
        add("test", under: "zig", .test, .executing)
        add("fmt", under: "zig", .format, .changing)
        add("run", under: "zig", .run, .executing)
        add("swift", .run, .executing, .words)
        add("build", under: "swift", .build, .executing)
        add("test", under: "swift", .test, .executing)
        add("run", under: "swift", .run, .executing)
        add("package", under: "swift", .package, .changing)
        add("format", under: "swift", .format, .changing, .words)
        add("lint", under: "swift format", .lint, .executing)
    }

    private mutating func addPython() {
        add(
            "python python2 python3 pypy pypy3 py",
            .run,
            .executing,
            .script,
            values: "-W -X",
            flags: "-m -u -B -O -OO -s -S -E -I -i -b -bb -d -P -x"
        )
        add("ipython", .run, .executing, .script, flags: "-m -i")
        add("uv", .package, .changing, .words, values: "--directory --project --python -p")
        add(
            "run",
            under: "uv",
            .run,
            .executing,
            .program,
            values:
                "--with --group --extra --python -p --env-file --project --directory --package --index --default-index",
            flags: "--frozen --locked --isolated --active --all-extras --all-groups --dev --exact"
        )
        add("add remove sync lock venv init python publish", under: "uv", .package, .changing)
        add("pip tool", under: "uv", .package, .changing, .words)
        add("install uninstall sync compile", under: "uv pip", .package, .changing)
        add("list show freeze tree check", under: "uv pip", .package, .observing)
        add("run", under: "uv tool", .run, .executing, .program, values: "--from --with --python")
        add("install upgrade", under: "uv tool", .package, .changing)
        add("build", under: "uv", .build, .executing)
        add("tree version", under: "uv", .package, .observing)
        add("uvx pipx", .run, .executing, .program, values: "--from --with --python --spec")
        add("pip pip3", .package, .changing, .words)
        for program in ["pip", "pip3"] {
            add("install uninstall download wheel", under: program, .package, .changing)
            add("list show freeze check index search", under: program, .package, .observing)
        }
        add("poetry pdm pipenv rye hatch conda mamba micromamba", .package, .changing, .words)
        for program in ["poetry", "pdm", "pipenv", "rye", "hatch", "conda", "mamba", "micromamba"] {
            add("run", under: program, .run, .executing, .program, values: "-n -p --name --prefix")
            add("add remove install update lock sync uninstall create", under: program, .package, .changing)
            add("show list info env search", under: program, .package, .observing)
            add("build", under: program, .build, .executing)
        }
        add("pytest py.test unittest nose2 nosetests tox nox behave doctest", .test, .executing)
        add("coverage", .test, .executing)
        add("mypy pyright basedpyright pylint flake8 bandit pydocstyle vulture ty pyflakes", .lint, .executing)
        add("black isort autopep8 yapf", .format, .changing, but: .with("--check --diff -c", .lint, .executing))
        add("autoflake pyupgrade", .format, .changing)
        add("ruff", .lint, .executing, .words)
        add("check", under: "ruff", .lint, .executing, but: .with("--fix --fix-only", .format, .changing))
        add("format", under: "ruff", .format, .changing, but: .with("--check --diff", .lint, .executing))
        add("alembic django-admin flask uvicorn gunicorn streamlit jupyter", .run, .executing)
    }

    private mutating func addManaged() {
        add("dotnet", .run, .executing, .words)
        add("build publish pack msbuild", under: "dotnet", .build, .executing)
        add("test vstest", under: "dotnet", .test, .executing)
        add("run watch tool ef", under: "dotnet", .run, .executing)
        add("restore add remove nuget new", under: "dotnet", .package, .changing)
        add("format", under: "dotnet", .format, .changing, but: .with("--verify-no-changes", .lint, .executing))
        add("list --info", under: "dotnet", .package, .observing)
        add(
            "mvn mvnw gradle gradlew sbt lein ant bazel bazelisk buck2 pants",
            .build,
            .executing,
            .wordsOrTask,
            values: "-f -pl -p -P -s -D -T -x --tests",
            flags: "-am -o -B -U -e -X -ntp -nsu -amd --info --stacktrace --daemon --parallel --continue"
        )
        for program in [
            "mvn", "mvnw", "gradle", "gradlew", "sbt", "lein", "ant", "bazel", "bazelisk", "buck2", "pants",
        ] {
            add("test verify integration-test check connectedAndroidTest", under: program, .test, .executing)
            add("build package compile assemble jar install classes testClasses", under: program, .build, .executing)
            add("run bootRun exec", under: program, .run, .executing)
            add("clean", under: program, .arrangeFiles, .changing, .wordsOrTask)
            for later in ["test", "verify", "check"] { add(later, under: "\(program) clean", .test, .executing) }
            for later in ["build", "package", "compile", "install"] {
                add(later, under: "\(program) clean", .build, .executing)
            }
            add("dependencies query deps tasks dependency:tree", under: program, .package, .observing)
        }
        add("java kotlin scala", .run, .executing, .plain)
        add("flutter dart", .run, .executing, .words)
        for program in ["flutter", "dart"] {
            add("test", under: program, .test, .executing)
            add("analyze", under: program, .lint, .executing)
            add("format", under: program, .format, .changing)
            add("build compile", under: program, .build, .executing)
            add("pub", under: program, .package, .changing)
            add("run", under: program, .run, .executing)
        }
    }
}
