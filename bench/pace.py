#!/usr/bin/env python3
"""Asks several addresses in turn at a constant rate and tells each one's latency, window by window.

    bench/pace.py RATE SECONDS WINDOWS SEED NAME=HOST:PORT...

An open model: every request has a time it is due, answered or not the one before, and its latency counts from then to the
last byte. The addresses take turns request by request, in an order shuffled by the seed for each round, so that whatever
else the machine does meets all of them alike. RATE is per address. A first window warms up and is not counted. The first
address is the direct one: of the others, its quantile of the same window is taken off. Prints a line of JSON per address.
Needs only the standard library; loopback addresses only.
"""

import collections
import json
import random
import selectors
import socket
import statistics
import sys
import time

REQUEST = b"GET /bench HTTP/1.1\r\nHost: bench\r\n\r\n"


class Path:
    """One address: its idle connections, and the latencies of the present window."""

    def __init__(self, name, address):
        host, _, port = address.rpartition(":")
        self.name, self.address = name, (host, int(port))
        self.idle, self.latencies, self.windows, self.failed = collections.deque(), [], [], 0

    def send(self, due, selector):
        connection = self.idle.pop() if self.idle else self.connect(selector)
        connection.due, connection.received = due, b""
        try:
            connection.socket.sendall(REQUEST)
        except OSError:
            connection.fail(selector)

    def connect(self, selector):
        connection = Connection(self)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        return connection

    def end_window(self):
        values = sorted(self.latencies)
        self.windows.append([values[min(len(values) - 1, int(len(values) * q))] if values else None for q in (0.5, 0.99)])
        self.latencies = []


class Connection:
    def __init__(self, path):
        self.path, self.due, self.received = path, None, b""
        self.socket = socket.create_connection(path.address, timeout=5)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self, selector):
        try:
            part = self.socket.recv(65536)
        except OSError:
            part = b""
        if not part:
            return self.fail(selector)
        self.received += part
        head, end, body = self.received.partition(b"\r\n\r\n")
        if not end or len(body) < length(head):
            return None
        if head.startswith(b"HTTP/1.1 200"):
            self.path.latencies.append((time.perf_counter() - self.due) * 1000)
        else:
            self.path.failed += 1
        self.due = None
        self.path.idle.append(self)
        return None

    def fail(self, selector):
        selector.unregister(self.socket)
        self.socket.close()
        if self.due is None:
            self.path.idle.remove(self)
        else:
            self.path.failed += 1


def length(head):
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    raise ValueError("an answer without a length")


def answers_until(instant, selector):
    while True:
        rest = instant - time.perf_counter()
        if rest <= 0:
            return
        for key, _ in selector.select(rest):
            key.data.read(selector)


def window(paths, rate, seconds, order, selector):
    begin, gap = time.perf_counter(), 1 / (rate * len(paths))
    for number in range(int(rate * seconds)):
        order.shuffle(paths)
        for place, path in enumerate(paths):
            due = begin + (number * len(paths) + place) * gap
            answers_until(due, selector)
            path.send(due, selector)
    answers_until(time.perf_counter() + 0.3, selector)
    for path in paths:
        path.end_window()


def main(rate, seconds, windows, seed, *addresses):
    paths = [Path(*address.split("=", 1)) for address in addresses]
    order, selector, turns = random.Random(int(seed)), selectors.DefaultSelector(), list(paths)
    for _ in range(int(windows) + 1):
        window(turns, float(rate), float(seconds), order, selector)
    direct = paths[0].windows[1:]
    for path in paths:
        counted = path.windows[1:]
        row = {"name": path.name, "failed": path.failed}
        for place, quantile in enumerate(("p50", "p99")):
            row[quantile] = statistics.median(values[place] for values in counted)
            row["added " + quantile] = statistics.median(
                values[place] - base[place] for values, base in zip(counted, direct)
            )
        print(json.dumps(row))


if __name__ == "__main__":
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
