"""Runs one command and says what it took: `measure.py PATIENCE RECORD COMMAND…`.

A process of its own, since a child counts the memory of whoever began it, up to the
moment that it becomes itself. Writes its status, seconds and peak memory into RECORD;
the status is null where it was ended after PATIENCE seconds.
"""

import json
import os
import signal
import sys
import time


def main():
    patience, record, *command = sys.argv[1:]
    begin = time.perf_counter()
    # In a group of its own, so that what it has begun ends with it.
    child = os.posix_spawn(command[0], command, os.environ, setpgroup=0)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.setitimer(signal.ITIMER_REAL, float(patience))
    try:
        _, status, usage = os.wait4(child, 0)
    except BaseException:
        os.killpg(child, signal.SIGKILL)
        raise
    spent = time.perf_counter() - begin
    code = None if spent >= float(patience) else os.waitstatus_to_exitcode(status)
    with open(record, "w") as file:
        json.dump({"status": code, "whole_s": spent, "peak_kib": usage.ru_maxrss}, file)


if __name__ == "__main__":
    main()
