"""One peer, one question: `peer.py KIND COMPILED with|without QUESTION …`.

Answers on standard output with one line of JSON, as the program `timed` does. Questions:
`states FILE`, `sample TRIALS SEED`, `order K`.
"""

import itertools
import json
import random
import sys
import time


def main():
    kind, path, room, question, *rest = sys.argv[1:]
    from model import Model

    model = Model(path, room == "with")
    working, sample = peer(kind, model)
    begin = time.perf_counter()
    if question == "states":
        with open(rest[0]) as file:
            states = json.load(file)
        begin = time.perf_counter()
        answer = {"working": [int(n) for n in working(states)]}
    elif question == "sample":
        answer = {"trials": int(rest[0]), "mean_lost": sample(int(rest[0]), int(rest[1]))}
    elif question == "order":
        answer = order(model, working, int(rest[0]))
    else:
        raise SystemExit(f"there is no question `{question}`")
    answer["work_s"] = time.perf_counter() - begin
    print(json.dumps(answer))


def peer(kind, model):
    """What answers for states, and what samples."""
    if kind == "plain":
        import plain

        return (lambda states: plain.working(model, states),
                lambda trials, seed: plain.sampled(model, trials, random.Random(seed)))
    import numpy as np

    import dense
    import sparse

    if kind == "dense":
        return (lambda states: dense.working(model, states),
                lambda trials, seed: dense.sampled(model, trials, np.random.default_rng(seed)))
    if kind == "sparse":
        return (lambda states: dense.working(model, states),
                lambda trials, seed: sparse.sampled(model, trials, np.random.default_rng(seed)))
    from highs import Allocator

    allocator = Allocator(model, {"highs": "order", "highs-most": "most"}[kind])
    return (allocator.working,
            lambda trials, seed: sparse.sampled(
                model, trials, np.random.default_rng(seed),
                lambda _, states: allocator.working(states)))


def order(model, working, size, at_once=4096):
    """Every set of so many failures."""
    every = itertools.combinations(range(len(model.failures)), size)
    sets = total = 0
    while some := list(itertools.islice(every, at_once)):
        sets += len(some)
        total += int(sum(working(some)))
    return {"sets": sets, "working": total}


if __name__ == "__main__":
    main()
