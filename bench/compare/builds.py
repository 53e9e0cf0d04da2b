"""A base revision, checked out into a git worktree of its own and built there as the head is."""

import os
import subprocess
import sys

ROOMS = ["text", "tokenizer", "scoring", "json", "api", "metrics"]
"""Whose benchmarks are compared; a room without benchmarks at the base is left out."""


def git(*arguments, root):
    words = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True)
    return words.stdout.strip() if words.returncode == 0 else None


def default_base(root):
    """Where this branch left origin/main; the commit before when that is this commit, or there is no origin."""
    head, fork = git("rev-parse", "HEAD", root=root), git("merge-base", "HEAD", "origin/main", root=root)
    return fork if fork and fork != head else "HEAD~1"


def check_out(revision, root, folder):
    """The full name of `revision`, which then stands in `folder`."""
    commit = git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", root=root)
    if commit is None:
        raise SystemExit(
            f"checkperf: git knows no revision {revision!r}\n  name a commit, branch or tag: bench/checkperf HEAD~3"
        )
    git("worktree", "prune", root=root)
    if (folder / ".git").exists():
        done = git("checkout", "--quiet", "--force", "--detach", commit, root=folder)
    else:
        done = git("worktree", "add", "--quiet", "--force", "--detach", str(folder), commit, root=root)
    if done is None:
        raise SystemExit(f"checkperf: git could not check out {commit[:12]} into {folder}\n  remove that folder")
    return commit


def build(tree, targets):
    """Builds those of `targets` that the tree has, with its release preset. The build folder."""
    folder = tree / "build" / "release"
    print(f"checkperf: building {tree}", file=sys.stderr)
    # Both trees share what the compiler's cache holds, as all builds of tools/build.sh do.
    cache = {**os.environ, "CCACHE_BASEDIR": str(tree), "CCACHE_NOHASHDIR": "1"}
    # The flag by hand too: it decides what is compared, whatever the preset of an older revision says.
    configure = ["cmake", "--preset", "release", "-DDSS_BENCHMARKS=ON"]
    subprocess.run(configure, cwd=tree, env=cache, stdout=subprocess.DEVNULL, check=True)
    known = subprocess.check_output(["ninja", "-C", folder, "-t", "targets", "all"], text=True)
    names = {line.split(":")[0] for line in known.splitlines()}
    command = ["ninja", "-C", folder, *(target for target in targets if target in names)]
    built = subprocess.run(command, env=cache, capture_output=True, text=True)
    if built.returncode != 0:
        raise SystemExit(f"checkperf: the build of {tree} failed:\n{built.stdout[-4000:]}")
    return folder
