"""Runs a command on a real pseudo-terminal and types keys when it shows what it is waited for.

argv: a JSON file {"command": [..], "cwd": "..", "columns": 100, "rows": 40, "steps": [["text to wait for", "keys"], ..]}.
Prints {"code": .., "screen": ".."}; exits 3 when something waited for never came.
"""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

with open(sys.argv[1], encoding="utf-8") as file:
    plan = json.load(file)

pid, terminal = pty.fork()
if pid == 0:
    # In the child, so that the size is right before the command looks.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", plan["rows"], plan["columns"], 0, 0))
    os.chdir(plan["cwd"])
    os.environ.update({"TERM": "xterm-256color", **plan.get("env", {})})
    os.execvp(plan["command"][0], plan["command"])
screen = b""
seen = 0
steps = [(text.encode(), keys.encode()) for text, keys in plan["steps"]]
deadline = time.monotonic() + plan.get("timeout", 50)
while time.monotonic() < deadline:
    ready, _, _ = select.select([terminal], [], [], 0.5)
    if ready:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        screen += data
    # What is waited for must come after the last keys, so that nothing is typed ahead.
    while steps and (at := screen.find(steps[0][0], seen)) != -1:
        text, keys = steps.pop(0)
        seen = at + len(text)
        os.write(terminal, keys)
else:
    os.kill(pid, 9)

_, status = os.waitpid(pid, 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "screen": screen.decode("utf-8", "replace")}))
sys.exit(3 if steps else 0)
