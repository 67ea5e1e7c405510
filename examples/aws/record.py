"""Records what `bascule plan` asks of AWS for ./plan.yaml, and what the peers answer: ./answers.json, which the launcher's
training reads so that later starts have the SDK's classes ready. By hand, when the plan or what is asked has changed:

    aws/src/test/sh/with-aws python3 examples/aws/record.py     (from the repository's root)
"""

import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def key(handler, body):
    """The service and what is asked of it: the name that a stand-in finds the answer by."""
    service = re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/", handler.headers["Authorization"]).group(1)
    target = handler.headers.get("X-Amz-Target")
    if target:
        return f"{service} {target.rpartition('.')[2]}"
    action = re.search(rb"(?:^|&)Action=(\w+)", body)
    return f"{service} {action.group(1).decode()}" if action else f"{service} {handler.command} {handler.path.partition('?')[0]}"


class Recorder(http.server.BaseHTTPRequestHandler):
    answers = {}

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = key(self, body)
        peer = "MINISTACK" if asked.split()[0] in ("route53", "monitoring") else "MOTO"
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        request = urllib.request.Request(
            os.environ[f"BASCULE_TEST_{peer}"] + self.path, data=body or None, headers=headers, method=self.command)
        try:
            with urllib.request.urlopen(request) as got:
                status, kind, text = got.status, got.headers.get("Content-Type", ""), got.read().decode()
        except urllib.error.HTTPError as refused:
            status, kind, text = refused.code, refused.headers.get("Content-Type", ""), refused.read().decode()
        self.answers.setdefault(asked, []).append({"status": status, "type": kind, "body": text})
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST = do_PUT = pass_on

    def log_message(self, *_):
        pass


def places(plan):
    """The ARNs and the zone that a plan names."""
    return re.findall(r"(?:listener|source|target): (arn:\S+)", plan) + re.findall(r"zone: (Z\w+)", plan)


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        python = os.environ["BASCULE_TEST_PYTHON"]
        subprocess.run([python, HERE / "world.py", ROOT, "--prepare", folder], check=True)
        here = {name: value for name, value in os.environ.items() if not name.startswith("AWS_ENDPOINT_URL")}
        here["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{server.server_port}"
        plan = pathlib.Path(folder) / "plan.yaml"
        subprocess.run([ROOT / "bascule", "plan", plan], env=here, check=True, stdout=subprocess.DEVNULL)
        text = json.dumps(Recorder.answers, indent=1, sort_keys=True)
        for made, written in zip(places(plan.read_text()), places((HERE / "plan.yaml").read_text())):
            text = text.replace(made, written)
    (HERE / "answers.json").write_text(text + "\n")
    print(f"{len(Recorder.answers)} questions, {sum(map(len, Recorder.answers.values()))} answers")


sys.exit(main())
