"""Timed work of any feature: the loop that runs jobs, leases, posting once, and the pace. Knows no feature."""
