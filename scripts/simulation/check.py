#!/usr/bin/env python3
"""Checks promises of simulated lives once more, from their files alone.

    KEEP=1 make simulate SEEDS=20
    python3 scripts/simulation/check.py                          every folder in target/simulation
    python3 scripts/simulation/check.py target/simulation/1926   some of them

tests/simulation/observer/record.rs says what the files hold. What is asked here shares nothing with the observer of the
simulation, let alone with the app:

- the log's chain holds, and every intent has exactly one outcome;
- each effect has its `done`, and each `done` its effect, where nobody else did the same;
- nobody was acted on whom something sheltered for so long that it had to be known;
- nobody was acted on whose activity the reading showed, or who was not read right before;
- no run acted on more people than its policy's limits let, without a release.
"""

import hashlib
import json
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path

# What changed so shortly before need not be known: a batch's own time, and that of the slowest reading.
KNOWN = timedelta(seconds=120 + 35)
# The oldest reading that an action may rest on, and the answer's way.
READING = timedelta(seconds=120 + 2)
# Everybody's margin.
TOLERANCE = timedelta(hours=24)

# The one change that an action is. Others are of several changes and counted by the app's own outcome.
CHANGE = {
    "warn": "told",
    "suspend": "suspended",
    "restore": "restored",
    "deactivate": "deactivated",
    "reactivate": "reactivated",
    "delete": "deleting",
    "cancel-delete": "deletionCancelled",
    "rename": "renamed",
    "remove-from-organization": "removed",
}
OUTCOMES = {"done", "already", "not-done", "failed"}


def lines(folder, name):
    path = folder / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def time(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Life:
    """One folder, and what was found in it."""

    def __init__(self, folder):
        self.entries = [line["entry"] for line in lines(folder, "log.jsonl")]
        self.effects = lines(folder, "effects.jsonl")
        self.readings = lines(folder, "readings.jsonl")
        self.policies = {line["name"]: line["document"] for line in lines(folder, "policies.jsonl")}
        self.people = defaultdict(list)
        for line in lines(folder, "population.jsonl"):
            self.people[line["account"]].append((time(line["at"]), line))
        self.counted = Counter()
        self.broken = []

    def check(self):
        self.check_chain()
        self.check_intents()
        self.check_effects()
        self.check_people()
        self.check_limits()

    def expect(self, kind, holds, words):
        self.counted[kind] += 1
        if not holds:
            self.broken.append(f"{kind}: {words}")

    # ---- the log ----

    def check_chain(self):
        previous = "0" * 64
        for number, entry in enumerate(self.entries, 1):
            fits = entry["seq"] == number and entry["previous"] == previous
            self.expect("entries of the chain", fits, f"entry {number}")
            text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            previous = hashlib.sha256(text.encode()).hexdigest()

    def check_intents(self):
        open_intents = {}
        for entry in self.entries:
            run, action = entry.get("run"), entry["action"]
            if run is None:
                continue
            if entry["outcome"] == "intent":
                for account in subjects(entry):
                    is_new = (run, account) not in open_intents
                    self.expect("intents", is_new, f"a second one of {run} for {account}")
                    open_intents[run, account] = action
            elif "subject" in entry and entry["outcome"] in OUTCOMES and action not in ("ask-back", "keep-access"):
                meant = open_intents.pop((run, entry["subject"]), None)
                self.expect("outcomes", meant == action, f"{action} of {run} for {entry['subject']} without an intent")
        for run, account in open_intents:
            self.expect("outcomes", False, f"none for the intent of {run} for {account}")

    def check_effects(self):
        ours, others = Counter(), Counter()
        for effect in self.effects:
            key = effect["accountId"], effect["what"]
            (others if effect.get("keyOwner") is None else ours)[key] += 1
        done, unclear = Counter(), Counter()
        for entry in self.entries:
            change = CHANGE.get(entry["action"])
            if change is None or "subject" not in entry or "run" not in entry:
                continue
            key = entry["subject"], change
            done[key] += entry["outcome"] == "done"
            unclear[key] += entry["outcome"] in ("already", "not-done", "failed")
        for key in set(ours) | set(done):
            if key[1] not in CHANGE.values():
                continue
            words = f"{key[0]} was {key[1]} {ours[key]} times; the log has {done[key]} done"
            if others[key] == 0 and unclear[key] == 0:
                self.expect("effects with exactly one done", ours[key] == done[key], words)
            else:
                fits = done[key] - others[key] <= ours[key] <= done[key] + unclear[key]
                self.expect("effects with at most one done", fits, words)

    # ---- whom it reached ----

    def undos(self):
        return {entry["run"] for entry in self.entries if entry["action"] in ("undo-run", "ask-back")}

    def frozen(self):
        freezes = (entry for entry in self.entries if entry["action"] == "freeze-plan")
        return {entry["run"]: entry for entry in freezes}

    def sheltered_since(self, account, at):
        """Since when something sheltered a person without an end, and what; None if nothing did."""
        changes = self.people[account]
        place = bisect_right([since for since, _ in changes], at)
        since, why = None, None
        for when, line in reversed(changes[:place]):
            if line["sheltered"] is None:
                break
            since, why = when, line["sheltered"]
        return (since, why) if since is not None else None

    def listed_in(self, account):
        changes = self.people[account]
        return max((line["directories"] for _, line in changes), default=0)

    def check_people(self):
        undos, frozen = self.undos(), self.frozen()
        begun = set()
        for reading in self.readings:
            at, run, account = time(reading["at"]), reading["run"], reading["account"]
            words = f"{run} acted on {account} at {reading['at']}"
            was_read = reading["readAt"] is not None and at - time(reading["readAt"]) <= READING
            self.expect("readings right before", was_read, words)
            if run in undos or run not in frozen or (run, account) in begun:
                continue
            # Of several changes the first one is judged; what comes after it was begun by it.
            begun.add((run, account))
            sheltered = self.sheltered_since(account, at)
            is_sheltered = sheltered is not None and at - sheltered[0] > KNOWN
            self.expect("people whom nothing sheltered", not is_sheltered, f"{words}: {sheltered}")
            document = self.policies.get(reading["text"])
            if document is None or reading["lastUsed"] is None or self.listed_in(account) > 1:
                self.counted["people whose activity is not judged"] += 1
                continue
            latest = time(frozen[run]["time"]) - idle_for(document) - TOLERANCE
            used = time(reading["lastUsed"])
            self.expect("people without visible activity", used < latest, f"{words}: used {used}")

    def check_limits(self):
        undos, frozen = self.undos(), self.frozen()
        released = {entry["run"] for entry in self.entries if entry["action"] == "release-run"}
        reached, texts = defaultdict(set), {}
        for reading in self.readings:
            if reading["action"] != "warn":
                reached[reading["run"]].add(reading["account"])
            texts[reading["run"]] = reading["text"]
        for run, people in reached.items():
            document = self.policies.get(texts[run])
            if run in undos or run not in frozen or document is None:
                continue
            plan, limits = frozen[run]["after"], document["limits"]
            if run in released:
                self.counted["runs with a release"] += 1
                continue
            self.expect("runs without a guard or a release", plan["guards"] == [], f"{run}: {plan['guards']}")
            share = max(1, plan["population"] * limits["percent"] // 100)
            most = min(limits["users"], share)
            self.expect("runs within their limits", len(people) <= most, f"{run}: {len(people)} people of {most}")


def subjects(entry):
    return entry.get("subjects", []) + ([entry["subject"]] if "subject" in entry else [])


def idle_for(document):
    for condition in document["match"]["all"]:
        if "idle" in condition:
            return timedelta(days=int(condition["idle"]["longerThan"].removesuffix("d")))
    return timedelta(0)


def main():
    root = Path(__file__).resolve().parents[2] / "target" / "simulation"
    named = [Path(name) for name in sys.argv[1:]]
    folders = named or sorted(path.parent for path in root.glob("*/log.jsonl"))
    counted, broken = Counter(), 0
    for folder in folders:
        life = Life(folder)
        life.check()
        counted.update(life.counted)
        broken += len(life.broken)
        for words in life.broken:
            print(f"{folder.name}: {words}")
    counted.update({"lives": len(folders), "broken": broken})
    for kind, number in sorted(counted.items()):
        print(f"{number:>9} {kind}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
