#!/usr/bin/env python3
"""Weigh the traits of a translation (`src/checks/blemish.rs`) on pairs of which one is known to be worse.

    recto-traits < rows.jsonl > traits.tsv        # cargo run --release --example traits
    tools/blemish.py PAIRS.tsv TRAITS.tsv         # PAIRS: kind, id of the better, id of the worse, a or b

Fits a logistic model of the differences on the pairs marked `a` and prints its weights, and the share of pairs that it
puts in order, by kind, on both halves.
"""
import collections
import math
import sys


def read(path):
    with open(path, encoding="utf-8") as f:
        names = next(f).rstrip("\n").split("\t")[1:]
        rows = {}
        for line in f:
            cells = line.rstrip("\n").split("\t")
            rows[cells[0]] = [float(x) for x in cells[1:]]
    return names, rows


def solve(a, b):
    """Gauss with pivots."""
    n = len(b)
    m = [row[:] + [y] for row, y in zip(a, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[p] = m[p], m[i]
        for r in range(i + 1, n):
            f = m[r][i] / m[i][i]
            if f:
                for c in range(i, n + 1):
                    m[r][c] -= f * m[i][c]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (m[i][n] - sum(m[i][c] * x[c] for c in range(i + 1, n))) / m[i][i]
    return x


def fit(data, weights, ridge, used):
    """Newton on the logistic loss of the differences; each kind weighs the same."""
    k = len(used)
    w = [0.0] * k
    for _ in range(25):
        gradient = [-ridge * x for x in w]
        hessian = [[ridge if i == j else 0.0 for j in range(k)] for i in range(k)]
        for (kind, x), c in zip(data, weights):
            z = sum(a * x[i] for a, i in zip(w, used))
            p = 1 / (1 + math.exp(-max(-30, min(30, z))))
            g, h = c * (1 - p), c * p * (1 - p)
            xs = [x[i] for i in used]
            for i in range(k):
                gradient[i] += g * xs[i]
                hi, xi = hessian[i], h * xs[i]
                for j in range(k):
                    hi[j] += xi * xs[j]
        step = solve(hessian, gradient)
        w = [a + b for a, b in zip(w, step)]
        if max(map(abs, step)) < 1e-4:
            break
    return w


def main():
    pairs, traits = sys.argv[1:3]
    drop = set(sys.argv[3].split(",")) if len(sys.argv) > 3 else set()
    names, rows = read(traits)
    data = {"a": [], "b": []}
    for line in open(pairs, encoding="utf-8"):
        kind, good, bad, half = line.rstrip("\n").split("\t")
        if good in rows and bad in rows:
            data[half].append((kind, [y - x for x, y in zip(rows[good], rows[bad])]))
    scale = [math.sqrt(sum(x[i] ** 2 for _, x in data["a"]) / len(data["a"])) or 1 for i in range(len(names))]
    for half in data.values():
        for _, x in half:
            for i, s in enumerate(scale):
                x[i] /= s
    used = [i for i, name in enumerate(names) if name not in drop]
    count = collections.Counter(kind for kind, _ in data["a"])
    # Pairs of different sources are a harder question: too much weight on them costs order within a source.
    more = lambda kind: 0.3 if kind.startswith("ced") else 1
    w = fit(data["a"], [100 * more(kind) / count[kind] for kind, _ in data["a"]], 1.0, used)
    for i, x in zip(used, w):
        print(f"{names[i]:14} {x / scale[i]:10.4f}   ({x:.3f} scaled)")
    print("const WEIGHTS:", [round(dict(zip(used, w)).get(i, 0) / s, 4) for i, s in enumerate(scale)])
    right = collections.defaultdict(lambda: collections.defaultdict(list))
    for half, list_ in data.items():
        for kind, x in list_:
            right[kind][half].append(sum(a * x[i] for a, i in zip(w, used)) > 0)
    means = {"a": [], "b": []}
    for kind in sorted(right):
        shares = {half: sum(x) / len(x) for half, x in right[kind].items()}
        for half, share in shares.items():
            means[half].append(share)
        print(f"{kind:36}", "  ".join(f"{half} {100 * shares[half]:5.1f} ({len(right[kind][half])})" for half in sorted(shares)))
    print("mean", {half: round(100 * sum(x) / max(1, len(x)), 2) for half, x in means.items()})


if __name__ == "__main__":
    main()
