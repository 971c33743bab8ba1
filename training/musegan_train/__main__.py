"""`python -m musegan_train`."""

from musegan_train.cli import main

main()
