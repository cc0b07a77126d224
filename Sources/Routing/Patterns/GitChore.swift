/// Everyday git and pull request commands: status, diff, log, commit, push, pull, switch, stash, tag.
///
/// Not: merging, rebasing, resolving conflicts, reverting, rewriting or choosing what belongs in which commit.
enum GitChore {
    static let chore = Chore(
        name: "git",
        phrases: [
            Phrase(
                "git status, git log, git diff, git branch, git show, git fetch, git pull, git push, git remote, "
                    + "git stash, git add, git commit, git tag, git blame, git rev-parse, check git status, check the git status, run git status, run git log, "
                    + "run git diff, run git fetch, run git pull, run git push, do a git status, do a git pull, "
                    + "do a git push, do git pull, do git push, do git status, do a git fetch",
                things
            ),
            Phrase(
                "show, show me, print, list, give me, display, what's, what is, what are, what was, see, view, get, "
                    + "which, tell me",
                things + " am i we you",
                objects:
                    "diff log branch branches commits commit tags tag stash stashes remotes remote head reflog blame "
                    + "staged unstaged untracked uncommitted git"
            ),
            Phrase("pull"),
            Phrase("commit", things + " it as everything all work"),
            Phrase(
                "commit the, commit my, commit all, make a commit, create a commit, add, git add",
                things + " message saying work everything it them as wip",
                objects: "everything changes change commit staged work wip"
            ),
            Phrase("stage, unstage", things + " everything work", objects: "everything changes all", naming: .orObject),
            Phrase("push, push it, push this, push that, push up", things + " everything work directly worktree"),
            Phrase(
                "pull, fetch, pull down",
                things + " updates",
                objects: "latest main master origin upstream remote changes"
            ),
            Phrase("stash, pop, apply", things + " everything work", objects: "stash changes everything work"),
            Phrase(
                "switch to, switch back to, checkout, check out, go back to, git checkout, git switch",
                things,
                objects: "main master develop dev branch",
                naming: .orObject
            ),
            Phrase(
                "create a branch, create a new branch, make a branch, make a new branch, new branch, create branch, "
                    + "cut a branch, start a branch, start a new branch",
                things
            ),
            Phrase("tag, create a tag, create tag", things + " release", objects: "commit head"),
            Phrase("delete the branch, delete branch, delete the local branch", "local", naming: .needed),
            Phrase(
                "what changed, what's changed, what did i change, what have i changed, who last changed, who changed, "
                    + "who committed",
                things + " file line yesterday changed modified",
                objects: "commit commits today yesterday branch week file line",
                naming: .orObject
            ),
            Phrase(
                "did you push, did you commit, is everything committed, "
                    + "are there uncommitted changes, is there anything uncommitted, do i have uncommitted changes, "
                    + "anything to commit, is the working tree clean",
                things
            ),
            Phrase(
                "open a pr, open a pull request, create a pr, create a pull request, open a draft pr, create a draft pr, "
                    + "list open prs, list open pull requests, list prs, list open issues, show open prs, show pr, "
                    + "view pr, list issues, open pr",
                things + " title titled into against"
            ),
            Phrase(
                "clone, git clone, git init, initialize a git repo, init a git repo, initialise a git repo",
                "repo repository here folder directory"
            ),
        ]
    )

    private static let things =
        "git diff log status branch branches commit commits change changes staged unstaged uncommitted untracked file "
        + "files main master origin upstream remote head last latest recent previous local working tree repo repository "
        + "hash sha message messages author authors date oneline graph stat short history today yesterday week since one "
        + "two three five ten pr pull request prs draft tag tags stash list new up down"
}
