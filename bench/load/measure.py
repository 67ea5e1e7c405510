"""Runs the load generators in turns and prints a table; bench/load/run calls it, and says what is measured and how."""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

TICK = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 64
PRIORITY = []
BODY = "x" * 64
MOST = 100_000  # what a profile may ask of one generator
HALF = "half of the paced maximum"
ROWS = ("rate", "https", "paces", "stalls")
CIPHER = "TLS_AES_128_GCM_SHA256"  # OpenSSL prefers AES-256, BoringSSL AES-128: all are to do the same work


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def cpu_seconds(pid):
    """What a process and its threads have used so far."""
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def millis(text):
    """wrk's way of writing times."""
    if text is None:
        return None
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


class Nginx:
    def __init__(self, folder):
        self.folder = folder
        self.port, self.tls = free_port(), free_port()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", f"{folder}/key.pem",
             "-out", f"{folder}/cert.pem"], check=True, capture_output=True)
        with open(f"{folder}/nginx.conf", "w") as f:
            f.write(f"""worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 8192; }}
http {{ access_log off; keepalive_requests 1000000000; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{self.port}; listen 127.0.0.1:{self.tls} ssl http2;
    ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem; ssl_protocols TLSv1.3;
    ssl_conf_command Ciphersuites {CIPHER};
    location / {{ default_type text/plain; return 200 "{BODY}"; }} }} }}""")
        self.process = subprocess.Popen([*PRIORITY, "taskset", "-c", "0", "nginx", "-c", f"{folder}/nginx.conf"])
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                time.sleep(0.05)

    def worker(self):
        return int(subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()[0])

    def close(self):
        self.process.terminate()
        self.process.wait()


class Stalls:
    """Stops a process 1 s in every 5 s; the first stall begins after 2 s."""

    def __init__(self, pid):
        self.pid, self.over = pid, threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        if self.over.wait(2):
            return
        while not self.over.is_set():
            os.kill(self.pid, signal.SIGSTOP)
            time.sleep(1)
            os.kill(self.pid, signal.SIGCONT)
            if self.over.wait(4):
                return

    def end(self):
        self.over.set()
        self.thread.join()
        os.kill(self.pid, signal.SIGCONT)


def cumulative(output):
    """Gatling's progress: how many requests were answered after so many seconds, and in between per second."""
    seen = [(int(s), int(n.replace(",", ""))) for s, n in re.findall(r"(\d+)s elapsed.*?Global\s*\|\s*([\d,]+)", output, re.S)]
    return [((n1 - n0) / (s1 - s0)) for (s0, n0), (s1, n1) in zip(seen, seen[1:]) if s1 > s0]


def measures(log):
    """Whether the log has a second of what is measured: a JVM's start takes as long as the machine lets it."""
    try:
        with open(log) as f:
            return "Tag=" in f.read()
    except FileNotFoundError:
        return False


def run(command, skip, window, log=None):
    """Runs a generator on the second core: its output, and its share of a processor in a window that begins after the first
    so many seconds, or with the first second in its log."""
    core = "1" if (os.cpu_count() or 1) > 1 else "0"
    process = subprocess.Popen([*PRIORITY, "taskset", "-c", core, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    out = []
    reader = threading.Thread(target=lambda: out.append(process.stdout.read()))
    reader.start()
    used = None
    try:
        if log:
            while process.poll() is None and not measures(log):
                time.sleep(0.1)
        else:
            time.sleep(skip)
        before, begun = cpu_seconds(process.pid), time.monotonic()
        time.sleep(window)
        used = (cpu_seconds(process.pid) - before) / (time.monotonic() - begun)
    except (FileNotFoundError, ProcessLookupError):
        pass
    process.wait()
    reader.join()
    return out[0], used


class Bench:
    def __init__(self, arguments, folder):
        self.a, self.folder = arguments, folder
        self.seconds = 5 if arguments.check else 8
        self.warm = 5 if arguments.check else 10
        self.nginx = Nginx(folder)
        self.url = f"http://127.0.0.1:{self.nginx.port}/"
        self.tls = f"https://localhost:{self.nginx.tls}/"
        self.results = {}  # (test, who) -> figure -> pass -> what was measured in it
        self.turn = 0
        self.most = None
        java = open(".bascule/java").read().strip()
        self.bascule = [java, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                        "-cp", "app/target/lib/*", "io.bascule.app.Main", "load"]
        if self.a.classpath:
            self.bascule[self.bascule.index("app/target/lib/*")] = self.a.classpath

    def profile(self, name, *lines):
        path = f"{self.folder}/{name}.yaml"
        with open(path, "w") as f:
            f.write("\n".join(["load: 1", *lines]) + "\n")
        return path

    def ours(self, profile):
        """A run of ours: the JSON line, and processor share in the measured window."""
        log = f"{self.folder}/seconds.hlog"
        if os.path.exists(log):
            os.remove(log)
        out, used = run([*self.bascule, profile, "-o", "json", "--log", log], 0, self.seconds - 2, log)
        for line in out.splitlines():
            if line.startswith("{") and '"load.result"' in line:
                return json.loads(line), used
        raise SystemExit(f"no result from bascule:\n{out[-2000:]}")

    def note(self, test, who, **values):
        for key, value in values.items():
            if value is not None:
                self.results.setdefault((test, who), {}).setdefault(key, {}).setdefault(self.turn, []).append(value)

    def closed(self, test, url, *more):
        lines = [f"target: {url}", f"users: {CONNECTIONS}", f"for: {self.seconds}s", f"warm-up: {self.warm}s", *more]
        if url.startswith("https"):
            lines.append(f"trust: {self.folder}/cert.pem")
        return self.profile(test, *lines)

    def our_rate(self, test, who, url, *more):
        result, used = self.ours(self.closed(re.sub(r"\W+", "-", f"{test}-{who}"), url, *more))
        rate = result["achievedPerSecond"]
        failed = result["failed"]
        self.note(test, who, rate=rate, cpu=used and used / rate * 1e6)
        if failed:
            self.note(test, who, failed=failed)

    def wrk_rate(self, test, url):
        out, used = run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{self.seconds}s", url], 1, self.seconds - 2)
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
        self.note(test, "wrk", rate=rate, cpu=used and used / rate * 1e6)

    def jvm(self, classpath, *arguments):
        return [self.bascule[0], "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "--add-opens", "java.base/java.lang=ALL-UNNAMED", *arguments[:-1], "-cp", classpath, *arguments[-1].split()]

    def hyperfoil_rate(self):
        if self.a.hyperfoil:
            # it warms up for 8 s, as the class says
            out, used = run(self.jvm(self.a.hyperfoil, f"HyperfoilPeer {self.url.rstrip('/')} {CONNECTIONS} {self.seconds}"),
                            11, self.seconds - 4)
            found = re.search(r"Requests/sec:\s+([\d.]+)", out)
            if found and float(found.group(1)):
                rate = float(found.group(1))
                self.note("rate", "Hyperfoil", rate=rate, cpu=used and used / rate * 1e6)

    def gatling_rate(self):
        if self.a.gatling:
            seconds = self.warm + self.seconds + 5
            out, used = run(self.jvm(self.a.gatling, f"-Dpeer.url={self.url.rstrip('/')}", f"-Dpeer.users={CONNECTIONS}",
                                     f"-Dpeer.seconds={seconds}",
                                     f"io.gatling.app.Gatling -s GatlingPeer -nr -rf {self.folder}/gatling"),
                            self.warm + 4, self.seconds - 2)
            rates = cumulative(out)[-2:]
            if rates:
                rate = statistics.mean(rates)
                self.note("rate", "Gatling", rate=rate, cpu=used and used / rate * 1e6)

    def hey_rate(self):
        if shutil.which("hey"):
            out, used = run(["hey", "-cpus", "1", "-c", str(CONNECTIONS), "-z", f"{self.seconds}s", self.url], 1,
                            self.seconds - 2)
            rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
            self.note("rate", "hey", rate=rate, cpu=used and used / rate * 1e6)

    def h2load_rate(self):
        if shutil.which("h2load"):
            out, used = run(["h2load", "-t1", "-c4", "-m16", "-D", str(self.seconds), self.tls], 1, self.seconds - 2)
            rate = float(re.search(r"finished in [\d.]+\w+, ([\d.]+) req/s", out).group(1))
            self.note("http/2", "h2load", rate=rate, cpu=used and used / rate * 1e6)

    def path(self, *checks):
        """Another path each time, so that every request is encoded and every answer read in full."""
        return ("scenarios:", "  all: [ { get: '/?n=${arrival}', name: all" + "".join(checks) + " } ]")

    def paced_most(self):
        """The paced maximum: the highest rate that is sent whole, without falling behind; doubled until it is not, then halved in
        two."""
        most, rate = None, 20_000
        while rate <= MOST and self.keeps_up(rate):
            most, rate = rate, rate * 2
        if most:
            for rate in (most * 3 // 2, most * 5 // 4):
                if most < rate <= MOST and self.keeps_up(rate):
                    most = rate
                    break
        return most

    def keeps_up(self, rate):
        result, _ = self.ours(self.pace_profile("most", rate, 4))
        return result["achievedPerSecond"] >= 0.99 * rate and result["latenessMillis"]["p99"] <= 10 and not result["failed"]

    def pace_profile(self, name, rate, seconds):
        return self.profile(name, f"target: {self.url}", f"rate: {rate}/s", f"for: {seconds}s", f"warm-up: {self.warm}s",
                            f"connections: {CONNECTIONS}", "abort: { failed-percent: 100 }")

    def wrk2(self, test, rate, seconds):
        if not os.access(self.a.wrk2, os.X_OK):
            return
        out, used = run([self.a.wrk2, "-t1", f"-c{CONNECTIONS}", f"-d{seconds + 10}s", f"-R{rate}", "--latency", "-U", self.url],
                        10, max(1, seconds - 2))
        corrected, _, uncorrected = out.partition("Uncorrected Latency")
        line = re.compile(r"^\s+([\d.]+)%\s+([\d.]+(?:us|ms|s|m))\s*$", re.M)
        found, sent = dict(line.findall(corrected)), dict(line.findall(uncorrected))
        p50, p999, service = (millis(x) for x in (found.get("50.000"), found.get("99.900"), sent.get("50.000")))
        values = dict(p50=p50, p99=millis(found.get("99.000")), p999=p999, cpu=used and used / rate * 1e6)
        if None not in (p50, p999, service):
            values.update(bias=(p50 - service) * 1000, tail=p999 - service)
        self.note(test, "wrk2", **values)

    def stall(self, rate, seconds):
        stalls = Stalls(self.nginx.worker())
        try:
            result, _ = self.ours(self.pace_profile("stall", rate, seconds))
        finally:
            stalls.end()
        r, s = result["responseMillis"], result["serviceMillis"]
        self.note("stall", "bascule", p50=r["p50"], p90=r["p90"], p99=r["p99"], p999=r["p999"],
                  sent=result["achievedPerSecond"] / rate * 100)
        self.note("stall", "bascule, from when sent (the naive clock)", p50=s["p50"], p90=s["p90"], p99=s["p99"], p999=s["p999"])

    def stall_peers(self, rate, seconds):
        for who in ("wrk2", "hey"):
            stalls = Stalls(self.nginx.worker())
            try:
                if who == "wrk2":
                    self.wrk2("stall", rate, seconds)
                elif shutil.which("hey"):
                    out, _ = run(["hey", "-cpus", "1", "-c", str(CONNECTIONS), "-q", str(rate / CONNECTIONS), "-z",
                                  f"{seconds}s", self.url], 1, 1)
                    times = dict(re.findall(r"(\d+)% in ([\d.]+) secs", out))
                    sent = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)) / rate * 100
                    self.note("stall", "hey", p50=float(times["50"]) * 1000, p90=float(times["90"]) * 1000,
                              p99=float(times["99"]) * 1000, sent=sent)
            finally:
                stalls.end()

    def pace(self, test, rate, seconds):
        result, used = self.ours(self.pace_profile("pace", rate, seconds))
        r, s, l = result["responseMillis"], result["serviceMillis"], result["latenessMillis"]
        self.note(test, "bascule", p50=r["p50"], p99=r["p99"], p999=r["p999"], bias=(r["p50"] - s["p50"]) * 1000,
                  late=l["p999"], tail=r["p999"] - s["p50"], cpu=used and used / rate * 1e6,
                  sent=result["achievedPerSecond"] / rate * 100)
        self.wrk2(test, rate, seconds)

    def paces(self):
        """At a low rate, and at half of the paced maximum: ours and wrk2 in turns, twice."""
        if self.a.check:
            return
        self.most = self.most or self.paced_most()
        for _ in range(2):
            self.pace("pace", self.a.pace_rate, 10)
            if self.most:
                self.pace(HALF, self.most // 2, 10)

    def passes(self):
        for i in range(self.a.passes):
            self.turn = i
            print(f"pass {i + 1} of {self.a.passes}", file=sys.stderr)
            for row in ROWS if self.a.only is None else [self.a.only]:
                getattr(self, row)()

    def rate(self):
        self.wrk_rate("rate", self.url)
        self.our_rate("rate", "bascule, encoded once", self.url)
        if not self.a.check:
            self.our_rate("rate", "bascule, full codec", self.url, *self.path())
            self.our_rate("rate", "bascule, full codec and two checks", self.url,
                          *self.path(", check: { status: 200, contains: xxx }"))
            self.hyperfoil_rate()
            self.gatling_rate()
            self.hey_rate()
            self.our_rate("rate", "bascule, full codec", self.url, *self.path())
            self.our_rate("rate", "bascule, encoded once", self.url)
            self.wrk_rate("rate", self.url)

    def https(self):
        if not self.a.check:
            self.wrk_rate("tls", self.tls)
            self.our_rate("tls", "bascule, encoded once", self.tls)
            self.our_rate("tls", "bascule, full codec", self.tls, *self.path())
            self.h2load_rate()
            self.our_rate("http/2", "bascule", self.tls, "protocol: http/2")
            self.our_rate("tls", "bascule, full codec", self.tls, *self.path())
            self.our_rate("tls", "bascule, encoded once", self.tls)
            self.wrk_rate("tls", self.tls)

    def stalls(self):
        seconds = 10 if self.a.check else 20
        self.stall(self.a.stall_rate, seconds)
        if not self.a.check:
            self.stall_peers(self.a.stall_rate, seconds)

    def median(self, test, who, key):
        return statistics.median(self.all(test, who, key)) if self.all(test, who, key) else None

    def all(self, test, who, key):
        return [value for turn in self.results.get((test, who), {}).get(key, {}).values() for value in turn]

    def table(self):
        print(f"\n{self.a.passes} passes, medians; ratios are to wrk or h2load of the same pass")
        print("| test | generator | requests/s | ratio | CPU us/request | ratio by CPU | p50 ms | p90 | p99 | p99.9 | sent % |")
        print("|---|---|---|---|---|---|---|---|---|---|---|")
        for (test, who), values in self.results.items():
            base = self.results.get((test, "h2load" if test == "http/2" else "wrk"), {})
            ratio, by_cpu = (statistics.median(over(statistics.median(values[k][turn]), statistics.median(base[k][turn]))
                                               for turn in values[k].keys() & base[k].keys())
                             if k in values and k in base and values[k].keys() & base[k].keys() else None
                             for k, over in (("rate", lambda a, b: a / b), ("cpu", lambda a, b: b / a)))
            cells = [self.median(test, who, "rate"), ratio, self.median(test, who, "cpu"), by_cpu,
                     *(self.median(test, who, k) for k in ("p50", "p90", "p99", "p999", "sent"))]
            print(f"| {test} | {who} | " + " | ".join("" if c is None else f"{c:,.2f}" if c < 100 else f"{c:,.0f}"
                                                     for c in cells) + " |")
        for test, rate in (("pace", self.a.pace_rate), (HALF, (self.most or 0) // 2)):
            for who in ("bascule", "wrk2"):
                bias, tail, late = (self.median(test, who, k) for k in ("bias", "tail", "late"))
                if bias is not None:
                    print(f"\n{who} at {rate}/s: p50 {bias:.0f} us above the p50 from when sent; "
                          f"p99.9 from when due {tail:.2f} ms above that"
                          + (f"; lateness p99.9 {late:.2f} ms" if late is not None else ""))
            tails = [self.all(test, who, "tail") for who in ("bascule", "wrk2")]
            if all(tails):
                ratio = statistics.median(a / b for a, b in zip(*tails))
                print(f"p99.9 from when due at {rate}/s, ours over wrk2's in the same turn: {ratio:.2f}")
        if not self.a.check and self.a.only in (None, "paces") and not self.most:
            print("\nno paced maximum: 20,000/s is not sent whole on this machine as it is now")

    def verdict(self):
        """What must hold on any machine: nothing failed, and the stall shows in full."""
        p90, p99 = self.median("stall", "bascule", "p90"), self.median("stall", "bascule", "p99")
        naive = self.median("stall", "bascule, from when sent (the naive clock)", "p90")
        faults = []
        if any("failed" in values for values in self.results.values()):
            faults.append("requests failed")
        if self.a.only in (None, "stalls") and not (p90 and p90 > 300 and p99 > 700):
            faults.append(f"a stall of 1 s in 5 shows as p90 {p90} ms, p99 {p99} ms")
        if naive and p90 and naive > p90:
            faults.append("the time from when sent is longer than from when due")
        for fault in faults:
            print(f"FAULT: {fault}")
        return 1 if faults else 0


def machine():
    with open("/proc/cpuinfo") as f:
        model = re.search(r"model name\s+: (.*)", f.read())
    load = " ".join(f"{x:.1f}" for x in os.getloadavg())
    return f"{model.group(1) if model else 'unknown processor'}, {os.cpu_count()} cores, load average before {load}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--only", choices=ROWS, help="only these rows")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--wrk2", default="wrk2")
    parser.add_argument("--stall-rate", type=int, default=0)
    parser.add_argument("--pace-rate", type=int, default=5000)
    parser.add_argument("--classpath", default="")
    parser.add_argument("--hyperfoil", default="", help="class path of HyperfoilPeer and its libraries")
    parser.add_argument("--gatling", default="", help="the same of GatlingPeer")
    parser.add_argument("--nice", type=int, default=0, help="priority of the server and the generators, for who may set it")
    arguments = parser.parse_args()
    arguments.stall_rate = arguments.stall_rate or (1000 if arguments.check else 5000)
    if arguments.nice:
        PRIORITY.extend(["nice", "-n", str(arguments.nice)])
    print(machine() + (f", server and generators at nice {arguments.nice}" if arguments.nice else ""))
    with tempfile.TemporaryDirectory(prefix="bascule-load.") as folder:
        bench = Bench(arguments, folder)
        try:
            bench.passes()
        finally:
            bench.nginx.close()
        bench.table()
        sys.exit(bench.verdict())


main()
