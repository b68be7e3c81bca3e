"""scikit-learn's side: reads the problem, trains three times, prints the best time and the weights as JSON."""
import json
import os
import resource
import sys
import time
import warnings

import numpy
from sklearn.linear_model import LogisticRegression

folder, rows, columns, l2, iterations = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
path = os.path.join(folder, "problem.bin")
features = numpy.fromfile(path, dtype="<f4", count=rows * columns).reshape(rows, columns)
labels = numpy.fromfile(path, dtype="<i4", offset=4 * rows * columns)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
warnings.simplefilter("ignore")

best = float("inf")
for _ in range(3):
    model = LogisticRegression(solver="lbfgs", C=1 / l2, max_iter=iterations)
    start = time.perf_counter()
    model.fit(features, labels)
    best = min(best, time.perf_counter() - start)

grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
json.dump(
    {
        "name": "scikit-learn",
        "seconds": best,
        "peakMemoryRatio": grown / features.nbytes,
        "weights": model.coef_.astype("f4").tolist(),
        "biases": model.intercept_.astype("f4").tolist(),
    },
    sys.stdout,
)
