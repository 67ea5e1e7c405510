#!/usr/bin/env python3
"""Whole cutovers of examples/aws/plan.yaml against the servers that model AWS's APIs, disturbed in every way.

    bench/long aws-back [N] [SEED]         rolled back at each place (default: all of them, else N by the seed)
    bench/long aws-kills [N] [SEED]        N cutovers whose orchestrator is killed (kill -9) five times each (default 8)
    bench/long aws-faults [N] [SEED]       N cutovers through a line that spoils one call in 25 (default 12)
    bench/long aws-nth [FROM [TO [APART]]] call N = FROM ... TO spoiled, in each of five ways; with APART also every so
                                           many after it in the same run
    bench/long aws-nth-changes [FROM [TO]] the same, but only calls that change something have a number
    bench/long aws-reverter [N] [SEED]     someone sets the weights back while the run watches
    bench/long aws-gate [SEED]             some of each, in two minutes

Worlds run side by side (--worlds, default 3), each with peers of its own on free ports. Each trial prints a line; what
must hold of each is in trial.py: the state of the API, field by field by boto3, is what it was before (rolled back) or
what the plan says (completed); nobody was needed; no request of users failed; no change was carried out that no act of
the journal accounts for; no call of the way back was waited for as long as its request was valid; the chain is whole.
A run that this machine was too slow for (figures that came too late, or not over in time) is told and counted apart; with
more than one in five of them the proof has failed for want of a quiet machine.
Needs HAProxy and what examples/aws/run needs. Exit 0 only when there was no violation.
"""

import argparse
import collections
import json
import os
import pathlib
import queue
import random
import shutil
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FATES = ["throttled", "failed", "told-503", "lost", "broken-off"]
HOME = ["ROLLED_BACK", "ABORTED_UNCHANGED"]
STAGES = (30, 60, 100)

# where an order to go back is given: after each thing that changes something, at each gate and in each watch
ORDERED = [
    "Measured judge/baseline", "StepVerified prepare-dns/ttl name", "Measured prepare-dns/old ttl name",
    "Surveyed preflight/survey", "GatePassed go", "StepVerified configure/set /shop/target/mode",
    "StepVerified configure.2/set shop/target/key", "Measured check.2/page", "StepVerified shift/attach balancer",
    *(f"{event} shift/{what} {stage}%" for stage in STAGES
      for event, what in (("IntentRecorded", "balancer"), ("StepVerified", "balancer"), ("IntentRecorded", "name"),
                          ("SoakBegun", "watch"))),
    "SoakBegun bake/watch",
]
# changes of the way there, by number among the calls that change something and are no claim and no message
REFUSED = ["ChangeResourceRecordSets", "PutParameter", "UpdateSecretVersionStage", "ModifyRule"]
ILL = ["GatePassed go", "StepVerified configure.2/set shop/target/key", "StepVerified shift/balancer 30%", "StepVerified shift/balancer 60%"]
FAILS = [*(f"StepVerified shift/name {stage}%" for stage in STAGES), "SoakBegun bake/watch"]


def back_trials():
    for place in ORDERED:
        yield {"name": f"ordered at {place}", "order": place, "state": HOME}
    for place in ILL:
        yield {"name": f"target ill from {place}", "ill": place, "state": HOME}
    for place in FAILS:
        yield {"name": f"target fails from {place}", "fails": place, "state": ["ROLLED_BACK"]}
    for operation, times in (("ChangeResourceRecordSets", 4), ("PutParameter", 1), ("UpdateSecretVersionStage", 1), ("ModifyRule", 4)):
        for number in range(1, times + 1):
            yield {"name": f"not allowed: {operation} {number}", "state": HOME,
                   "spoil": {"fate": "denied", "only": operation, "from": number}}
    for stage in STAGES:  # no answer on the way there, and the order to go back while it is waited for
        place = f"IntentRecorded shift/balancer {stage}%"
        number = 2 + STAGES.index(stage)
        yield {"name": f"answer lost, ordered at {place}", "order": place, "state": HOME,
               "spoil": {"fate": "lost", "only": "ModifyRule", "from": number}}


def back(given, seed):
    trials = list(back_trials())
    if given.numbers:
        trials = random.Random(seed).sample(trials, min(given.numbers[0], len(trials)))
    return trials


def kills(given, seed):
    chance = random.Random(seed)
    for number in range(given.numbers[0] if given.numbers else 8):
        told = {"name": f"kills {number + 1}", "kills": 5, "seed": chance.randrange(10**6)}
        if number % 2:
            told.update(name=told["name"] + " and the target fails", fails=FAILS[number // 2 % len(FAILS)], state=["ROLLED_BACK"])
        yield told


def faults(given, seed):
    chance = random.Random(seed)
    for number in range(given.numbers[0] if given.numbers else 12):
        spoil = {"fate": "any", "percent": 4, "seed": chance.randrange(10**6)}
        told = {"name": f"faults seed {spoil['seed']}", "spoil": spoil, "seed": spoil["seed"]}
        if number % 3 == 2:
            told.update(name=told["name"] + " and the target fails", fails=FAILS[number // 3 % len(FAILS)], state=["ROLLED_BACK"])
        yield told


def nth(given, seed, only="all"):
    numbers = given.numbers + [None] * (3 - len(given.numbers))
    first, last, apart = numbers[0] or 1, numbers[1] or 10**4, numbers[2] or 0  # more than a run has
    for number in range(first, last + 1):
        for fate in FATES:
            spoil = {"fate": fate, "only": only, "from": number, "apart": apart}
            yield {"name": f"call {number}{f' and every {apart} after' if apart else ''} {fate}", "spoil": spoil, "way": "there"}
            if only == "changes":
                yield {"name": f"call {number} {fate}, rolled back", "spoil": spoil, "way": "back",
                       "fails": "StepVerified shift/name 60%", "state": ["ROLLED_BACK"]}


def reverters(given, seed):
    chance = random.Random(seed)
    places = ["SoakBegun shift/watch 60%", "SoakBegun shift/watch 100%", "SoakBegun bake/watch"]
    for number in range(given.numbers[0] if given.numbers else 9):
        yield {"name": f"set back at {places[number % 3]}", "reverts": places[number % 3], "holds": True,
               "seed": chance.randrange(10**6), "state": ["none"]}


def gate(given, seed):
    """What a commit is held to: a sample that ends within two minutes."""
    chance = random.Random(seed)
    numbers = argparse.Namespace(numbers=[1, 40])
    return [chance.choice(list(back_trials())), *faults(argparse.Namespace(numbers=[3]), chance.randrange(10**6)),
            *chance.sample(list(nth(numbers, seed, "changes")), 2)]


PROOFS = {"back": back, "kills": kills, "faults": faults, "nth": nth,
          "nth-changes": lambda given, seed: nth(given, seed, "changes"), "reverter": reverters, "gate": gate}


class Pool:
    """Worlds side by side; no trial begins of a way (there, or back) of which one has shown that the numbers are through."""

    def __init__(self, trials, worlds):
        self.waiting = queue.SimpleQueue()
        self.trials, self.lock = iter(trials), threading.Lock()
        self.worlds = worlds
        self.results, self.through, self.until = [], set(), None

    def next(self):
        with self.lock:
            if self.until and time.monotonic() > self.until:
                return None
            return next((told for told in self.trials if told.get("way") not in self.through), None)

    def world(self):
        """Peers live as long as their world: a shell that reads one trial a line."""
        with subprocess.Popen(
                [ROOT / "aws/src/test/sh/with-aws", "sh", "-c",
                 'while IFS= read -r told; do "$BASCULE_TEST_PYTHON" "$1" "$told" || echo failed; done', "sh", str(HERE / "trial.py")],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peers:
            while (told := self.next()) is not None:
                peers.stdin.write(json.dumps(told) + "\n")
                peers.stdin.flush()
                self.tell(told, self.answer(peers))
            peers.stdin.close()

    @staticmethod
    def answer(peers):
        for line in peers.stdout:
            if line.startswith("{"):
                return json.loads(line)
            if line.strip() == "failed":
                break
        return {"violations": ["the trial itself failed"], "spoiled": []}

    def tell(self, told, result):
        with self.lock:
            self.results.append(result)
            missed = told.get("way") and not result.get("spoiled")
            if missed:
                self.through.add(told["way"])
            word = "VIOLATION" if result["violations"] else "missed" if missed else "late" if result.get("late") else "ok"
            keys = ("state", "seconds", "calls", "changes", "twice", "harmful", "messagesTwice", "kills", "usersHome", "wholeWayBack",
                    "longestCallBack", "inDoubtWhenItBegan", "starved", "noticedAfter", "folder")
            figures = ", ".join(f"{key} {result[key]}" for key in keys if result.get(key) not in (None, 0, 0.0))
            figures += f"; this machine was too slow: {result['late']}" if result.get("late") else ""
            spoiled = f"; spoiled {len(result['spoiled'])}: {', '.join(result['spoiled'][:6])}" if result.get("spoiled") else ""
            print(f"{len(self.results):4} {word:9} {told['name']}: {figures}{spoiled}"
                  + "".join(f"\n       {violation}" for violation in result["violations"]), flush=True)

    def run(self):
        threads = [threading.Thread(target=self.world) for _ in range(self.worlds)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def commit():
    try:
        ask = lambda *words: subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        return ask("rev-parse", "--short", "HEAD") + ("+" if ask("status", "--porcelain") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def summary(name, pool, seed, seconds):
    results = pool.results
    bad = sum(bool(result["violations"]) for result in results)
    total = collections.Counter()
    for result in results:
        total.update({key: result.get(key, 0) for key in ("calls", "changes", "twice", "harmful", "messagesTwice", "kills")})
        total["spoiled"] += len(result.get("spoiled", []))
        total["late"] += bool(result.get("late"))
        total[result.get("state", "no state")] += 1
    states = ", ".join(f"{total[state]} {state}" for state in sorted({result.get("state", "no state") for result in results}))
    print(f"aws-{name}: {len(results)} cutovers ({states}), {total['calls']} calls, {total['spoiled']} of them spoiled,"
          f" {total['kills']} kills; {total['changes']} changes carried out, {total['twice']} twice without effect,"
          f" {total['messagesTwice']} messages twice, {total['harmful']} harmful; {total['late']} too late to tell on this machine, {bad} violations,"
          f" {seconds:.0f} s, seed {seed}, commit {commit()}", flush=True)
    for key, what in (("usersHome", "users home"), ("wholeWayBack", "whole way back"), ("longestCallBack", "longest act of a way back"),
                      ("noticedAfter", "noticed after")):
        values = [result[key] for result in results if result.get(key) is not None]
        if values:
            print(f"  {what}: median {quantile(values, .5):.2f} s, highest {max(values):.2f} s of {len(values)}", flush=True)
    gaps = [gap for result in results for gap in result.get("gaps", [])]
    if gaps:
        print(f"  read to answer: median {quantile(gaps, .5):.1f} ms, p99 {quantile(gaps, .99):.1f} ms, highest {max(gaps):.1f} ms"
              f" of {len(gaps)} changes", flush=True)
    return bad or total["late"] > max(1, len(results) // 5)


def main():
    parser = argparse.ArgumentParser(prog="bench/long aws-…", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("proof", choices=PROOFS)
    parser.add_argument("numbers", nargs="*", type=int)
    parser.add_argument("--worlds", type=int, default=3)
    parser.add_argument("--seconds", type=int, help="begin no trial after so long")
    given = parser.parse_args()
    if not shutil.which("haproxy", path=os.environ["PATH"] + ":/usr/sbin"):
        print("bench/long aws: install HAProxy", file=sys.stderr)
        sys.exit(69)
    numbered = given.proof in ("nth", "nth-changes")
    seed = 0 if numbered else int(time.time())
    if given.proof == "gate" and given.numbers:
        seed = given.numbers[0]
    elif not numbered and len(given.numbers) > 1:
        seed = given.numbers[1]
    print(f"aws-{given.proof}: seed {seed}, {given.worlds} worlds, commit {commit()}, load {os.getloadavg()[0]:.1f}", flush=True)
    launcher = os.environ.get("BASCULE", str(ROOT / "bascule"))
    subprocess.run([launcher, "--version"], check=True, stdout=subprocess.DEVNULL)  # builds where that is needed, once
    pool = Pool(PROOFS[given.proof](given, seed), given.worlds)
    if given.seconds:
        pool.until = time.monotonic() + given.seconds
    begun = time.monotonic()
    pool.run()
    bad = summary(given.proof, pool, seed, time.monotonic() - begun)
    sys.exit(1 if bad or not pool.results else 0)


if __name__ == "__main__":
    main()
