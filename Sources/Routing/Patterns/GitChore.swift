/// Everyday git and pull request commands: status, diff, log, commit, push, pull, switch, stash, tag.
///
/// Not: merging, rebasing, resolving conflicts, reverting, rewriting or choosing what belongs in which commit.
enum GitChore {
    static let chore = Chore(
        name: "git",
        phrases: [
            Phrase(
                [
                    "git status", "git log", "git diff", "git branch", "git show", "git fetch", "git pull", "git push",
                    "git remote", "git stash", "git add", "git commit", "git tag", "git blame", "git rev-parse",
                    "run git status", "run git log", "run git diff", "run git fetch", "run git pull", "run git push",
                    "do a git status", "do a git pull", "do a git push", "do git pull", "do git push", "do git status",
                ],
                things + " origin main master"
            ),
            Phrase(
                [
                    "show", "show me", "print", "list", "give me", "display", "check", "what's", "what is", "what are",
                    "what was", "see", "view", "get", "look at", "tell me", "which",
                ],
                things + " am i we you",
                objects:
                    "diff log branch branches commits commit status tags tag stash stashes remotes remote head reflog blame"
            ),
            Phrase(
                ["commit", "commit the", "commit my", "commit all", "make a commit", "create a commit", "add"],
                things + " message saying work staged stage everything it them as wip",
                objects: "everything changes change commit this it them staged work"
            ),
            Phrase(
                ["stage", "unstage", "git add"],
                things + " everything work",
                objects: "everything changes all this"
            ),
            Phrase(["push", "push it", "push this", "push that", "push up"], things + " everything work directly"),
            Phrase(
                ["pull", "fetch", "pull down"],
                things + " updates",
                objects: "latest main master origin upstream remote changes"
            ),
            Phrase(["stash", "pop", "apply"], things + " everything", objects: "stash changes everything work"),
            Phrase(
                ["switch to", "switch back to", "checkout", "check out", "go back to", "switch"],
                things,
                unknown: 1,
                objects: "main master develop dev branch"
            ),
            Phrase(
                [
                    "create a branch", "create a new branch", "make a branch", "make a new branch", "new branch",
                    "create branch", "cut a branch", "start a branch", "start a new branch",
                ],
                things,
                unknown: 1
            ),
            Phrase(["tag", "create a tag", "create tag"], things + " release", objects: "commit head"),
            Phrase(
                ["delete the branch", "delete branch", "delete the local branch", "remove the local branch"],
                "local"
            ),
            Phrase(
                [
                    "what changed", "what's changed", "what did i change", "what have i changed", "who last changed",
                    "who changed", "when was", "who committed", "who wrote", "did you push", "did you commit",
                    "is everything committed", "are there uncommitted changes", "is there anything uncommitted",
                    "do i have uncommitted changes", "anything to commit", "is the working tree clean", "am i on",
                ],
                things + " file line last yesterday today changed modified"
            ),
            Phrase(
                [
                    "open a pr", "open a pull request", "create a pr", "create a pull request", "open a draft pr",
                    "list open prs", "list open pull requests", "list prs", "list open issues", "show open prs",
                    "show pr", "view pr", "close issue", "list issues", "open pr", "open issues",
                ],
                things + " title titled into against"
            ),
            Phrase(
                [
                    "clone", "git clone", "git init", "initialize a git repo", "init a git repo",
                    "initialise a git repo",
                ],
                things,
                unknown: 1
            ),
        ]
    )

    private static let things =
        "git diff log status branch branches commit commits change changes staged unstaged uncommitted untracked file "
        + "files main master origin upstream remote head last latest recent previous local working tree repo repository "
        + "hash sha message messages author authors date oneline graph stat short history today yesterday week since one "
        + "two three five ten pr pull request prs issue issues open draft tag tags stash work new up down"
}
