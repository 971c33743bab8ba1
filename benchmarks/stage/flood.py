"""Sends controls as fast as asked; prints how many, and in what time.

python benchmarks/stage/flood.py PORT ADDRESS RATE SECONDS
"""

from __future__ import annotations

import socket
import sys
import time

from musegan_bridge.net import osc

BURST = 50  # datagrams between looks at the clock


def main() -> None:
    """Send."""
    port, address, rate, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
    datagrams = [osc.message(address, "f", (0.5 + i / BURST,)) for i in range(BURST)]
    bursts = round(rate * seconds / BURST)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        target = ("127.0.0.1", port)
        began = time.perf_counter()
        for i in range(bursts):
            for datagram in datagrams:
                sock.sendto(datagram, target)
            time.sleep(max(0.0, began + (i + 1) * BURST / rate - time.perf_counter()))
        print(bursts * BURST, time.perf_counter() - began)


if __name__ == "__main__":
    main()
