"""The program that serves: sockets, clocks, threads and settings around a show."""
