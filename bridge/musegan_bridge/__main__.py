"""`python -m musegan_bridge`."""

from musegan_bridge.cli import main

main()
