"""What is fast, measured: `make bench`. Compare the ratios of one run; the times are those of this machine, now."""
