"""LocalStack without Docker, until standard input ends: so it never outlives who started it, however that ends."""

import os
import runpy
import signal
import sys
import threading


def end_with_standard_input() -> None:
    sys.stdin.read()
    os.killpg(0, signal.SIGKILL)


threading.Thread(target=end_with_standard_input, daemon=True).start()
runpy.run_module("localstack.runtime.main", run_name="__main__")
