#!/usr/bin/env python3
"""Kills the orchestrator of a demo again and again, and holds every resumed run against an undisturbed one.

    bench/long kills [N] [SEED]

One demo of each kind (to the end, and rolled back) runs undisturbed first; its journal says where a kill can be placed.
Then N demos run; each loses its orchestrator by SIGKILL directly after one journal event. The places are spread over
the whole journal, looks left out because they are many and alike. A third of the demos fail on purpose, and most of
their kills fall into the roll-back. The world, a process of its own, goes on. After a pause `demo --resume` goes on, and
the end is held against the undisturbed one's:

  * the same exit code and the same state, and the run ended once;
  * nothing needed a person;
  * no user's request failed, unless the freeze's bound passed or the kill fell between RELEASE's two acts;
  * no write lost, none doubled (the users' own ledger);
  * the world was alive when the run was resumed;
  * the hash chain of the journal is whole (`journal RUN --verify`).

A figure that is null was not measured and counts as a violation. A demo without a fault that was rolled back because
latency on this machine broke a bound is told as such, held against a rolled-back one, and counted apart: with more than
one in five of them (and more than one) the proof has failed for want of a quiet machine. Needs only the standard library. Ends only processes
it started: the orchestrator it launched, and the world whose number that demo wrote down.
"""

import argparse
import datetime
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LAUNCHER = str(ROOT / "bascule")
PATIENCE = 300  # seconds that one demo may take
HOLDING = 45  # seconds that one may hold, and nobody comes
KINDS = {
    "plain": {"options": [], "state": "COMPLETED", "exit": 0},
    "fail": {"options": ["--fail"], "state": "ROLLED_BACK", "exit": 10},
}


class Entry:
    """One event of a journal, as `-o json` prints it."""

    def __init__(self, line):
        self.seq = line["seq"]
        self.name = line["event"]
        self.body = line.get("body") or {}
        self.at = instant(line["at"])

    def of(self, *names):
        return self.name in names

    def act(self):
        return str(self.body.get("act", ""))

    def __str__(self):
        return f"{self.seq} {self.name}" + (f" {self.act()}" if self.act() else "")


def instant(text):
    """Seconds since 1970 of an ISO-8601 instant in UTC, with any number of decimals."""
    whole, _, fraction = text.rstrip("Z").partition(".")
    at = datetime.datetime.fromisoformat(whole).replace(tzinfo=datetime.timezone.utc).timestamp()
    return at + (float("0." + fraction) if fraction else 0.0)


class Demo:
    """One process of the orchestrator, and what it printed."""

    def __init__(self, home, options, log):
        environment = dict(os.environ, BASCULE_HOME=str(home), CI="true")
        environment.setdefault("BASCULE_NO_AOT", "1")
        command = [LAUNCHER, "demo", *options, "-o", "json"]
        self.entries, self.ended, self.run, self.noise = [], None, None, []
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True
        )

    def follow(self, until=None):
        """Reads to the end, or until `until(entry)` answers true for a new entry; then the process may still live."""
        overdue = threading.Timer(PATIENCE, self.process.kill)
        overdue.start()
        try:
            for text in self.process.stdout:
                entry = self.read(text)
                if entry is None:
                    continue
                if until is not None and until(entry):
                    return entry
                if entry.of("Held"):
                    overdue.cancel()
                    overdue = threading.Timer(HOLDING, self.process.kill)
                    overdue.start()
            self.process.wait()
            return None
        finally:
            overdue.cancel()

    def read(self, text):
        try:
            line = json.loads(text)
        except ValueError:
            self.noise.append(text.rstrip())
            return None
        if not isinstance(line, dict):
            return None
        self.run = line.get("run", self.run)
        if line.get("type") == "run.ended":
            self.ended = line
        if line.get("type") != "run.event":
            return None
        entry = Entry(line)
        if self.entries and entry.seq <= self.entries[-1].seq:
            return None
        self.entries.append(entry)
        return entry

    def kill(self):
        self.process.kill()
        self.process.wait()
        for text in self.process.stdout:  # what was printed before it died
            self.read(text)
        self.process.stdout.close()


def world_of(home, run):
    """The number of the world's process, if it lives and is the one of that demo."""
    try:
        file = pathlib.Path(home) / "demo" / run / "world.json"
        number = int(json.loads(file.read_text())["pid"])
        command = pathlib.Path(f"/proc/{number}/cmdline")
        if command.parent.parent.exists():
            words = command.read_bytes().decode(errors="replace")
            return number if str(home) in words else None
        os.kill(number, 0)
        return number
    except (OSError, ValueError, KeyError, TypeError):
        return None


def end_world(home, run):
    number = world_of(home, run) if run else None
    if number is None:
        return
    for what, patience in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        try:
            os.kill(number, what)
        except ProcessLookupError:
            return
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if world_of(home, run) is None:
                return
            time.sleep(0.1)


def chain_is_whole(home, run, log):
    environment = dict(os.environ, BASCULE_HOME=str(home))
    done = subprocess.run(
        [LAUNCHER, "journal", run, "--verify"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        stdout=log, stderr=log, timeout=120, check=False,
    )
    return done.returncode == 0


def marks(entries):
    """The entries where a kill may be placed: all but looks."""
    return [entry for entry in entries if not entry.of("Judged", "RunStarted", "Ended")]


def rollback_from(entries):
    """The place of the first entry of the roll-back among the marks; their number if there is none."""
    for place, entry in enumerate(marks(entries)):
        if entry.of("RollbackBegun"):
            return place
    return len(marks(entries))


def lets_writes_go(act):
    return (act.startswith("release") and "/let " in act) or "/restore writes:" in act


def freeze_of(entries):
    """The freeze under way at the end of these entries: its deadline, and whether RELEASE's first act has begun."""
    until, releasing = None, False
    for entry in entries:
        if entry.of("IntentRecorded") and entry.body.get("leaseUntil"):
            until, releasing = instant(entry.body["leaseUntil"]), False
        if entry.of("IntentRecorded") and "/close " in entry.act():
            releasing = True
        if entry.of("LeaseExpired") or entry.of("StepVerified") and lets_writes_go(entry.act()):
            until, releasing = None, False
    return until, releasing


class Trial:
    def __init__(self, number, kind, place, places, pause, past_lease):
        self.number, self.kind, self.place, self.places = number, kind, place, places
        self.pause, self.past_lease = pause, past_lease
        self.violations, self.notes, self.excuse, self.noisy = [], [], None, False

    def expect(self, true, violation):
        if not true:
            self.violations.append(violation)


def undisturbed(kind, base):
    """The entries of a demo that nobody disturbed; a machine that is busy with something else gets three tries."""
    for attempt in range(3):
        home = base / f"undisturbed-{kind}-{attempt + 1}"
        with open(f"{home}.log", "w", encoding="utf-8") as log:
            demo = Demo(home, ["--fast", *KINDS[kind]["options"]], log)
            try:
                demo.follow()
            finally:
                end_world(home, demo.run)
        trial = Trial(0, kind, 0, 0, 0, False)
        judge_end(trial, demo)
        if not trial.violations and not trial.noisy:
            shutil.rmtree(home, ignore_errors=True)
            return demo.entries
        print(f"kills: the undisturbed {kind} demo is not as it should be:"
              f" {'; '.join(trial.violations + trial.notes)} (files: {home})", flush=True)
    sys.exit(1)


def too_slow(demo):
    """Why a demo without a fault was rolled back, if it was because this machine was too slow for it."""
    for entry in demo.entries:
        reason = str(entry.body.get("reason", ""))
        if entry.of("RollbackBegun"):
            return reason if "windows failed" in reason and "p95" in reason else None
    return None


def judge_end(trial, demo):
    expected = KINDS[trial.kind]
    slow = too_slow(demo) if trial.kind == "plain" else None
    if slow:
        trial.noisy = True
        trial.notes.append(f"rolled back by load on this machine: {slow}")
        expected = KINDS["fail"]
    held = [entry for entry in demo.entries if entry.of("Held")]
    if held:
        trial.violations.append(f"held: {held[-1].body.get('reason')}")
    code = demo.process.returncode
    trial.expect(code == expected["exit"], f"exit {code}, expected {expected['exit']}")
    if demo.ended is None:
        trial.violations.append("no run.ended line")
        return
    end = demo.ended
    trial.expect(end.get("state") == expected["state"], f"state {end.get('state')}, expected {expected['state']}")
    trial.expect(sum(entry.of("Ended") for entry in demo.entries) == 1, "the journal does not end exactly once")
    trial.expect(end.get("writesLost") == 0, f"writesLost {end.get('writesLost')}")
    trial.expect(end.get("writesDoubled", 0) == 0, f"writesDoubled {end.get('writesDoubled')}")
    failed = end.get("usersFailed")
    if failed == 0:
        return
    if failed is not None and trial.excuse:
        trial.notes.append(f"{failed} requests failed: {trial.excuse}")
    else:
        trial.violations.append(f"usersFailed {failed}")


def disturbed(trial, base, seed):
    home = base / f"kill-{trial.number}"
    log_file = base / f"kill-{trial.number}.log"
    passed = 0
    with open(log_file, "w", encoding="utf-8") as log:
        demo = Demo(home, ["--fast", *KINDS[trial.kind]["options"]], log)
        resumed = None

        def reached(entry):
            nonlocal passed
            passed += 0 if entry.of("Judged", "RunStarted", "Ended") else 1
            return passed > trial.place

        try:
            last = demo.follow(reached)
            if last is None:
                trial.notes.append("ended before the kill")
                judge_end(trial, demo)
            else:
                if seed.random() < 0.5:
                    time.sleep(seed.uniform(0, 0.05))
                demo.kill()
                last = demo.entries[-1]
                trial.excuse = rest(trial, demo.entries)
                trial.expect(world_of(home, demo.run) is not None, "the world died with its orchestrator")
                resumed = Demo(home, ["--resume", demo.run], log)
                resumed.follow()
                judge_end(trial, resumed)
                trial.expect(resumed.run == demo.run, f"resumed another run: {resumed.run}")
            trial.expect(chain_is_whole(home, demo.run, log), "the journal's chain is broken")
        finally:
            for each in (demo, resumed):
                if each is not None and each.process.poll() is None:
                    each.process.kill()
            end_world(home, demo.run)
    where = f"after {last}" if last is not None else "not reached"
    if not trial.violations:
        shutil.rmtree(home, ignore_errors=True)
        log_file.unlink()
    return where


def rest(trial, entries):
    """Nobody looks after the run for a while. Answers what excuses failed requests, if anything does."""
    until, releasing = freeze_of(entries)
    now = time.time()
    pause = trial.pause
    if until is not None and trial.past_lease:
        pause = max(pause, until - now + 2)
    time.sleep(max(0, pause))
    if until is None:
        return None
    if releasing:
        return "killed between RELEASE's first act and the writes let go"
    return "the freeze's bound passed" if time.time() >= until else None


def trials(count, journals, seed):
    """Places spread evenly over each journal, every third demo failing and two thirds of those in the roll-back."""
    kinds = ["fail" if number % 3 == 2 else "plain" for number in range(count)]
    counts = {kind: kinds.count(kind) for kind in KINDS}
    seen = {kind: 0 for kind in KINDS}
    for number, kind in enumerate(kinds):
        places = len(marks(journals[kind]))
        low, high = 0, places
        if kind == "fail" and number % 9 != 5:
            low = rollback_from(journals[kind])
        width = (high - low) / counts[kind]
        stratum = seen[kind]
        seen[kind] += 1
        place = min(high - 1, int(low + width * (stratum + seed.random())))
        pause = seed.choice([0, 0, 1, 3])
        yield Trial(number + 1, kind, place, places, pause, seed.random() < 0.25)


def commit():
    try:
        done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
        dirty = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.strip() + ("+" if dirty.stdout.strip() else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def main():
    parser = argparse.ArgumentParser(prog="bench/long kills", description="kill -9 of the orchestrator during demos")
    parser.add_argument("count", nargs="?", type=int, default=50, help="demos to kill (default 50)")
    parser.add_argument("seed", nargs="?", type=int, default=None, help="default: from the clock; printed")
    parser.add_argument("--keep", action="store_true", help="keep the folder of the runs also when all is well")
    given = parser.parse_args()
    number = given.seed if given.seed is not None else int(time.time())
    seed = random.Random(number)
    base = pathlib.Path(tempfile.mkdtemp(prefix="bascule-kills."))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print(f"kills: {given.count} demos, seed {number}, commit {commit()}, files in {base}", flush=True)
    subprocess.run([LAUNCHER, "--version"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    needed = ["plain"] if given.count < 3 else list(KINDS)
    journals = {kind: undisturbed(kind, base) for kind in needed}
    for kind, entries in journals.items():
        print(f"kills: undisturbed {kind}: {len(entries)} events, {len(marks(entries))} places", flush=True)
    bad, missed, excused, in_rollback, noisy = 0, 0, 0, 0, 0
    begun = time.monotonic()
    for trial in trials(given.count, journals, seed):
        where = disturbed(trial, base, seed)
        missed += where == "not reached"
        excused += any("requests failed" in note for note in trial.notes)
        in_rollback += trial.kind == "fail" and trial.place >= rollback_from(journals["fail"])
        bad += bool(trial.violations)
        noisy += trial.noisy
        word = "VIOLATION" if trial.violations else "ok"
        notes = "; ".join(trial.violations + trial.notes)
        print(f"{trial.number:4} {word:9} {trial.kind:5} place {trial.place + 1}/{trial.places} {where}"
              + (f": {notes}" if notes else ""), flush=True)
    print(f"kills: {given.count - missed} killed ({in_rollback} placed in a roll-back), {missed} not reached,"
          f" {excused} with failed requests that are accounted for, {noisy} rolled back by load, {bad} violations,"
          f" {time.monotonic() - begun:.0f} s, seed {number}, commit {commit()}", flush=True)
    if bad:
        print(f"kills: what the violations left is in {base}", flush=True)
    elif not given.keep:
        shutil.rmtree(base, ignore_errors=True)
    return 1 if bad or noisy > max(1, given.count // 5) or (missed == given.count and given.count > 0) else 0


if __name__ == "__main__":
    sys.exit(main())
