/// Requests as users of coding agents word them, made up for these tests, each alone on its line.
///
/// Simple means: the cheapest model surely does all of it right. The others begin alike and are not: they take judgement,
/// or have consequences, or hide the real work behind a chore.
enum LabelledPrompts {
    static let simple = lines(
        """
        show me the contents of src/main.rs
        cat package.json
        read README.md
        can you open config/settings.toml
        what's in .gitignore
        print the first 20 lines of server.log
        list the files in the Tests folder
        ls -la
        ls
        list all files in src/components
        show the last 50 lines of build.log
        head -n 5 data.csv
        where is UserService defined
        find all usages of parseConfig
        grep for TODO in the repo
        find the file that defines AppDelegate
        how many lines does main.go have
        count the lines in src/index.ts
        show me the directory tree
        what files are in the docs folder
        open Makefile please
        view lines 10-40 of lib/parser.py
        print Dockerfile
        pwd
        what directory am I in
        please show me tsconfig.json
        which file contains the class PaymentGateway
        search for "deprecated" in src
        locate the definition of MAX_RETRIES
        list all markdown files
        give me the contents of .env.example
        display CHANGELOG.md
        what does .eslintrc.json contain
        where's the LICENSE file
        summarize README.md
        show me package.json and tsconfig.json
        read docs/setup.md and docs/usage.md
        how big is dist/bundle.js
        look at app/models/user.rb
        tree src
        does .env exist
        list the hidden files in the project root
        dump the schema file db/schema.sql
        find files named index.tsx
        cat /etc/hosts
        hey can you show me what's in the scripts directory
        print the whole file utils/date.ts
        which files mention LegacyAuth
        find where RATE_LIMIT is used
        show me line 88 of handler.go
        git status
        what's the git status
        git log --oneline -10
        show me the last 5 commits
        show the diff
        what's the current branch
        which branch am I on
        commit all changes with message "fix typo"
        commit this
        commit everything and push
        push
        push it
        push to origin
        git push origin main
        git pull
        pull the latest changes
        pull latest from main
        fetch origin
        stash my changes
        pop the stash
        git stash list
        switch to main
        checkout main
        switch back to the develop branch
        create a new branch called feature/login
        create a branch fix-header
        tag this commit v1.2.0
        list all branches
        show me the staged changes
        stage all files
        stage src/app.ts
        who last changed README.md
        what changed in the last commit
        git blame src/util.c
        show the remotes
        did you push?
        is the working tree clean?
        clone https://github.com/example/tools.git
        open a pull request titled "Add changelog"
        list open PRs
        git diff HEAD~1
        show commit a1b2c3d
        add the changes and commit with message "update deps list"
        commit and push please
        ok now commit it and push
        are there uncommitted changes
        git fetch and git status
        delete the local branch tmp/test-1
        create a draft PR
        open a PR against main
        push the branch
        what is the latest tag
        run git status for me
        can you do a git pull
        please commit my work as "wip"
        npm install
        npm install lodash
        install express
        pip install requests
        pip install -r requirements.txt
        yarn add -D typescript
        add serde to Cargo.toml as a dependency
        cargo add tokio
        brew install jq
        install the dependencies
        run npm install
        can you install pytest
        uninstall left-pad
        npm uninstall moment
        what version of node do we have
        which version of react are we using
        list outdated packages
        npm outdated
        show installed packages
        is docker installed
        poetry add httpx
        uv sync
        go mod tidy
        bundle install
        pnpm add zod
        list the dependencies
        what's the latest version of vite
        install ripgrep with brew
        apt-get install curl
        pip list
        npm ls react
        reinstall node_modules
        add the package chalk as dev dependency
        pip freeze
        format this file
        format src/app.ts with prettier
        run prettier
        run black on the tests folder
        gofmt -w main.go
        run gofmt on this file
        format the whole project
        pretty print this json: `{"a":1}`
        convert this to yaml: `{"name": "x"}`
        sort the imports in src/index.ts
        sort these lines alphabetically
        remove trailing whitespace from config.py
        convert tabs to spaces in Makefile.am
        fix the indentation in index.html
        reformat settings.json
        add a newline at the end of file main.c
        run the formatter
        run rustfmt
        indent this code
        beautify styles.css
        minify main.css
        sort keys in en.json
        remove blank lines from notes.txt
        convert data.csv to json
        run isort on src
        what does error E0308 mean
        what is ECONNREFUSED error
        what does exit code 137 mean
        what does HTTP 429 mean
        explain error code TS2345
        what is http status 422
        meaning of error ORA-00942
        what does SQLSTATE 23505 mean
        exit code 139 meaning
        what does status code 503 mean
        what is signal 11
        what does errno 13 stand for
        what's error CS0103
        what is exit status 127 in bash
        what does the npm error EACCES mean
        what does the -p flag of mkdir do
        what is the default port of postgres
        what's the syntax for a for loop in bash
        look up the docs for Array.prototype.flatMap
        what does the --rebase option of git pull do
        what is the keyboard shortcut for the command palette in vscode
        show me the man page for rsync
        what's the default value of max_connections in postgres
        what does CORS stand for
        which flag makes grep recursive
        link me to the docs for useEffect
        what is the file extension for typescript
        find the documentation for asyncio.gather
        what is the command to list running containers
        look up the signature of os.path.join
        what does the -z option of tar do
        what's the default port for redis
        what is the full form of REST
        docs for URLSession.dataTask
        look up the syntax for list comprehensions in python
        hi
        hello
        ping
        Reply with exactly OK
        respond with only the word ready
        test
        what is 2+2?
        echo back "abc"
        rename the file notes.txt to ideas.txt
        run the tests
        make the file executable: chmod +x run.sh
        what's today's date
        mkdir -p build/output
        how do I exit vim
        create an empty file called todo.md
        what time zone is this server set to
        kill the process on port 3000
        echo $PATH
        change the title in index.html to "Home"
        bump the version to 1.4.2 in package.json
        start the dev server
        delete the file tmp.log
        could you print the contents of nginx.conf
        show .github/workflows/ci.yml
        what's in the migrations folder?
        list files in lib/ recursively
        find every file that imports lodash
        where is `createStore` defined?
        how many test files are there
        show me lines 100 to 140 in app.py
        cat the last 100 lines of /var/log/syslog
        open the readme
        grep "FIXME" src
        search for getUserById
        what's the size of assets/logo.png
        can you list all the python files in scripts
        read the license file
        show me the git log
        what's my current branch?
        git push --tags
        commit with message "bump version"
        please push this branch to origin
        pull from origin main
        create a new branch off main called hotfix/logout
        show the diff for src/index.js
        what did i change today
        git checkout -b feature/x
        stash everything
        add all files and commit as "initial commit"
        show the last commit message
        list tags
        switch to branch release/2.0
        npm i axios
        install numpy and pandas
        yarn install
        add dotenv as a dependency
        pip install --upgrade pip
        which version of python is installed
        brew install --cask firefox
        is terraform installed?
        cargo install ripgrep
        list outdated npm packages
        run prettier on src/**/*.ts
        format main.go
        reformat this json file
        sort the imports
        fix indentation in layout.html
        remove trailing whitespace in all files
        run swift-format on Sources
        format the sql in query.sql
        convert crlf to lf in deploy.sh
        what does exit code 1 mean
        what does http 418 mean?
        what does error TS2322 mean
        what is error code 0x80070005
        what does SIGTERM mean
        what's the default port for mongodb
        what does the -r flag do in cp
        what's the syntax for a switch statement in go
        what does JWT stand for
        look up the docs for fs.readFile
        show me the Makefile
        print lines 5 through 15 of utils.rb
        find all references to OrderService
        list everything in the public directory
        how many lines are in server.js
        git show HEAD
        push to main
        commit these changes
        pull main
        create a branch named fix/typo
        what branch is this
        show me the recent commits
        install eslint as a dev dependency
        npm ci
        what version of rails are we on
        format this python file
        run gofmt
        convert this yaml to json
        what does HTTP status 304 mean
        what's the default port for mysql
        open src/app/layout.tsx
        what's in docker-compose.yml
        show me the folder structure
        list the files under cmd/
        find the file settings.local.json
        grep -rn "useStore" src
        how many files are in tests
        display the first 30 lines of the log file
        git log -5
        show the git diff
        commit with message "docs: typo"
        push my changes
        pull the latest from origin
        go back to main
        create a branch docs/readme-fix
        list the remote branches
        any uncommitted changes? git status
        npm install --save-dev vitest
        pip install fastapi uvicorn
        brew install ffmpeg
        what version of go is installed
        yarn outdated
        format all files with prettier
        run black on app/main.py
        pretty print response.json
        sort imports in main.py
        what does exit code 143 mean
        what does error code 1045 mean in mysql
        what does the -v flag of docker run do
        what is the default port of rabbitmq
        cat src/server.ts
        show the contents of .npmrc
        list the files in the current folder
        find all .proto files
        where is parseArgs defined
        how many lines in app.css
        print the license
        git status please
        push to origin main
        pull
        commit all my changes with message "wip"
        checkout develop
        show me the last 3 commits
        install axios
        pnpm install
        which version of typescript is installed
        what does http 502 mean
        what does the -n flag of sed do
        """
    )

    static let hard = lines(
        """
        show me how the auth flow works in src/auth
        read src/main.rs and tell me what's wrong with it
        read the whole codebase and find bugs
        open config/settings.toml and make it production ready
        what's in this module that could be a security risk
        print a trace of what happens when a user logs in
        list the files we should refactor first
        list all the places where we could deadlock
        find the memory leak in server.go
        find out why the build is slow
        find all usages of parseConfig and replace them with loadSettings
        grep for TODO and implement them
        find the bug in parser.py
        where is the race condition in worker.rs
        where is the bottleneck in the query
        where should UserService be defined
        how many ways can this function fail
        count the allocations and get rid of half of them
        look at app/models/user.rb and improve it
        look at the failing test
        take a look at the PR and tell me if it's good
        view lines 10-40 of lib/parser.py and explain why it loops forever
        summarize the architecture of this repo
        summarize the tradeoffs between the two designs
        read docs/spec.md and implement it
        read the RFC and check that our client complies
        show me a better way to write this
        show me why the tests fail
        show me package.json and upgrade everything
        what does handleRequest do and is it thread-safe
        what does this regex match: `^(?:a+)+$`
        what does src/scheduler.ts do wrong
        what's inside the request that breaks the proxy
        open an issue for each problem you find
        which file is responsible for the regression
        which files would I need to change to support dark mode
        search for a better library for dates
        search the code for SQL injections
        display the dashboard differently on mobile
        give me a plan for splitting main.go
        give me the root cause of the crash
        where is the config validated and what happens if it's invalid
        list the risks of this migration
        list what is missing from the tests
        does the cache ever get invalidated
        is there a way to make this lock-free
        check if the parser handles nested quotes
        count how often users churn and model it
        read through the logs and figure out what happened at 3am
        locate the off-by-one error
        git status is weird, figure out what happened and fix it
        git merge main and resolve the conflicts
        rebase onto main and fix whatever breaks
        commit in logical chunks with good messages
        split the last commit into three sensible ones
        commit only the changes that belong to the login feature
        squash my commits and write a proper message
        push once all tests pass, otherwise fix them
        push a fix for the flaky test
        push back on the reviewer's comment about caching
        pull out the validation logic into its own class
        pull request review: is this safe to merge?
        pull the retry logic up into the base client
        fetch the data in parallel without hitting the rate limit
        fetch the users lazily
        stash the state so undo works
        switch to async/await everywhere
        switch to postgres from mysql
        switch the app to dark mode
        switch to main and find out which commit broke the build
        checkout flow is broken on Safari
        check out why the payment webhook fires twice
        create a branch and implement OAuth login there
        create a new branch with the refactoring we discussed
        tag every log line with a request id
        list all branches that are safe to delete
        delete stale branches
        delete the branch logic from the interpreter
        what changed in the last commit that broke login
        what changed between the two releases that matters to users
        who should own this module
        bisect to find the commit that broke the tests
        revert the last release
        revert the change but keep the tests
        undo the last three commits without losing work
        show the diff and review it
        show me the diff and tell me if anything is risky
        show me the last commits that could have caused the regression
        open a PR that fixes issue #42
        open a pull request with a fix for the timeout
        create a PR that adds rate limiting
        commit a fix for the null pointer
        commit the migration after you have written it
        clone the repo and get it to build
        clone the object deeply without losing prototypes
        git history is 2GB, shrink it
        force push over main
        resolve the merge conflict in package-lock.json
        cherry-pick the security fixes to release/1.x
        fetch and rebase, then make the tests pass
        add error handling to the commit hook
        stage a rollout of the new feature
        blame the slow query on something and fix it
        apply the review comments
        apply the same pattern to the other handlers
        install a sensible logging setup
        install a caching layer in front of the api
        install lodash and replace our helpers with it
        install dependencies, then fix the vulnerabilities
        npm install fails with ERESOLVE, fix it
        npm audit and fix what you can without breaking changes
        upgrade react to 19
        upgrade all dependencies to latest
        update the dependencies safely
        which version of react should we move to
        which package should I use for charts
        what version of node fixes this bug
        list outdated packages and upgrade the ones that are safe
        add a dependency injection container
        add the package boundary between core and ui
        remove the dependency on moment
        remove the circular dependency between a.ts and b.ts
        replace left-pad with our own code
        pip install works locally but not in docker, why
        poetry add httpx and migrate the requests calls to it
        is docker the right choice here
        is our docker image secure
        cargo add tokio and make the server async
        migrate from yarn to pnpm
        pin the versions so that builds are reproducible
        show the dependencies that we don't need
        list the dependencies with incompatible licences and what to do about them
        do we have a dependency that already does this
        do we have a memory leak
        go mod tidy breaks the build, investigate
        uninstall the telemetry from the app
        brew a plan for the release
        format the error messages so users understand them
        format the report the way finance wants it
        format this file and refactor the long functions
        format dates according to the user's locale everywhere
        run the formatter and fix all lint errors
        run prettier and explain the changes it makes
        run the migration on production
        run a security review of the login code
        run through the checkout flow and find what breaks
        run a benchmark and make it faster
        convert this class component to hooks
        convert the callbacks to promises
        convert the app to typescript
        convert the synchronous API to streaming
        convert this recursive function to an iterative one
        turn this script into a proper CLI
        turn these notes into a design document
        transform the monolith into services
        change the schema to support multi-tenant accounts
        change tabs to a lazy-loaded component
        sort out the mess in utils.py
        sort the results by relevance
        sort by price but keep sponsored items stable
        order the migrations so they can run with zero-downtime
        remove the dead code
        remove the feature flag and everything behind it
        remove lines that are not needed anymore
        strip personal data from the logs
        trim the bundle size below 200 KB
        wrap the api calls with retries and backoff
        wrap this in a transaction
        indent guide rendering is wrong in the editor component
        beautify the landing page
        clean up this file
        escape user input everywhere it is rendered
        fix the indentation bug in our yaml emitter
        sort imports lazily to speed up startup
        minify the number of re-renders
        add a newline handling option to the csv parser
        add tests for the date parser
        what does error E0308 mean here and how do I fix it
        what is causing the ECONNREFUSED
        why do we get exit code 137
        why does HTTP 429 come back only in CI
        explain the error handling in our client
        explain the error
        explain this stack trace and fix it
        fix error TS2345
        error: cannot find module './foo'
        error handling in the worker is wrong
        http client should retry on 503
        http 500 on /login since yesterday's deploy
        exit code is 0 even when the tests fail
        status code handling is inconsistent, clean it up
        signal handling on shutdown loses requests
        what error codes should our api return
        which error is the real cause in this log
        define the error hierarchy for the new module
        look up why the request timed out
        meaning of life for this retry loop, and can we drop it
        what is the best way to store sessions
        what is the right default timeout for our clients
        what's the best syntax for our config DSL
        what is the command pattern and should we use it here
        what does the retry option in our client do under load
        what option should I choose for the queue
        which option is better, A or B
        which port of the library is more reliable
        which flag should we remove first
        what flags does our CLI need
        what method would you use to shard this table
        look up the docs for stripe webhooks and implement them
        find the docs for the new api and migrate us to it
        docs for this module are missing, write them
        documentation for the public API is outdated, update it
        what is the difference between our two caches
        what is the function of the lock in scheduler.ts
        what does the flag do in parser.go line 80 and can we delete it
        how do I structure this project
        how does the scheduler decide what to run
        hello world works but the real app crashes on start
        test the login flow end-to-end
        test this
        reply with a plan for the migration
        reply to the reviewer
        respond with a full code review of src/api
        just say which of the three designs you would pick and why
        say exactly what is wrong with this function
        make the tests faster
        make it work
        continue
        fix it
        do the next task
        yes
        go ahead with option 2
        the output is wrong, check the numbers
        it still doesn't work
        /plan
        show me where we lose money in the billing code
        print fewer logs in production without hiding errors
        what's in the request body that makes the server crash?
        list the three most dangerous functions in this repo
        find every place that swallows errors and handle them
        where is the time going in the startup path
        how many users would this query lock out
        show me lines 100 to 140 in app.py and simplify them
        open the readme and rewrite it for beginners
        search for the cause of the flaky test
        what's the size limit we should enforce on uploads
        read the schema and normalize it
        cat and dog classifier needs better accuracy
        tree shaking does not work in our bundle
        count votes with a CRDT
        show me the git log and write release notes from it
        what's my current branch missing compared to main?
        git push is rejected, sort it out
        commit message conventions: set them up with a hook
        push notifications stop after the app is in background
        pull metrics from prometheus and alert on anomalies
        create a new branch of the decision tree for retries
        show the diff between staging and prod behaviour
        what did i change that made it slow
        check out the competitor's pricing page and adapt ours
        stash holds secrets, purge them from history
        add all edge cases to the commit parser
        show the last commit to a reviewer and address his comments
        tag resolver returns the wrong type
        switch to branch prediction friendly code
        switch to main thread for ui updates
        install hooks that block bad commits
        install and configure kubernetes on this machine
        add a dependency graph to the docs
        npm publish a new major
        which version of the API should clients call
        is installed software up to policy
        list outdated comments and correct them
        run prettier than that, make the page look nice
        format of the protocol should be versioned
        sort this mess out
        convert this csv importer to streaming
        convert floats to decimals wherever money is involved
        remove whitespace sensitivity from the parser
        fix indentation errors in the python generator
        remove trailing commas support from our json parser
        run black-box tests against the api
        transform keys before hashing to avoid collisions
        indent the tree view by depth and virtualize it
        what does exit code 1 mean for our retry policy
        what does http 418 mean in our gateway code
        error TS2322 in App.tsx
        what is error prone about this design
        what does SIGTERM do to in-flight requests here
        what's the default behaviour when the cache is cold
        what does the flag isAdmin protect
        which switch statement is missing a case
        what does the option parser do with unknown flags
        what's the syntax tree rewrite we need for this macro
        look up the user by email and fall back to phone
        docs for onboarding new engineers
        explain http caching in our app
        what does the default export do to tree shaking in our lib
        signal processing code drops samples
        status code for validation errors: 400 or 422?
        reply with exactly one json object describing the bug in this code
        just say whether this is safe to deploy
        say exactly which lines leak
        hello, can you refactor the auth module
        test coverage is low
        read src/a.ts, src/b.ts and merge them
        list files, then delete the ones nobody uses
        git status and then fix whatever is wrong
        push, then deploy to prod
        commit, push and release 2.0
        install lodash and use it for deep merges
        format the code and fix the types
        show me config.yml and harden it
        find UserService and add caching
        what changed and why
        show me what you would change in the Makefile
        print lines that look suspicious in the access log
        find all references to OrderService and check they handle null
        list everything that could go wrong with this deploy
        how many lines of this can we cut without losing features
        how many requests per second can this handle
        git show me who introduced the vulnerability
        push the boundaries of the current design
        commit to a database and justify it
        commit history needs cleaning before we open source
        pull the business rules into a rules engine
        fetch strategy for images should be adaptive
        create a branch and bound solver
        what branch of the code handles refunds and is it correct
        show me the recent commits that touch auth and assess their risk
        install a hook system for plugins
        add package level docs to every module
        add a package manager to our language
        install monitoring
        which version control workflow fits us
        what version of the algorithm is faster
        list dependencies we should vendor
        format strings are vulnerable somewhere, find where
        run the formatter on the output of the model and grade it
        convert this yaml to a typed config with validation
        convert our users to the new plan
        sort keys by how often they are accessed
        remove blank screens on startup
        remove empty states that confuse users
        add trailing stop orders to the trading bot
        wrap lines in the editor widget correctly for CJK text
        what does HTTP status 304 do to our CDN bill
        what is the error rate since friday
        what is the status of the migration
        what is the exit strategy if the vendor fails
        explain the http layer
        what does the error boundary catch
        what's the default for good UX here
        which default model should we ship
        which command pattern implementation is cleaner
        what is the syntax highlighter doing wrong
        which option do you prefer
        what is the command to undo what you just did to the database
        look up table design for sparse keys
        search src for dead code
        grep the logs for the reason of the outage
        find config drift between environments
        read main.py, then fix the crash
        open the file picker from the menu bar
        open file descriptors leak in the watcher
        view models should not know about the network
        tail latency is too high
        head of line blocking in the http client
        print preview is cut off
        display names are not unique
        output of the parser differs between runs
        cat mode for the tui
        list view performance
        list comprehension is unreadable in etl.py
        check the diff
        check my branch
        tell me which commit is bad
        look at the commits and tell me if the author is a bot
        tag releases automatically from ci
        stash and redo the approach
        apply the patch from the mailing list and adapt it
        install script should work offline
        show staged rollout percentage per region
        get latest status from the vendor and summarize for the board
        is python a good choice for this
        do we have tests installed for the auth flow
        open src/app/layout.tsx and make the sidebar collapsible
        what's in docker-compose.yml that slows the start
        show me the folder structure you would choose
        list the files under cmd/ that leak goroutines
        find the file that causes the circular import
        grep -rn "useStore" src and replace it by context
        how many files should a module have
        display the first error that matters in the log file
        git log -5 and write the changelog
        show the git diff and judge if it is ready
        commit with a message that explains the reasoning
        push my changes through the review process
        pull the latest design from figma and implement it
        go back to main idea and restructure the essay
        create a branch docs/readme-fix and rewrite the readme
        list the remote branches nobody needs
        what version of go should we target
        yarn outdated, upgrade what is safe
        format all amounts by currency
        run black friday load scenario
        pretty print the AST with types resolved
        sort imports by team ownership
        what does our exit code 143 mean for the orchestrator
        what does error code 1045 come from
        what does the -v flag in our cli do wrong
        what is the default port strategy for our fleet
        read the stack trace
        show the user a warning when offline
        show me how to test this
        print a receipt for each order
        open a socket per tenant
        view counts are off by one
        head over to the settings page and fix the toggle
        list items flicker while scrolling
        find duplicates in the customers table
        find a faster algorithm
        find out who owns the invoice service
        search results should be debounced
        search ranking is bad
        where is it slow
        where are we wasting money
        where is the state kept and who mutates it
        count distinct users per day efficiently
        how long is the session valid and why
        look at this
        look at my code
        look at src/index.ts
        check out this idea
        add git blame to the editor sidebar
        add everything the spec requires
        stage environment is down
        push it to the limit: benchmark
        pull everything into one package
        tag the images with alt text
        stash api design
        apply everything from the style guide
        what changed here
        who wrote this and is it any good
        clone detection across the repo
        create a pr description
        open pull requests need triage
        install it
        install the fix
        is it installed correctly
        add package signing
        show dependencies between modules as a graph and cut cycles
        convert units correctly everywhere
        change tabs order in the navigation
        remove tabs from the navigation
        remove lines between rows in the table
        trim spaces in every input before validation
        wrap text around images
        format it nicely for the investors
        use prettier colors
        apply formatter rules to our own language
        explain the 404 error
        explain status codes in our api
        define error codes for the sdk
        what is error E1 in our firmware
        what is the exit plan
        what is signal to noise here
        docs for the new feature
        syntax for our new dsl: propose one
        what is the default behaviour of our cache
        what is the command line missing
        what's the option value of waiting
        cat src/server.ts and tell me how to make it stateless
        show the contents of the cart after a failed payment instead of emptying it
        show an error when the file is too big
        show a spinner while loading
        list the files the installer should not touch
        list all the edge cases for this parser
        list users by activity in the admin page
        find all the ways to get the token without logging in
        find out what this does
        find and fix
        find the right abstraction for providers
        where is parseArgs defined and why twice
        where are the docs out of date
        where does this value come from
        how many threads should the pool have
        how big is the risk
        print styles are missing
        print the invoice in the customer's language
        read replicas lag behind
        read from the replica when possible
        open up the api to partners
        open the modal when the row is clicked
        view transitions are janky
        display prices with tax included
        dump the old queue and use kafka
        output valid json even on errors
        give me a better name for this function
        give me options for the storage layer
        search for files that are too large and split them
        grep is too slow for this, build an index
        git status shows modified files although nothing changed
        push to origin main is rejected
        push events to the client over websockets
        pull request 42 has conflicts
        pull the plug on the old api
        commit the crime of premature optimization where it counts
        commit graph should be drawn as svg
        commit all the offsets exactly once
        checkout page redesign
        checkout should survive a page reload
        show me the last 3 commits' effect on latency
        tag inference is off
        stash the token securely
        switch from rest to grpc
        switch the default branch logic in our release script
        create a branch for each ticket and implement them
        install a git hook that formats code
        install size is 400 MB, reduce it
        add dependency caching to ci
        which version of typescript do we need for this syntax
        is the installed version affected by the cve
        list the packages that are affected by the cve
        format on save does not work
        format strings leak memory
        run rustfmt in ci and fail on diffs
        convert json to protobuf in the hot path
        sort the list in place without breaking the ui
        remove spaces from the usernames of existing users
        what does http 502 mean for our sla
        what does this error mean
        what does the error in the last run mean
        what does the code do
        what is this error
        what is the code for
        what is the status
        what's the error
        which flag controls this behaviour in our app
        what is the default
        what is the command
        what is the default for new users
        hello, my build is broken
        test it
        thanks, but it crashes
        say hello to the new user in the welcome mail
        """
    )

    /// Orders to subagents that may read and not write.
    static let simpleOrders = lines(
        """
        Find all files that import the module "auth/session". Return only the file paths.
        Search the repository for every call of `createClient` and report path and line number of each.
        List all Go files under internal/ and return their names, one per line.
        Grep for the string "x-request-id" in src/ and tests/. Report the matching lines.
        Locate the file that defines the struct PaymentIntent and give its path.
        Count the test functions in each file under tests/unit. Return a table of file name and count.
        Read package.json and report the version numbers of react and vite.
        Print the contents of config/base.yaml verbatim. Return nothing else, just the content.
        Find the signatures of all exported functions in lib/math.ts and return them verbatim.
        List the names of all environment variables read in server/env.ts.
        Search docs/ for the heading "Rate limits" and return the file path and line number.
        Read the files a.txt, b.txt and c.txt and return their contents.
        """
    )

    static let hardOrders = lines(
        """
        Find all code that might break if we change the session format. Return the paths with reasons.
        Search the repository for possible security problems and report path and line number of each.
        List the ten most important files for understanding the scheduler and return their paths.
        Explore the codebase and understand how authentication works. Report your findings with line numbers.
        Locate the root cause of the failing test in ci.log and report the line.
        Count the functions that are too complex and report names with a suggested split.
        Read the module and report what it does, its main flows and the names of its public functions.
        Find dead code and return the paths.
        Find the best place to add a retry policy. Return path and line number.
        Read src/cache.ts and report the lines where a race could occur.
        Implement the plan in plan.md and report the names of the files you changed.
        Find all usages of the old client and migrate them, then list the paths you touched.
        List every place where error handling is missing. Return line numbers.
        Search the web for how others solved this and give a recommendation with names of libraries.
        Find similar implementations we can follow as conventions. Return the relevant paths.
        Review the diff and report bugs by line number.
        """
    )

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map { String($0) } }
}
