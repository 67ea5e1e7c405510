"""One cutover of examples/aws/plan.yaml in a world of its own, disturbed as it is told, and what must be true of it after.

Run by proofs.py, in a process of its own and with peers of its own (aws/src/test/sh/with-aws):

    trial.py '{"name": …, "spoil": {…}, "kills": 0, "order": …, "ill": …, "fails": …, "reverts": …}'

Every call of the orchestrator to the peers goes through HAProxy (haproxy.cfg, spoil.lua), which writes it down and spoils
what it is told to; world and comparison ask the peers past it. The last line it prints is the result.
"""

import collections
import copy
import datetime
import json
import os
import pathlib
import random
import re
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "examples" / "aws"))

import world as example  # noqa: E402  (found by the path above)

LAUNCHER = os.environ.get("BASCULE", str(ROOT / "bascule"))
RUN = "aws-example"
INTERVAL = 1.0  # the plan's sampling interval, in seconds
LOOK = 1.0  # that a look itself may take
STARVED = 3.0  # seconds in which this machine had no time for us, before what hangs on time is not told
PATIENCE = 420  # seconds that one trial may take
HOME = ("ROLLED_BACK", "ABORTED_UNCHANGED")
SPOILED = {"throttled", "failed", "told-503", "lost", "broken-off", "denied"}


def instant(text):
    """Seconds since 1970 of an instant in UTC."""
    whole, _, fraction = text.rstrip("Z").partition(".")
    at = datetime.datetime.fromisoformat(whole).replace(tzinfo=datetime.timezone.utc).timestamp()
    return at + (float("0." + fraction) if fraction else 0.0)


KINDS = ("order", "fails", "ill", "reverts")  # of what is done at a place, as a trial is told


class Pulse(threading.Thread):
    """Notes when this machine had no time for us: what is asserted of seconds cannot be told then."""

    def __init__(self):
        super().__init__(daemon=True)
        self.late = []
        self.start()

    def run(self):
        while True:
            at = time.time()
            time.sleep(0.05)
            if time.time() - at > 0.25:
                self.late.append((at, time.time() - at))

    def starved(self, begin, end):
        """Seconds that were lost between the two."""
        return sum(lost for at, lost in self.late if begin - 2 < at < end)


class Line(threading.Thread):
    """Before HAProxy, which can close a connection but not break it: what was asked and gets no answer is reset here."""

    def __init__(self, to):
        super().__init__(daemon=True)
        self.to = to
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.start()

    def run(self):
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        asked = False  # and not answered
        with client, socket.create_connection(("127.0.0.1", self.to)) as server:
            try:
                while True:
                    ready, _, _ = select.select([client, server], [], [])
                    source = ready[0]
                    data = source.recv(65536)
                    if data:
                        asked = source is client
                        (server if asked else client).sendall(data)
                        continue
                    if source is server and asked:
                        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return
            except OSError:
                return

    def stop(self):
        self.listening.close()


class Calls:
    """HAProxy between the orchestrator and the peers, and what it wrote down."""

    def __init__(self, folder, spoil):
        self.log = folder / "calls.log"
        self.log.touch()
        moto, ministack = example.free_port(), example.free_port()
        self.lines = Line(moto), Line(ministack)
        self.environment = dict(
            os.environ,
            AWS_ENDPOINT_URL=f"http://127.0.0.1:{self.lines[0].port}",
            AWS_ENDPOINT_URL_ROUTE_53=f"http://127.0.0.1:{self.lines[1].port}",
            AWS_ENDPOINT_URL_CLOUDWATCH=f"http://127.0.0.1:{self.lines[1].port}",
        )
        settings = {f"SPOIL_{key.upper()}": str(value) for key, value in spoil.items()}
        environment = dict(
            os.environ,
            **settings,
            SPOIL_LUA=str(HERE / "spoil.lua"),
            SPOIL_LOG=str(self.log),
            SPOIL_MOTO=str(moto),
            SPOIL_MINISTACK=str(ministack),
            SPOIL_TO_MOTO=urllib.parse.urlparse(os.environ["BASCULE_TEST_MOTO"]).netloc,
            SPOIL_TO_MINISTACK=urllib.parse.urlparse(os.environ["BASCULE_TEST_MINISTACK"]).netloc,
        )
        haproxy = shutil.which("haproxy", path=os.environ["PATH"] + ":/usr/sbin")
        self.process = subprocess.Popen([haproxy, "-db", "-f", str(HERE / "haproxy.cfg")], env=environment,
                                        stdout=subprocess.DEVNULL, stderr=(folder / "haproxy.log").open("w"))
        self.await_port(moto)

    @staticmethod
    def await_port(port):
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("HAProxy does not answer, see haproxy.log")

    def stop(self):
        for line in self.lines:
            line.stop()
        self.process.terminate()
        self.process.wait()

    def read(self):
        """Every call: at, operation, what became of it, its body where it changes something, and the peer's status."""
        calls = {}
        for line in self.log.read_text().splitlines():
            at, number, word, rest = line.split("\t", 3)
            if word == "asked":
                operation, becomes, body = rest.split("\t", 2)
                calls[int(number)] = {"at": float(at), "operation": operation, "becomes": becomes, "body": body, "status": 0}
            else:
                calls[int(number)]["status"] = int(rest)
        return calls


def changed(call):
    """What a call that changes something changes, and into what; None for all others."""
    operation, body = call["operation"], call["body"]
    if operation == "ModifyRule":
        return "traffic:balancer", body
    if operation == "PutParameter":
        return "configuration:/shop/target/mode", json.loads(body)["Value"]
    if operation == "UpdateSecretVersionStage":
        return "configuration:shop/target/key", json.loads(body).get("MoveToVersionId")
    if operation == "ChangeResourceRecordSets" and "_bascule." not in body:
        return "name", re.sub(r"<Comment>.*?</Comment>", "", body)
    return None


def message(call):
    """The key of a message; its receiver drops a second one with the same."""
    if call["operation"] == "Publish":
        found = re.search(r"Name=key&.*?StringValue=([^&]+)", call["body"])
        return "sns " + (found.group(1) if found else call["body"])
    if call["operation"] == "SendEmail":
        found = re.search(r'"Name":\s*"X-Bascule-Key",\s*"Value":\s*"([^"]+)"', call["body"])
        return "ses " + (found.group(1) if found else call["body"])
    return None


class Journal:
    def __init__(self, folder):
        done = subprocess.run([LAUNCHER, "journal", RUN, "--home", str(folder / "home"), "-o", "json"],
                              capture_output=True, text=True)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.events = [line for line in lines if "seq" in line]
        verified = subprocess.run([LAUNCHER, "journal", RUN, "--home", str(folder / "home"), "--verify"],
                                  capture_output=True, text=True)
        self.whole = verified.returncode == 0

    def of(self, *names):
        for event in self.events:
            if event["event"] in names:
                yield instant(event["at"]), event["body"]


def twice(calls, journal, violations):
    """Counts what was carried out twice. Harmful: a change that no act of the journal accounts for."""
    states = collections.defaultdict(list)
    messages = collections.Counter()
    again = 0
    for call in calls.values():
        if call["status"] // 100 != 2:
            continue
        found, key = changed(call), message(call)
        if found:
            if states[found[0]] and states[found[0]][-1] == found[1]:
                again += 1
            else:
                states[found[0]].append(found[1])
        if key:
            messages[key] += 1
    acts = collections.defaultdict(set)
    for _, body in journal.of("IntentRecorded"):
        resource = "name" if body["resource"] in ("dns:name", "traffic:name") else body["resource"]
        acts[resource].add((body["direction"], body["act"]))
    harmful = 0
    for resource, each in states.items():
        over = len(each) - len(acts[resource])
        if over > 0:
            harmful += over
            violations.append(f"{resource}: {len(each)} changes carried out for {len(acts[resource])} acts")
    return {
        "changes": sum(len(each) for each in states.values()),
        "twice": again,
        "harmful": harmful,
        "messagesTwice": sum(count - 1 for count in messages.values()),
    }


def way_back(journal, pulse, violations):
    """How long the way back took, and that no call of it was waited for until its end of validity."""
    starved = 0.0
    begun = [at for at, _ in journal.of("RollbackBegun")]
    if not begun:
        return {}
    home, longest = begun[0], 0.0
    for at, body in journal.of("IntentRecorded"):
        if body["direction"] != "BACK":
            continue
        def settles(other):
            return other["act"] == body["act"] and other["direction"] == "BACK"
        after = [t for t, other in journal.of("StepVerified", "StepFailed") if settles(other) and t >= at]
        after += [t for t, other in journal.of("OutcomeRecorded") if settles(other) and other["answer"] == "REFUSED" and t >= at]
        if not after:
            continue
        settled = min(after)
        longest = max(longest, settled - at)
        lost = pulse.starved(at, settled)
        starved = max(starved, lost)
        if settled - min(lost, settled - at) >= instant(body["notAfter"]):
            violations.append(f"{body['act']} waited {settled - at:.1f} s, as long as its request was valid")
    for at, body in journal.of("StepVerified"):
        if body["direction"] == "BACK" and body["resource"].startswith("traffic:"):
            home = max(home, at)
    doubtful = doubts(journal, begun[0])
    first = [at for at, body in journal.of("IntentRecorded", "StepVerified") if body["direction"] == "BACK"]
    if doubtful and first and first[0] - pulse.starved(begun[0], first[0]) >= max(doubtful):
        violations.append("the way back waited until a request that got no answer was no longer valid")
    ended = [at for at, _ in journal.of("Ended")]
    return {
        "usersHome": round(home - begun[0], 2),
        "wholeWayBack": round(ended[-1] - begun[0], 2) if ended else None,
        "longestCallBack": round(longest, 2),
        "inDoubtWhenItBegan": len(doubtful),
        "starved": round(starved, 2),
    }


def doubts(journal, begun):
    """Until when requests on the way there may still land that had no answer when the way back began."""
    open_until = {}
    for event in journal.events:
        body, at = event["body"], instant(event["at"])
        if at > begun or body.get("direction") != "FORWARD":
            continue
        if event["event"] == "IntentRecorded":
            open_until[body["act"]] = instant(body["notAfter"])
        elif event["event"] in ("StepVerified", "StepFailed") or body.get("answer") == "REFUSED":
            open_until.pop(body["act"], None)
    return [until for until in open_until.values() if until > begun]


class Disturber:
    """Watches the run and does, at the places it is told, what somebody or something would."""

    def __init__(self, told, world, folder):
        self.told, self.world, self.folder = told, world, folder
        self.done, self.held, self.seen, self.orders = set(), None, set(), []
        self.reverted, self.run, self.late = None, None, False

    def __call__(self, event, run):
        self.run = run
        if event.get("type") != "run.event" or event["seq"] in self.seen:
            return
        self.seen.add(event["seq"])
        body = event["body"]
        place = f"{event['event']} {body.get('act') or body.get('gate') or ''}".strip()
        if event["event"] == "Held":
            self.held = body["reason"]
            run.terminate()  # nobody will come
        for kind, act in zip(KINDS, (self.give_order, self.fail, self.fall_ill, self.revert)):
            if self.told.get(kind) == place and kind not in self.done:
                self.done.add(kind)
                act(run)

    def too_long(self):
        self.late = True
        if self.run:
            self.run.terminate()

    def give_order(self, _):
        self.orders.append(subprocess.Popen(
            [LAUNCHER, "rollback", RUN, "--home", str(self.folder / "home"), "--as", "ana", "--reason", "a proof",
             "--confirm", f"roll back {RUN}"], stdout=subprocess.DEVNULL, stderr=(self.folder / "order.log").open("a")))

    def fail(self, _):
        self.world.fault.share = 0.6

    def fall_ill(self, _):
        self.world.fault.ill = True

    def revert(self, run):
        """Someone sets the rule's weights back."""
        self.world.elb.modify_rule(RuleArn=self.world.rule, Actions=[{
            "Type": "forward",
            "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": self.world.arn["source"], "Weight": 1},
                                               {"TargetGroupArn": self.world.arn["target"], "Weight": 0}]}}])
        self.reverted = time.time()


def completed(world, before):
    """What the API must tell once the plan is carried out."""
    after = copy.deepcopy(before)
    after["parameter"]["Value"] = "live"
    for version in after["secret"]["VersionIdsToStages"]:
        after["secret"]["VersionIdsToStages"][version] = ["AWSCURRENT"] if version.startswith("1111") else []
    after["rule " + world.rule]["Actions"] = [{
        "Type": "forward",
        "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": world.arn["source"], "Weight": 0},
                                           {"TargetGroupArn": world.arn["target"], "Weight": 200}],
                          "TargetGroupStickinessConfig": {"Enabled": False}}}]
    simple = after.pop("record shop.example.test. A ")
    for side, address, weight in (("source", "127.0.0.2", 0), ("target", "127.0.0.3", 200)):
        after["record shop.example.test. A " + side] = {
            **simple, "SetIdentifier": side, "Weight": weight, "ResourceRecords": [{"Value": address}]}
    return after


def judge(told, state, world, before, disturber, journal, calls, pulse, violations):
    after = world.snapshot()
    expected, busy = told.get("state", ["COMPLETED"]), too_slow(journal, pulse)
    if disturber.late:
        return {"late": f"not over after {PATIENCE} s"}
    missed = [told[kind] for kind in KINDS if told.get(kind) and kind not in disturber.done]
    if busy and state in HOME and (missed or not disturber.done):
        expected = HOME
    elif missed:
        violations.append(f"not reached: {', '.join(missed)}")
    if disturber.held and not told.get("holds"):
        violations.append(f"held: {disturber.held}")
    if state not in expected:
        violations.append(f"ended {state}, expected {' or '.join(expected)}")
    wanted = completed(world, before) if state == "COMPLETED" else before
    if not told.get("reverts"):
        violations.extend("differs: " + line.strip() for line in example.differences(wanted, after))
    if state == "COMPLETED" and world.figures.failed:
        violations.append(f"{world.figures.failed} requests of users failed")
    if not journal.whole:
        violations.append("the journal's chain is broken")
    spoiled = [f"{number} {call['operation']} {call['becomes']}" for number, call in calls.items() if call["becomes"] in SPOILED]
    return {"calls": len(calls), "spoiled": spoiled, "late": busy if expected is HOME else None}


def too_slow(journal, pulse):
    """Why a run went back by itself, if this machine had no time for it: figures then come too late, or not at all."""
    for at, body in journal.of("RollbackBegun"):
        return body["reason"] if pulse.starved(0, at) > STARVED else None
    return None


def reverter(disturber, journal, pulse, violations):
    """How long after someone's change the run noticed it; it is not overwritten."""
    if disturber.reverted is None:
        return {}
    noticed = [at for at, _ in journal.of("DriftFound", "Held") if at > disturber.reverted]
    if not noticed:
        violations.append("nobody noticed that the weights were set back")
        return {}
    after, starved = noticed[0] - disturber.reverted, pulse.starved(disturber.reverted, noticed[0])
    if after - starved > INTERVAL + LOOK:
        violations.append(f"it was noticed after {after:.2f} s only")
    actions = disturber.world.elb.describe_rules(RuleArns=[disturber.world.rule])["Rules"][0]["Actions"]
    weights = [group["Weight"] for group in actions[0]["ForwardConfig"]["TargetGroups"]]
    if weights != [1, 0]:
        violations.append(f"the weights that someone had set were overwritten with {weights}")
    return {"noticedAfter": round(after, 2), "starved": round(starved, 2)}


def trial(told):
    random.seed(told.get("seed", 1))
    begun, pulse = time.time(), Pulse()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bascule-aws-trial."))
    world = example.World(hasty=True)
    before = world.snapshot()
    calls = Calls(folder, told.get("spoil", {}))
    disturber = Disturber(told, world, folder)
    violations, result = [], {"name": told["name"]}
    timer = threading.Timer(PATIENCE, disturber.too_long)
    timer.daemon = True
    timer.start()
    try:
        state, left = example.cutover(ROOT, world, folder, disturber, told.get("kills", 0), calls.environment)
        for order in disturber.orders:
            order.wait()
        journal, all_calls = Journal(folder), calls.read()
        result.update(state=state, seconds=round(time.time() - begun), requests=world.figures.count,
                      failed=world.figures.failed, kills=told.get("kills", 0) - left)
        result.update(judge(told, state, world, before, disturber, journal, all_calls, pulse, violations))
        result.update(twice(all_calls, journal, violations))
        result.update(way_back(journal, pulse, violations))
        if told.get("reverts"):
            result.update(reverter(disturber, journal, pulse, violations))
        gaps = [re.search(r"read to (?:answer|send) ([\d.]+) ms", body.get("reason", "")) for _, body in journal.of("OutcomeRecorded")]
        result["gaps"] = [float(gap.group(1)) for gap in gaps if gap]
        result["places"] = [f"{event['event']} {event['body'].get('act') or event['body'].get('gate') or ''}".strip()
                            for event in journal.events if event["event"] != "Judged"]
    finally:
        calls.stop()
    if disturber.late:  # what takes its time is not told; what was carried out is
        violations = [violation for violation in violations if "carried out" in violation]
    result["violations"] = violations
    if violations or told.get("keep"):
        result["folder"] = str(folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return result


if __name__ == "__main__":
    print(json.dumps(trial(json.loads(sys.argv[1]))), flush=True)
