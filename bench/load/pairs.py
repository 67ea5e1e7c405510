#!/usr/bin/env python3
"""A/A pairs: the same server loaded twice, and `compare` asked whether the second is slower. It is not, so each FAIL is a false
alarm: PAIRS [--apart] [--rate R] [--seconds S] [--classpath CP].

Together (the default): one load on two names of one nginx, as source and target are loaded before a cutover. --apart: one load
after the other, as baselines are taken; what the machine does in between is then in the figures, and a FAIL may be its fault.
Prints each pair and, at the end, how many false alarms there were, with the upper end of the exact 95 % interval of their share.
Exit 1 where more than one pair in twenty is a false alarm beyond chance (the lower end above 5 %), or no pair could be judged."""

import argparse
import json
import math
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter

BODY = "x" * 512


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def nginx(folder, port):
    with open(f"{folder}/nginx.conf", "w") as f:
        f.write(f"""worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 1000000000; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; location / {{ default_type text/plain; return 200 "{BODY}"; }} }} }}""")
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    process = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf"], env={**os.environ, "PATH": path})
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process
        except OSError:
            time.sleep(0.05)
    raise SystemExit("nginx does not answer")


def upper(bad, of, level=0.975):
    """Clopper and Pearson's upper end, by halving."""
    low, high = bad / of, 1.0
    for _ in range(60):
        p = (low + high) / 2
        if sum(math.comb(of, k) * p**k * (1 - p) ** (of - k) for k in range(bad + 1)) > 1 - level:
            low = p
        else:
            high = p
    return high


def lower(bad, of, level=0.975):
    return 0.0 if bad == 0 else 1 - upper(of - bad, of, level)


class Pairs:
    def __init__(self, arguments, folder, port):
        self.a, self.folder, self.url = arguments, folder, f"http://127.0.0.1:{port}/"
        java = open(".bascule/java").read().strip()
        self.bascule = [java, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow", "-cp", arguments.classpath or "app/target/lib/*",
                        "io.bascule.app.Main"]

    def call(self, *arguments):
        return subprocess.run([*self.bascule, *arguments], capture_output=True, text=True)

    def load(self, out, names):
        profile = f"{self.folder}/profile.yaml"
        with open(profile, "w") as f:
            f.write("\n".join(["load: 1", "targets:", *(f"  {name}: {self.url}" for name in names), f"rate: {self.a.rate}/s",
                               f"for: {self.a.seconds}s", "warm-up: 5s", "spacing: poisson"]) + "\n")
        done = self.call("load", profile, "--out", out, "-o", "quiet")
        if done.returncode != 0:
            raise SystemExit(f"the load ended with {done.returncode}:\n{done.stdout[-800:]}{done.stderr[-800:]}")

    def pair(self):
        one, two = f"{self.folder}/one.json", f"{self.folder}/two.json"
        if self.a.apart:
            self.load(one, ["target"])
            self.load(two, ["target"])
            before, now = one, two
        else:
            self.load(one, ["source", "target"])
            before, now = f"{one}:source", f"{one}:target"
        told = self.call("compare", before, now, "--format", "json", "--out", f"{self.folder}/report.json")
        if not os.path.exists(f"{self.folder}/report.json"):
            raise SystemExit(f"no comparison:\n{told.stderr[-800:]}")
        with open(f"{self.folder}/report.json") as f:
            verdict = json.load(f)["verdict"]
        os.remove(f"{self.folder}/report.json")
        return verdict, (told.stderr.strip().splitlines() or [""])[-1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=int, nargs="?", default=40)
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--classpath", default="")
    arguments = parser.parse_args()
    verdicts = Counter()
    with tempfile.TemporaryDirectory(prefix="bascule-pairs.") as folder:
        server = nginx(folder, port := free_port())
        try:
            pairs = Pairs(arguments, folder, port)
            for i in range(arguments.pairs):
                verdict, words = pairs.pair()
                verdicts[verdict] += 1
                load = " ".join(f"{x:.1f}" for x in os.getloadavg()[:1])
                print(f"{i + 1} of {arguments.pairs}: {verdict} (load average {load}) {words}", flush=True)
        finally:
            server.terminate()
            server.wait()
    judged = sum(n for verdict, n in verdicts.items() if verdict != "ERROR")
    alarms = verdicts["FAIL"]
    print(f"{arguments.pairs} pairs {'apart' if arguments.apart else 'together'} at {arguments.rate}/s for {arguments.seconds} s: "
          + ", ".join(f"{n} {verdict}" for verdict, n in sorted(verdicts.items())))
    if judged == 0:
        print("no pair could be judged: the generator was too late in each")
        return 1
    print(f"false alarms: {alarms} of {judged} judged, {100 * alarms / judged:.1f} % "
          f"(95 % interval up to {100 * upper(alarms, judged):.1f} %)")
    return 1 if lower(alarms, judged) > 0.05 else 0


sys.exit(main())
