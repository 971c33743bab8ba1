"""A member of a Link session that is told what to do on its input and says on its output how things are."""

from __future__ import annotations

import json
import queue
import sys
import threading
import time
from dataclasses import asdict

from musegan_bridge.stage.link import Link


def main() -> None:
    tempo = float(sys.argv[1])
    told: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        for line in sys.stdin:
            told.put(line)
        told.put("close")

    threading.Thread(target=read, daemon=True).start()

    def fail() -> None:
        told.put("failed")
        raise ValueError("as the test wants it")

    link = Link(tempo, start_stop=True, changed=lambda: told.put("changed"))
    told.put("joined")
    while True:
        word, *values = told.get().split()
        at = time.time()
        match word:
            case "fix":
                at = float(values[0])
            case "tempo":
                link.set_tempo(float(values[0]))
            case "playing":
                link.set_playing(bool(int(values[0])))
            case "fail":
                link._changed = fail
            case "close":
                link.close()
                return
            case "abandon":
                return
        fix = link.fix(at)
        sys.stdout.write(json.dumps({"word": word, "peers": link.peers} | asdict(fix)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
