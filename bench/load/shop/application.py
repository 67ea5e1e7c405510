#!/usr/bin/env python3
"""A small shop: PORT DATABASE. An HTTP application of the standard library over SQLite, a thread and a database connection
for each connection that nginx keeps to it."""

import json
import sqlite3
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PORT, DATABASE = int(sys.argv[1]), sys.argv[2]
local = threading.local()


def database():
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(DATABASE, timeout=10, isolation_level=None)
    return local.connection


class Shop(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # head and body in one packet: in two, each answer waits 40 ms for an acknowledgement

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/":
            self.answer({"shop": "open"})
        elif url.path == "/customers":
            name = parse_qs(url.query).get("name", ["none"])[0]
            rows = database().execute(
                "SELECT o.id, o.total FROM orders o WHERE o.customer = ? ORDER BY o.id DESC LIMIT 20", (name,)).fetchall()
            self.answer({"customer": name, "orders": [{"id": i, "total": t} for i, t in rows]})
        elif url.path == "/best":
            rows = database().execute(
                "SELECT customer, count(*), sum(total) FROM orders WHERE id > 19000 GROUP BY customer ORDER BY 3 DESC LIMIT 5")
            self.answer({"best": [list(row) for row in rows]})
        else:
            self.answer({"no": "such page"}, 404)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        database().execute("INSERT INTO orders (customer, total) VALUES (?, ?)", (body["customer"], body["total"]))
        self.answer({"ordered": True}, 201)

    def answer(self, what, status=200):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True


Server(("127.0.0.1", PORT), Shop).serve_forever()
