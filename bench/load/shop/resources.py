#!/usr/bin/env python3
"""CPU and memory of processes, every 5 s until ended: FILE PID... CPU as a percentage of one core, memory (resident) of the
machine's; children are counted with their parents."""

import os
import sys
import time

FILE, ROOTS = sys.argv[1], [int(pid) for pid in sys.argv[2:]]
TICKS = os.sysconf("SC_CLK_TCK")
MACHINE = os.sysconf("SC_PHYS_PAGES")


def stat(pid):
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()


def family():
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            parents.setdefault(int(stat(name)[1]), []).append(int(name))
        except OSError:
            continue
    found, open_ends = [], list(ROOTS)
    while open_ends:
        pid = open_ends.pop()
        found.append(pid)
        open_ends += parents.get(pid, [])
    return found


def used():
    ticks = pages = 0
    for pid in family():
        try:
            fields = stat(pid)
            ticks += int(fields[11]) + int(fields[12])
            pages += int(fields[21])
        except OSError:
            continue
    return ticks, pages


with open(FILE, "w", buffering=1) as out:
    out.write("time,cpu,memory\n")
    before, at = used()[0], time.monotonic()
    while True:
        time.sleep(5)
        (ticks, pages), now = used(), time.monotonic()
        out.write(f"{time.time():.1f},{min(100, 100 * (ticks - before) / TICKS / (now - at)):.2f},{100 * pages / MACHINE:.3f}\n")
        before, at = ticks, now
