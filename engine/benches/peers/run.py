#!/usr/bin/env python3
"""Outlast side by side with what a user would write instead: one command.

    python3 engine/benches/peers/run.py                      bank, all rows, five rounds
    python3 engine/benches/peers/run.py insurer x1 x10       other plans
    python3 engine/benches/peers/run.py --quick              seconds: one round, few states

Builds the release build, makes an environment with NumPy and SciPy under the target
directory, compiles each plan, compares the answers, then lets everybody run in turn, one
thread each, and prints medians and ratios as Markdown. README.md says more.
"""

import argparse
import itertools
import json
import math
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
WORK = TARGET / "peers"
RELEASE = TARGET / "release"
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("RAYON", "OMP", "OPENBLAS", "MKL")}
WITHOUT, WITH = "without", "with"
OURS = "outlast"


def main():
    options = arguments()
    WORK.mkdir(parents=True, exist_ok=True)
    if not options.no_build:
        build()
    python = environment()
    print(f"{platform.machine()}, {os.cpu_count()} cores, one thread each, {options.rounds} rounds, "
          f"medians; Python {platform.python_version()}, {versions(python)}\n")
    bench = {name: Bench(name, python, options) for name in options.plans}
    for one in bench.values():
        print(one.sizes())
    for title, row in ROWS.items():
        if options.rows and title not in options.rows:
            continue
        print(f"\n## {title}\n")
        begin = os.times().elapsed
        row(list(bench.values()))
        print(f"\nThis took {seconds(os.times().elapsed - begin)}.", flush=True)


def arguments():
    parser = argparse.ArgumentParser(description="Outlast and its peers, side by side.")
    parser.add_argument("plans", nargs="*", help="bank, insurer, a file, or x1, x10, x100 (generated)")
    parser.add_argument("--rounds", type=int, help="alternating rounds (five)")
    parser.add_argument("--seconds", type=float, help="about how long each run works (2)")
    parser.add_argument("--states", type=int, help="how many states to compare (400)")
    parser.add_argument("--rows", nargs="*", choices=list(ROWS), help="only these rows")
    parser.add_argument("--quick", action="store_true", help="one round, 0.2 s, 60 states")
    parser.add_argument("--no-build", action="store_true", help="take the programs that are there")
    options = parser.parse_args()
    options.plans = options.plans or ["bank"]
    options.rounds = options.rounds or (1 if options.quick else 5)
    options.seconds = options.seconds or (0.2 if options.quick else 2.0)
    options.states = options.states or (60 if options.quick else 400)
    return options


def build():
    packages = ["-p", "outlast-cli", "-p", "outlast-tests"]
    programs = ["--bin", "outlast", "--bin", "large", "--bin", "timed"]
    subprocess.run(["cargo", "build", "--release", "--quiet", *packages, *programs], cwd=ROOT, check=True)


def environment():
    home = WORK / "python"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "numpy", "scipy"], check=True)
    return python


def versions(python):
    text = "import numpy, scipy; print(f'NumPy {numpy.__version__}, SciPy {scipy.__version__}')"
    return subprocess.run([python, "-c", text], capture_output=True, text=True, check=True).stdout.strip()


class Bench:
    """One plan, and everybody who answers questions about it."""

    def __init__(self, name, python, options):
        self.name, self.python, self.options = name, python, options
        self.plan = name
        if name[0] == "x" and name[1:].isdigit():
            self.plan = str(WORK / f"{name}.yaml")
            text = subprocess.run([RELEASE / "large", "1", name[1:]], capture_output=True, check=True)
            Path(self.plan).write_bytes(text.stdout)
        self.compiled = WORK / f"{Path(name).stem}.json"
        command = [RELEASE / "outlast", "compile", self.plan, "--format", "json"]
        command += ["--out", self.compiled, "--force", "--quiet"]
        self.compiling = run(command, parse=False)
        self.document = json.loads(self.compiled.read_text())
        self.chances = [failure["chance_e15"] / 1e15 for failure in self.document["failures"]]
        self.size, self.cost = {}, {}
        self.patience = max(60, 100 * options.seconds)

    def sizes(self):
        document = self.document
        network = document["network"]
        ways = sum(len(cohort["ways"]) for cohort in document["cohorts"])
        agents = sum(cohort["agents"] for cohort in document["cohorts"] if cohort["counted"])
        return (f"- `{self.name}`: {agents} agents in {len(document['cohorts'])} cohorts, {ways} ways, "
                f"{len(network['gates'])} gates, {len(self.chances)} failures, "
                f"{sum(self.chances):.2f} expected at once; compiled in "
                f"{self.compiling['whole_s']:.2g} s, {mib(self.compiling)}")

    def ask(self, who, room, *question):
        """The answer of somebody, with the seconds and the memory that it took."""
        words = [str(word) for word in question]
        if who == OURS:
            command = [RELEASE / "timed", self.plan, self.compiled, room, *words]
        elif who in SCRAM:
            command = [self.python, HERE / "cuts.py", self.compiled, words[1], who, WORK]
        else:
            command = [self.python, HERE / "peer.py", who, self.compiled, room, *words]
        return run(command, patience=self.patience)

    def rounds(self, all_of):
        """Everybody in turn, round by round: `name: (who, room, question…)`. Who takes too
        long is not asked again, and has no runs."""
        found = {name: [] for name in all_of}
        for _ in range(self.options.rounds):
            for name, (who, *question) in all_of.items():
                if found[name] is not None:
                    one = self.ask(who, *question)
                    found[name] = found[name] + [one] if one else None
        return {name: runs or [] for name, runs in found.items()}

    def trials(self, who, room):
        """So many trials that sampling takes about as long as it shall; those who look at a
        state only once get as many as the slowest of them."""
        return self.enough(who if who in ALL_TRIALS else SLOWEST[room], room)

    def enough(self, who, room):
        """So many trials that somebody samples about as long as he shall."""
        if (who, room) not in self.size:
            trials = 16
            while (spent := self.sampling(who, room, trials)["work_s"]) < self.options.seconds:
                trials *= min(8, max(2, int(2 * self.options.seconds / max(spent, 1e-4))))
            self.size[who, room] = trials
        return self.size[who, room]

    def trial_cost(self, who, room):
        """The seconds of a trial; the median of the rounds once there are some."""
        if (who, room) not in self.cost:
            self.cost[who, room] = median_cost([self.sampling(who, room, self.trials(who, room))])
        return self.cost[who, room]

    def sampling(self, who, room, trials):
        one = self.ask(who, room, "sample", trials, 1)
        if not one:
            raise SystemExit(f"{who} takes more than {self.patience:.0f} s for {trials} trials of {self.name}")
        return one

    def sets_of(self, order):
        """Some sets of so many failures."""
        dice = random.Random(order)
        every = range(len(self.chances))
        return [sorted(dice.sample(every, order)) for _ in range(self.options.states)]

    def states(self, count, seed=1):
        """States to compare: drawn by chance, and sets of one to four failures."""
        dice = random.Random(seed)
        every = range(len(self.chances))
        states = []
        while len(states) < count:
            size = len(states) % 5
            by_chance = [n for n in every if dice.random() < self.chances[n]]
            states.append(sorted(dice.sample(every, size or 2) if size or not by_chance else by_chance))
        return states

    def write(self, name, states):
        path = WORK / f"{Path(self.name).stem}-{name}.json"
        path.write_text(json.dumps(states))
        return path


def run(command, parse=True, patience=1e6):
    """Runs a program to its end: its answer, with its memory; `None` if that takes too long."""
    record = WORK / "record.json"
    words = list(map(str, [sys.executable, "-S", HERE / "measure.py", patience, record, *command]))
    done = subprocess.run(words, stdout=subprocess.PIPE, env={**os.environ, **ONE_THREAD}, check=True)
    took = json.loads(record.read_text())
    if took["status"] is None:
        return None
    if took["status"]:
        raise SystemExit(f"{' '.join(words[5:])} ended with {took['status']}")
    return {**(json.loads(done.stdout) if parse else {}), **took}


def mib(answer):
    return f"{answer['peak_kib'] / 1024:.0f} MiB"


def table(head, rows):
    print(f"| {' | '.join(head)} |")
    print(f"|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |")


def seconds(value):
    for unit, scale in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if value * scale >= 1:
            return f"{value * scale:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"


def ratio(value):
    return "1" if value == 1 else f"{value:,.0f} ×" if value >= 10 else f"{value:.2g} ×"


ALL_TRIALS = ["plain", "dense"]  # who look at every trial, whether or not anything fails
SLOWEST = {WITHOUT: "sparse", WITH: "highs"}
SCRAM = ["mocus", "zbdd", "bdd"]
PEERS = {WITHOUT: ["plain", "dense", "sparse"], WITH: ["highs", "highs-most"]}


def answers(benches):
    """The same states: how many agents work."""
    rows = []
    for bench in benches:
        states = bench.states(bench.options.states)
        file = bench.write("states", states)
        for room in (WITHOUT, WITH):
            ours = bench.ask(OURS, room, "states", file)
            gaps = sum(gap > 0 for gap in ours["gap"]) if ours else ""
            for who in PEERS[room]:
                if who == "sparse":
                    continue  # assesses as `dense` does
                theirs = bench.ask(who, room, "states", file)
                if not ours or not theirs:
                    rows.append([bench.name, room, who, len(states), f"more than {bench.patience:.0f} s"] + [""] * 3)
                    continue
                pairs = list(zip(ours["working"], theirs["working"], ours["gap"]))
                equal = sum(a == b for a, b, _ in pairs)
                within = sum(abs(a - b) <= gap for a, b, gap in pairs)
                differ = [b - a for a, b, _ in pairs]
                rows.append([bench.name, room, who, len(states), equal, within,
                             f"{min(differ)} to {max(differ)}", gaps])
    table(["plan", "capacities", "peer", "states", "equal", "within our gap", "peer less ours", "our gaps"], rows)


def sampling(benches):
    """States drawn by chance, and who works in them, by trial."""
    rows = []
    for bench in benches:
        for room in (WITHOUT, WITH):
            everybody = [OURS, *PEERS[room]]
            questions = {who: (who, room, "sample", bench.trials(who, room), 1) for who in everybody}
            found = bench.rounds(questions)
            cost = {who: median_cost(found[who]) for who in everybody}
            bench.cost.update({(who, room): one for who, one in cost.items()})
            for who in everybody:
                one = found[who][0]
                rows.append([bench.name, room, who, f"{one['trials']:,}", f"{one['mean_lost']:.4g}",
                             seconds(cost[who]), ratio(cost[who] / cost[OURS]), mib(one)])
    table(["plan", "capacities", "who", "trials", "lost, mean", "a trial", "as a ratio", "peak"], rows)


def median_cost(runs):
    return statistics.median(run["work_s"] / run["trials"] for run in runs)


def rare(benches):
    """A rare miss: how long until its chance is known as well, and until it is known to 1 %."""
    rows = []
    for bench in benches:
        for room in (WITHOUT, WITH):
            runs = bench.rounds({OURS: (OURS, room, "chance", 100_000)})[OURS]
            if not runs:
                rows.append([bench.name, room, "", f"more than {bench.patience:.0f} s"] + [""] * 5)
                continue
            work = statistics.median(run["work_s"] for run in runs)
            misses = [one for one in runs[0]["misses"] if 0 < one["best"] < 0.5]
            if not misses:
                rows.append([bench.name, room, "none is ever missed", seconds(work)] + [""] * 5)
                continue
            one = min(misses, key=lambda one: one["best"])
            low, high = one["likely"]
            error = max((high - low) / 2 / one["best"], 1e-9)
            what = f"{one['of']}: {one['best']:.3g} ± {error * 100:.2g} %"
            for who in PEERS[room]:
                spent = [drawn(one["best"], error) * bench.trial_cost(who, room) for error in (error, 0.01)]
                rows.append([bench.name, room, what, seconds(work), who, span(spent[0]), ratio(spent[0] / work),
                             span(spent[1]), ratio(spent[1] / work)])
    table(["plan", "capacities", "the rarest miss", "ours", "peer", "as well", "as a ratio",
           "to 1 %", "as a ratio"], rows)


def drawn(chance, error):
    """How many trials know a chance with 95 % to a part of itself."""
    return (1.96 / error) ** 2 * (1 - chance) / chance


def span(spent):
    if spent > 3.156e7:
        return f"{spent / 3.156e7:,.3g} years"
    return f"{spent / 3600:,.3g} h" if spent > 3600 else seconds(spent)


def orders(benches):
    """All pairs and triples, by state; who would take too long looks at some of them."""
    rows = []
    for bench in benches:
        for order, room in itertools.product((2, 3), (WITHOUT, WITH)):
            sets = math.comb(len(bench.chances), order)
            few = bench.write("few", bench.sets_of(order))
            questions = {}
            for who in [OURS, *(["dense"] if room == WITHOUT else PEERS[WITH])]:
                probe = bench.ask(who, room, "states", few)
                if not probe:
                    continue
                whole = probe["work_s"] / bench.options.states * sets <= 30 * bench.options.seconds
                questions[who] = (who, room, *(("order", order) if whole else ("states", few)))
            found = bench.rounds(questions)
            found = {who: runs for who, runs in found.items() if runs}
            cost = {who: statistics.median(map(per_set, runs)) for who, runs in found.items()}
            for who, runs in found.items():
                whole = "sets" in runs[0]
                rows.append([bench.name, order, room, who,
                             f"{sets:,}" if whole else f"{bench.options.states:,} of {sets:,}",
                             f"{runs[0]['working']:,}" if whole else "", seconds(cost[who]),
                             ratio(cost[who] / cost[OURS]) if OURS in cost else "", mib(runs[0])])
    table(["plan", "order", "capacities", "who", "sets", "agents working, summed", "a set", "as a ratio", "peak"], rows)


def per_set(run):
    return run["work_s"] / (run["sets"] if "sets" in run else len(run["working"]))


def cut_sets(benches):
    """Minimal cut sets to order 3 of *any cohort out*."""
    if not shutil.which("scram"):
        print("SCRAM is not here: `apt-get install scram` (Debian 12 has 0.16.2).")
        return
    rows = []
    for bench in benches:
        questions = {OURS: (OURS, WITHOUT, "cuts", 3)}
        questions |= {one: (one, WITHOUT, "cuts", 3) for one in SCRAM}
        found = bench.rounds(questions)
        spent = {who: [run["work_s"] + run.get("ready_s", 0) for run in runs] for who, runs in found.items()}
        cost = {who: statistics.median(runs) for who, runs in spent.items() if runs}
        for who, runs in found.items():
            name = who if who == OURS else f"SCRAM {who}"
            if not runs:
                rows.append([bench.name, name, "", f"more than {bench.patience:.0f} s", "", ""])
                continue
            by_order = runs[0]["by_order"][1:]
            beside = ratio(cost[who] / cost[OURS]) if OURS in cost else ""
            rows.append([bench.name, name, f"{sum(by_order):,} ({', '.join(map(str, by_order))})",
                         seconds(cost[who]), beside, mib(runs[0])])
    table(["plan", "who", "cut sets (by order)", "time", "as a ratio", "peak"], rows)


def growth(benches):
    """What as many trials and as many pairs cost ours as models grow, beside the first."""
    rows, first = [], {}
    for room in (WITHOUT, WITH):
        trials = min(bench.enough(OURS, room) for bench in benches)
        for bench in benches:
            file = bench.write("few", bench.sets_of(2))
            questions = {"trial": (OURS, room, "sample", trials, 1), "pair": (OURS, room, "states", file)}
            found = bench.rounds(questions)
            if not all(found.values()):
                rows.append([bench.name, room, f"more than {bench.patience:.0f} s"] + [""] * 8)
                continue
            cost = [median_cost(found["trial"]), statistics.median(map(per_set, found["pair"]))]
            beside = first.setdefault(room, cost)
            rows.append([bench.name, room, len(bench.chances), len(bench.document["cohorts"]),
                         f"{sum(bench.chances):.2f}", seconds(found["pair"][0]["ready_s"]), f"{trials:,}",
                         *(text for one, old in zip(cost, beside) for text in (seconds(one), ratio(one / old))),
                         mib(found["pair"][0])])
    table(["plan", "capacities", "failures", "cohorts", "at once", "getting ready", "trials", "a trial",
           "as a ratio", "a pair", "as a ratio", "peak"], rows)


def commands(benches):
    """Whole commands: how time and memory grow with plans, orders, trials, years, threads."""
    words = [["compile"]]
    words += [["contingency", "--order", order, "--threads", threads] for order, threads in ((1, 1), (2, 1), (2, 2))]
    words += [["risk", "--years", "0", "--trials", trials, "--threads", "1"] for trials in (10**4, 10**5, 10**6)]
    words += [["risk", "--years", years, "--trials", "1", "--threads", "1"] for years in (10**3, 10**4)]
    rows = []
    for bench in benches:
        for command, *rest in words:
            rest = list(map(str, rest))
            whole = [RELEASE / "outlast", command, bench.plan, *rest, "--quiet", "--format", "json",
                     "--out", WORK / "answer.json", "--force"]
            found = run(whole, parse=False, patience=bench.patience)
            spent = seconds(found["whole_s"]) if found else f"more than {bench.patience:.0f} s"
            rows.append([bench.name, f"`{' '.join([command, *rest])}`", spent, mib(found) if found else ""])
    table(["plan", "command", "time", "peak"], rows)


ROWS = {"answers": answers, "sampling": sampling, "rare": rare, "orders": orders, "cuts": cut_sets, "growth": growth,
        "commands": commands}

if __name__ == "__main__":
    main()
