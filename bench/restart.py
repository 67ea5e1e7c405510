#!/usr/bin/env python3
"""How long after a kill -9 in a soak a resumed run writes its next event; beside it, a JVM that only prints.

    bench/long restart [N]

A demo runs; whenever its orchestrator is watching traffic (the last event is a `Judged`) and shortly before it is due to
look again, so that the wait for that is not counted as restart, it is killed and `demo --resume` is started at once, by the launcher and with its AOT cache if there is one, N times in all (default 12;
another demo begins when one ends before). Counted from the start of the launcher to the next event's own time in the
journal. The peer is `java -version` of the same JDK, once before each restart.
"""

import argparse
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import kills

JUDGED_BEFORE_A_KILL = 2  # looks of one process, so that it is well within its soak
JUST_BEFORE_THE_NEXT = 0.9  # seconds after a look; --fast looks every 1.0 to 1.2 s, and a start takes longer than what is left


def peer():
    """Milliseconds of a JVM that prints its version and ends."""
    java = (kills.ROOT / ".bascule" / "java").read_text(encoding="utf-8").strip()
    begun = time.monotonic()
    subprocess.run([java, "-version"], check=True, stderr=subprocess.DEVNULL)
    return (time.monotonic() - begun) * 1000


def killed_in_a_soak(demo):
    """Follows the demo to its next soak and kills it there; false when it ended before."""
    judged = 0

    def reached(entry):
        nonlocal judged
        judged += entry.of("Judged")
        return judged >= JUDGED_BEFORE_A_KILL and entry.of("Judged")

    look = demo.follow(reached)
    if look is None:
        return False
    time.sleep(max(0, look.at + JUST_BEFORE_THE_NEXT - time.time()))
    demo.kill()
    return True


def one_demo(home, log, wanted):
    """The restarts of one demo, in milliseconds, and the peer's times beside them."""
    restarts, peers = [], []
    demo = kills.Demo(home, ["--fast"], log)
    run = None
    try:
        while len(restarts) < wanted and killed_in_a_soak(demo):
            run = demo.run
            last = demo.entries[-1].seq
            peers.append(peer())
            begun = time.time()
            demo = kills.Demo(home, ["--resume", run], log)
            fresh = demo.follow(lambda entry: entry.seq > last)
            if fresh is None:
                break
            if fresh.at > begun:  # else it was written before the kill and not printed any more
                restarts.append((fresh.at - begun) * 1000)
        demo.kill()
    finally:
        if demo.process.poll() is None:
            demo.process.kill()
        kills.end_world(home, run or demo.run)
    return restarts, peers


def row(name, values):
    print(f"{name:34}{min(values):10.0f}{statistics.median(values):10.0f}{max(values):10.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="bench/long restart", description="from kill -9 in a soak to the next event")
    parser.add_argument("count", nargs="?", type=int, default=12, help="restarts (default 12)")
    wanted = parser.parse_args().count
    base = pathlib.Path(tempfile.mkdtemp(prefix="bascule-restart."))
    subprocess.run([kills.LAUNCHER, "--version"], cwd=kills.ROOT, check=True, stdout=subprocess.DEVNULL)
    restarts, peers, demos = [], [], 0
    while len(restarts) < wanted:
        demos += 1
        with open(base / f"demo-{demos}.log", "w", encoding="utf-8") as log:
            some, beside = one_demo(base / f"demo-{demos}", log, wanted - len(restarts))
        if not some:
            sys.exit(f"restart: no restart was seen; what there is lies in {base}")
        restarts += some
        peers += beside
    cache = "yes" if (kills.ROOT / ".bascule" / "aot").exists() else "no"
    print(f"{len(restarts)} restarts in soaks of {demos} demos; AOT cache: {cache}")
    print(f"{'ms':34}{'min':>10}{'p50':>10}{'max':>10}")
    row("killed to next event", restarts)
    row("a JVM that only prints", peers)
    print(f"{'ratio, p50':34}{'':10}{statistics.median(restarts) / statistics.median(peers):10.2f}")
    shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
