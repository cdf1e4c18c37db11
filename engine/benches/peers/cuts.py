"""Minimal cut sets by SCRAM: `cuts.py COMPILED ORDER ALGORITHM FOLDER`.

Writes the model as a fault tree in the Open-PSA format: the top event is that some
cohort, which has a way with nothing failed, has none. Regions that stand in for others
are taken to do so from the beginning, as fault trees know no failure that mends.
"""

import json
import subprocess
import sys
import time
import xml.etree.ElementTree as xml
from pathlib import Path

from model import Model

OFF = "off"  # has failed for certain
ON = "on"  # cannot fail


class Tree:
    """A fault tree: of each gate, what makes it fail."""

    def __init__(self, model):
        self.model, self.gates, self.of = model, [], {}
        taken = {}
        for failure, takes in enumerate(model.takes):
            for one in takes:
                taken.setdefault(one, []).append(f"f{failure}")
        self.inputs = [
            self.some(taken.get(one, [])) if holds else OFF for one, holds in enumerate(model.normal)
        ]
        for one, _ in model.standbys:
            self.inputs[one] = ON
        for one, feeds in model.reserves:
            self.inputs[one] = self.all([self.inputs[feed] for feed in feeds])
        self.failed = []
        for sort, of, needed in model.gates:
            self.failed.append(self.gate(sort, of, needed))
        legs = [
            self.all([self.failed[route["gate"]] for route in leg["routes"]]) if leg["required"] else ON
            for leg in model.legs
        ]
        out = []
        for cohort in model.cohorts:
            ways = [
                self.some([self.failed[way["gate"]]] + [legs[leg] for leg in way["legs"]])
                for way in cohort["ways"]
            ]
            if cohort["agents"]:
                out.append(self.all(ways))
        self.top = self.some([one for one in out if one != OFF])

    def gate(self, sort, of, needed):
        if sort == "input":
            return self.inputs[of]
        if sort == "and":
            return self.some([self.failed[one] for one in of])
        if sort == "or":
            return self.all([self.failed[one] for one in of])
        if sort == "at_least":
            failed = [self.failed[one] for one in of]
            never, gone = failed.count(ON), failed.count(OFF)
            needed, left = needed - never, len(failed) - never - gone
            if needed <= 0:
                return ON
            if needed > left:
                return OFF
            return self.add("atleast", [one for one in failed if one not in (ON, OFF)], left - needed + 1)
        return ON if sort == "on" else OFF

    def some(self, of):
        """Fails once one of these does."""
        return OFF if OFF in of else self.add("or", [one for one in of if one != ON])

    def all(self, of):
        """Fails once all of these do."""
        return ON if ON in of else self.add("and", [one for one in of if one != OFF])

    def add(self, sort, of, least=None):
        of = list(dict.fromkeys(of)) if sort != "atleast" else of
        if not of:
            return ON if sort == "or" else OFF
        if len(of) == 1:
            return of[0]
        if sort == "atleast" and least in (1, len(of)):
            return self.add("or" if least == 1 else "and", of)
        key = (sort, least, tuple(of))
        if key not in self.of:
            self.of[key] = f"g{len(self.gates)}"
            self.gates.append(key)
        return self.of[key]

    def write(self, path):
        root = xml.Element("opsa-mef")
        tree = xml.SubElement(root, "define-fault-tree", name="out")
        wanted, ahead = set(), [self.top]
        while ahead:
            one = ahead.pop()
            if one[0] == "g" and one not in wanted:
                wanted.add(one)
                ahead.extend(self.gates[int(one[1:])][2])
        names = [self.top] + sorted(wanted - {self.top}, key=lambda one: int(one[1:]))
        for name in names:
            sort, least, of = self.gates[int(name[1:])]
            gate = xml.SubElement(tree, "define-gate", name=name)
            formula = xml.SubElement(gate, sort, {"min": str(least)} if least else {})
            for one in of:
                xml.SubElement(formula, "gate" if one[0] == "g" else "basic-event", name=one)
        data = xml.SubElement(root, "model-data")
        for failure in range(len(self.model.failures)):
            event = xml.SubElement(data, "define-basic-event", name=f"f{failure}")
            xml.SubElement(event, "float", value="0.001")
        xml.ElementTree(root).write(path)
        return len(names)


def main():
    path, order, algorithm, folder = sys.argv[1:]
    tree = Tree(Model(path, False))
    model, report = Path(folder, "out.xml"), Path(folder, "cuts.xml")
    gates = tree.write(model)
    begin = time.perf_counter()
    subprocess.run(
        ["scram", f"--{algorithm}", "--limit-order", order, str(model), "-o", str(report)], check=True
    )
    whole = time.perf_counter() - begin
    found = xml.parse(report).getroot()
    products = found.find(".//sum-of-products")
    by_order = [0, *map(int, products.get("distribution", "").split())] if products is not None else [0]
    spent = [float(one.text) for one in found.findall(".//calculation-time/products")]
    print(json.dumps({"work_s": sum(spent) or whole, "whole_s": whole, "gates": gates, "by_order": by_order}))


if __name__ == "__main__":
    main()
