"""Medians of the time that a piece of work takes, on the processor or on a GPU."""
import statistics
import time

import torch


def clock(device):
    """A function (work, count) that gives the median in milliseconds, after two runs that do not count."""
    settle = torch.cuda.synchronize if device.type == "cuda" else lambda: None

    def median(work, count):
        work()
        work()
        times = []
        for _ in range(count):
            settle()
            start = time.perf_counter()
            work()
            settle()
            times.append((time.perf_counter() - start) * 1000)
        return statistics.median(times)

    return median
