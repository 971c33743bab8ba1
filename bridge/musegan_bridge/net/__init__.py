"""Bytes on the wire: OSC over UDP, OSCQuery over HTTP, and who is told of it."""
