internal import Domain

extension ProgramTable {
    mutating func addJavaScript() {
        add("npm", .package, .changing, .words, values: "--prefix -w --workspace -C --loglevel")
        add(
            "pnpm",
            .package,
            .changing,
            .wordsOrTask,
            values: "--filter -F -C --dir --prefix",
            flags: "-r -w -s --recursive --workspace-root"
        )
        add("yarn", .package, .changing, .wordsOrTask, values: "--cwd", flags: "-s")
        add("bun", .run, .executing, .wordsOrTask, values: "--cwd --filter -F --env-file", flags: "-b --bun --hot")
        add("deno", .run, .executing, .words)
        for program in ["npm", "pnpm", "yarn", "bun", "deno"] {
            add(
                "run run-script rum",
                under: program,
                .run,
                .executing,
                .task,
                values: "--filter -w --workspace --prefix --cwd -F -C",
                flags: "-s --if-present --workspaces -b --bun --hot -A --allow-all"
            )
            add("test t tst", under: program, .test, .executing)
            add("start", under: program, .run, .executing)
            add("install i ci add remove rm uninstall un update up upgrade", under: program, .package, .changing)
            add("link unlink dedupe prune rebuild init create publish version", under: program, .package, .changing)
            add("import patch cache store config set pkg approve-builds", under: program, .package, .changing)
            add("ls list outdated view info why audit show search explain", under: program, .package, .observing)
            add("root prefix bin --version whoami help", under: program, .inspect, .observing)
            add("exec dlx x", under: program, .run, .executing, .program, values: "--package -p -w -c", flags: "-s")
        }
        add("workspace", under: "yarn", .run, .executing, .programAfterWord)
        add("build", under: "bun", .build, .executing)
        add("fmt", under: "deno", .format, .changing, but: .with("--check", .lint, .executing))
        add("lint check", under: "deno", .lint, .executing)
        add("task", under: "deno", .run, .executing, .task)
        add(
            "npx bunx pnpx",
            .run,
            .executing,
            .program,
            values: "-p --package -c --call",
            flags: "--bun --prefer-offline"
        )
        add("corepack nvm fnm volta n", .package, .changing, .words)
        add(
            "node tsx ts-node",
            .run,
            .executing,
            .script,
            values: "-r --require --import --loader --env-file -C --conditions",
            flags: "--test --check --inspect --inspect-brk --enable-source-maps --experimental-strip-types --expose-gc",
            but: .with("--test", .test, .executing),
            .with("--check", .lint, .executing)
        )
        add("jest vitest mocha ava cypress karma jasmine qunit tap uvu wdio testcafe c8 nyc", .test, .executing)
        add("playwright", .test, .executing, .words)
        add("test", under: "playwright", .test, .executing)
        add("install", under: "playwright", .package, .changing)
        add(
            "eslint stylelint oxlint standard xo tslint markdownlint markdownlint-cli2",
            .lint,
            .executing,
            but: .with("--fix", .format, .changing)
        )
        add("tsc vue-tsc svelte-check", .build, .executing, but: .with("--noEmit --no-emit", .lint, .executing))
        add("biome", .lint, .executing, .words)
        add("check lint ci", under: "biome", .lint, .executing, but: .with("--write --apply --fix", .format, .changing))
        add("format", under: "biome", .format, .executing, but: .with("--write", .format, .changing))
        add(
            "prettier dprint",
            .format,
            .changing,
            but: .with("--check -c -l --list-different check", .lint, .executing)
        )
        add("webpack rollup esbuild parcel swc babel ncc", .build, .executing)
        add(
            "vite next nuxt astro ng remix gatsby docusaurus turbo nx lerna wrangler expo",
            .run,
            .executing,
            .wordsOrTask,
            values: "--filter -F --cwd --token --team --scope --cache-dir"
        )
        for program in ["vite", "next", "nuxt", "astro", "ng", "remix", "gatsby", "docusaurus", "expo"] {
            add("build", under: program, .build, .executing)
            add("dev serve start preview", under: program, .run, .executing)
            add("lint check", under: program, .lint, .executing)
            add("test", under: program, .test, .executing)
        }
        for program in ["turbo", "nx", "lerna"] {
            add(
                "run run-many affected",
                under: program,
                .run,
                .executing,
                .task,
                values: "--filter -F --cwd --token --team --scope --cache-dir --target -t --projects -p"
            )
        }
    }

    mutating func addChecks() {
        add("rspec phpunit pest ctest bats gotestsum ginkgo prove busted minitest cucumber", .test, .executing)
        add("golangci-lint", .lint, .executing, .words)
        add("run", under: "golangci-lint", .lint, .executing, but: .with("--fix", .format, .changing))
        add("fmt", under: "golangci-lint", .format, .changing)
        add("staticcheck revive errcheck modernize fieldalignment govulncheck nilaway", .lint, .executing)
        add("shellcheck hadolint yamllint actionlint swiftlint ktlint detekt checkstyle", .lint, .executing)
        add("phpstan psalm credo vale codespell typos semgrep cspell gitleaks trivy taplo", .lint, .executing)
        add(
            "rubocop standardrb",
            .lint,
            .executing,
            but: .with("-a -A --autocorrect --autocorrect-all", .format, .changing)
        )
        add("shfmt", .format, .executing, but: .with("-w", .format, .changing), .with("-d -l", .lint, .executing))
        add("swift-format swiftformat", .format, .changing, .words)
        add("lint", under: "swift-format", .lint, .executing)
        add("pre-commit lefthook husky", .lint, .executing, .words)
        add("run", under: "pre-commit", .lint, .executing)
        add("install", under: "pre-commit", .package, .changing)
    }
}
