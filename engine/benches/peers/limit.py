"""A limit by the back of an envelope: what a pass over the gates costs, and how near it
the engine comes: `limit.py PLAN`, after run.py has built everything and compiled the plan.

A pass evaluates every gate for 64 states: for each gate a step to be read and a word of
64 states to be written, for each operand its place and its word to be read and one
operation. So much is counted from the model; what a machine makes of it is measured.
"""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

from run import OURS, RELEASE, WITHOUT, WORK, run, seconds, table

LANES = 64
STEP, PLACE, WORD = 24, 4, 8  # bytes: a step with its list, an operand's place, a word
OF_STEP, OF_OPERAND = 8, 3  # instructions: dispatch, loop and store; two loads and the operation
IN_A_CYCLE = 4  # instructions that a core completes
CACHE = 32  # bytes a cycle from the second-level cache


def main():
    plan = sys.argv[1] if len(sys.argv) > 1 else "bank"
    word = str(WORK / f"{plan}.yaml") if plan[0] == "x" and plan[1:].isdigit() else plan
    compiled = WORK / f"{Path(plan).stem}.json"
    document = json.loads(compiled.read_text())
    gates = document["network"]["gates"]
    operands = sum(len(operands_of(gate)) for gate in gates)
    read = len(gates) * (STEP + WORD) + operands * (PLACE + WORD)
    instructions = len(gates) * OF_STEP + operands * OF_OPERAND
    clock = megahertz() * 1e6
    by_work, by_bytes = instructions / IN_A_CYCLE / clock, read / CACHE / clock
    limit = max(by_work, by_bytes) / LANES
    passes = run([RELEASE / "timed", word, compiled, WITHOUT, "passes"])
    a_pass = passes["work_s"] / passes["passes"] / LANES
    dice, every = random.Random(3), range(len(document["failures"]))
    sets = [sorted(dice.sample(every, 3)) for _ in range(4096)]
    file = WORK / f"{compiled.stem}-limit.json"
    file.write_text(json.dumps(sets))
    states = run([RELEASE / "timed", word, compiled, WITHOUT, "states", file])
    a_state = states["work_s"] / len(sets)
    print(f"`{plan}`: {len(gates)} gates with {operands} operands; at {clock / 1e9:.2f} GHz, {LANES} states a pass\n")
    table(["what", "a pass", "a state", "× the limit"], [
        ["bytes read and written", f"{read:,}", f"{read / LANES:,.0f}", ""],
        ["instructions, counted", f"{instructions:,}", f"{instructions / LANES:,.0f}", ""],
        ["instructions, measured by perf", *measured(word, compiled), ""],
        ["limit by instructions", seconds(by_work), seconds(by_work / LANES), ""],
        ["limit by bytes", seconds(by_bytes), seconds(by_bytes / LANES), ""],
        ["the gates, measured", seconds(a_pass * LANES), seconds(a_pass), f"{a_pass / limit:.1f}"],
        ["a triple and all it does, no capacities", "", seconds(a_state), f"{a_state / limit:,.0f}"],
    ])


def operands_of(gate):
    if isinstance(gate, str) or "input" in gate:
        return []
    return gate["at_least"][1] if "at_least" in gate else next(iter(gate.values()))


def megahertz():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("cpu MHz"):
            return float(line.split(":")[1])
    return 3000.0


def measured(word, compiled):
    """By perf, where there is one and the machine counts: with and without the passes."""
    if not shutil.which("perf"):
        return ["no perf here", ""]
    counts = []
    for question in (["passes"], ["sample", "1", "1"]):
        command = ["perf", "stat", "-x,", "-e", "instructions:u", RELEASE / "timed", word, compiled, WITHOUT, *question]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        first = done.stderr.strip().splitlines()[-1].split(",")[0] if done.stderr else ""
        if not first.isdigit():
            return ["perf counts nothing here", ""]
        counts.append(int(first))
    each = (counts[0] - counts[1]) / run([RELEASE / "timed", word, compiled, WITHOUT, "passes"])["passes"]
    return [f"{each:,.0f}", f"{each / LANES:,.0f}"]


if __name__ == "__main__":
    main()
