"""A stand-in for the part of AWS that no server on loopback models: a proxy that goes by a rule's weights, a name server
that goes by a zone's records, users, and the figures that CloudWatch would have. It reads weights and records from the
API every 200 ms, as its only knowledge of what was set. Evidence won here is SIMULATED."""

import http.client
import http.server
import random
import socket
import struct
import threading
import time

SIDES = {"source": "127.0.0.2", "target": "127.0.0.3"}


class Fault:
    """What the target does wrong, once it is told to."""

    def __init__(self):
        self.share = 0.0  # of its pages that are answered 500
        self.ill = False  # whether it says so itself


class Application(threading.Thread):
    """One side: /health, /status, and pages."""

    def __init__(self, side, port, fault):
        super().__init__(daemon=True)
        outer = self
        self.side = side

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                of_pages = self.path == "/" and random.random() < fault.share
                broken = outer.side == "target" and (of_pages or (fault.ill and self.path != "/"))
                body = b'{"database":"shared","writable":true,"version":"1"}' if self.path == "/status" else b"ok"
                self.send_response(500 if broken else 200)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("X-Bascule-Side", outer.side)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_):
                pass

        self.server = Server((SIDES[side], port), Handler)

    def run(self):
        self.server.serve_forever(0.2)


class Figures(threading.Thread):
    """Puts each second's counts into CloudWatch, the way load balancers do."""

    def __init__(self, cloudwatch):
        super().__init__(daemon=True)
        self.cloudwatch = cloudwatch
        self.lock = threading.Lock()
        self.second = {}
        self.count = 0
        self.failed = 0

    def note(self, where, failed, seconds):
        with self.lock:
            counts = self.second.setdefault((int(time.time()), where), [0, 0, []])
            counts[0] += 1
            counts[1] += failed
            counts[2].append(seconds)
            self.count += 1
            self.failed += failed

    def run(self):
        while True:
            time.sleep(0.2)
            with self.lock:
                over = [key for key in self.second if key[0] < int(time.time())]
                counted = {key: self.second.pop(key) for key in over}
            for (second, (namespace, dimensions)), (requests, failed, times) in counted.items():
                data = [("RequestCount", [float(requests)]), ("TargetResponseTime", times)]
                if failed:  # a healthy target emits no series of errors
                    data.append(("HTTPCode_Target_5XX_Count", [float(failed)]))
                self.cloudwatch.put_metric_data(
                    Namespace=namespace,
                    MetricData=[
                        {
                            "MetricName": name,
                            "Dimensions": [{"Name": k, "Value": v} for k, v in dimensions],
                            "Timestamp": second,
                            "Value": value,
                            "StorageResolution": 1,
                        }
                        for name, values in data
                        for value in values
                    ],
                )


class Weights(threading.Thread):
    """What the API says now, read every 200 ms."""

    def __init__(self, elb, route53, rule, zone, record):
        super().__init__(daemon=True)
        self.elb, self.route53 = elb, route53
        self.rule, self.zone, self.record = rule, zone, record
        self.groups = []
        self.records = []
        self.read()

    def read(self):
        actions = self.elb.describe_rules(RuleArns=[self.rule])["Rules"][0]["Actions"]
        forward = next(a for a in actions if a["Type"] == "forward")
        tuples = forward.get("ForwardConfig", {}).get("TargetGroups") or [{"TargetGroupArn": forward["TargetGroupArn"]}]
        self.groups = [(t["TargetGroupArn"], t.get("Weight", 1)) for t in tuples]
        sets = self.route53.list_resource_record_sets(HostedZoneId=self.zone)["ResourceRecordSets"]
        self.records = [
            (s["ResourceRecords"][0]["Value"], s.get("Weight", 1), s["TTL"])
            for s in sets
            if s["Name"].rstrip(".") == self.record and s["Type"] == "A"
        ]

    def run(self):
        while True:
            time.sleep(0.2)
            try:
                self.read()
            except Exception:  # the API is away for a moment: the data plane goes on with what it knows
                pass


def chosen(weighted):
    total = sum(w for _, w in weighted)
    pick = random.random() * total
    for value, weight in weighted:
        pick -= weight
        if weight and pick < 0:
            return value
    return next(v for v, w in weighted if w)


class NameServer(threading.Thread):
    """Answers A questions for the one name, a record chosen by weight each time."""

    def __init__(self, port, weights):
        super().__init__(daemon=True)
        self.weights = weights
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", port))

    def run(self):
        while True:
            query, sender = self.socket.recvfrom(1500)
            end = query.index(b"\0", 12) + 5
            value = chosen([(v, w) for v, w, _ in self.weights.records])
            ttl = self.weights.records[0][2]
            answer = b"\xc0\x0c\0\1\0\1" + struct.pack(">IH", ttl, 4) + socket.inet_aton(value)
            self.socket.sendto(query[:2] + b"\x84\0\0\1\0\1\0\0\0\0" + query[12:end] + answer, sender)


class Users(threading.Thread):
    """Some come by the load balancer, others by the name; the latter's resolvers keep an answer for its time to live."""

    def __init__(self, weights, figures, groups, port, balancer, per_second=60):
        super().__init__(daemon=True)
        self.weights, self.figures, self.groups, self.port = weights, figures, groups, port
        self.balancer = balancer
        self.per_second = per_second
        self.resolvers = [(None, 0.0)] * 60

    def visit(self, where, address):
        began = time.time()
        failed = 0
        try:
            connection = http.client.HTTPConnection(address, self.port, timeout=5)
            connection.request("GET", "/")
            failed = 1 if connection.getresponse().status >= 500 else 0
            connection.close()
        except OSError:
            failed = 1
        self.figures.note(where, failed, time.time() - began)

    def by_balancer(self):
        group = chosen(self.weights.groups)
        side = self.groups[group]
        self.visit(("AWS/ApplicationELB", self.balancer(group)), SIDES[side])

    def by_name(self):
        i = random.randrange(len(self.resolvers))
        address, until = self.resolvers[i]
        if until < time.time():
            address = chosen([(v, w) for v, w, _ in self.weights.records])
            self.resolvers[i] = (address, time.time() + self.weights.records[0][2])
        side = next(side for side, at in SIDES.items() if at == address)
        self.visit(("Shop", (("Side", side),)), address)

    def run(self):
        while True:
            time.sleep(1 / self.per_second)
            self.by_balancer()
            self.by_name()


class Proxy(threading.Thread):
    """The load balancer's address, for probes: passes a request to a side chosen by weight."""

    def __init__(self, port, weights, groups, app_port):
        super().__init__(daemon=True)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                side = groups[chosen(weights.groups)]
                connection = http.client.HTTPConnection(SIDES[side], app_port, timeout=5)
                connection.request("GET", self.path)
                answer = connection.getresponse()
                body = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("X-Bascule-Side", answer.headers["X-Bascule-Side"])
                self.end_headers()
                self.wfile.write(body)
                connection.close()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True

    def run(self):
        self.server.serve_forever(0.2)
