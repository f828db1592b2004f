"""Runs a command on a terminal of its own: python3 ptyDriver.py COLUMNS ROWS COMMAND...

What is written to it is typed there, what the command shows comes back. SIGUSR1 makes the terminal 40 columns wide. When it is killed
the terminal is gone, as after a lost connection.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios

columns, rows, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)


def resize(width):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, width, 0, 0))


resize(columns)
signal.signal(signal.SIGUSR1, lambda number, frame: resize(40))
typing = True
while True:
    ready, _, _ = select.select([terminal, 0] if typing else [terminal], [], [])
    if terminal in ready:
        try:
            shown = os.read(terminal, 65536)
        except OSError:  # The command has ended and closed it.
            break
        if not shown:
            break
        os.write(1, shown)
    if 0 in ready:
        typed = os.read(0, 65536)
        if typed:
            os.write(terminal, typed)
        else:
            typing = False
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status) % 256)
