"""Metrics, samples, reports: how good a band is."""
