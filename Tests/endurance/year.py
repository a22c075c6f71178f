#!/usr/bin/env python3
"""The year of Tests/endure, and what is compared at its end."""

import argparse
import base64
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

PARTS = 20


class Failure(Exception):
    """What should not be so, in a sentence."""


class Directory:
    """The slapd that is tormented, and its administrator."""

    def __init__(self, folder, uri, suffix):
        self.folder, self.uri, self.suffix = folder, uri, suffix
        self.process = None
        self.identity = ["-x", "-H", uri, "-D", f"cn=admin,{suffix}", "-y", f"{folder}/password"]

    def start(self):
        log = open(f"{self.folder}/slapd.log", "ab")
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "/usr/sbin/slapd", "-F", f"{self.folder}/slapd.d",
             "-h", f"{self.uri}/", "-d", "none"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        log.close()
        for _ in range(400):
            if self.process.poll() is not None:
                raise Failure("slapd does not start: see slapd.log")
            if subprocess.run(["ldapwhoami", *self.identity], capture_output=True).returncode == 0:
                return
            time.sleep(0.05)
        raise Failure("slapd does not answer")

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    @property
    def is_up(self):
        return self.process is not None

    def change(self, ldif):
        """True where the server took it; somebody may be gone, or a member already."""
        return self.is_up and subprocess.run(
            ["ldapmodify", *self.identity], input=ldif.encode(), capture_output=True).returncode == 0

    def search(self, base, filter, *attributes):
        """Each entry as {attribute in lower case: [values]}, with `dn`."""
        answer = subprocess.run(
            ["ldapsearch", *self.identity, "-LLL", "-o", "ldif-wrap=no", "-b", base, filter, *attributes],
            capture_output=True, check=True)
        entries = []
        for record in answer.stdout.decode().split("\n\n"):
            entry = {}
            for line in record.splitlines():
                name, _, value = line.partition(":")
                value = base64.b64decode(value[1:]).decode() if value.startswith(":") else value.strip()
                entry.setdefault(name.lower(), []).append(value)
            if "dn" in entry:
                entries.append(entry)
        return entries


class Program:
    """The built lockstep, run as its users run it."""

    # Everything but a defect (70), a broken store (74) and a wrong configuration (78).
    EXPECTED = {0, 10, 11, 65, 67, 69, 75}

    def __init__(self, path, folder):
        self.path, self.folder = path, folder
        self.peak = 0
        self.kills = 0
        self.exits = Counter()

    def run(self, *words, kill_after=None):
        """The exit code and stdout; None where it was killed before it ended."""
        process = subprocess.Popen(
            [self.path, *words], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=open(f"{self.folder}/errors", "wb"))
        if kill_after is not None:
            time.sleep(kill_after)
            # Not send_signal, which would take the exit status that is waited for below.
            os.kill(process.pid, signal.SIGKILL)
        output = process.stdout.read()
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.peak = max(self.peak, usage.ru_maxrss)
        if process.returncode == -signal.SIGKILL:
            self.kills += 1
            return None, output
        self.exits[process.returncode] += 1
        if process.returncode not in self.EXPECTED:
            with open(f"{self.folder}/errors", encoding="utf-8") as errors:
                raise Failure(f"lockstep {' '.join(words)} ended with {process.returncode}: {errors.read().strip()}")
        return process.returncode, output

    def json(self, *words):
        _, output = self.run("--json", *words)
        return json.loads(output)


class Year:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.folder = options.folder
        self.people = f"ou=people,{options.suffix}"
        self.groups = f"ou=groups,{options.suffix}"
        self.directory = Directory(options.folder, options.uri, options.suffix)
        self.lockstep = Program(options.lockstep, options.folder)
        # uid of everybody who is there, to the name in their DN.
        self.present = {f"user{number}": f"user{number}" for number in range(options.users)}
        self.gone = []
        # What the operators wanted last, of whom Lockstep took it: locked, active.
        self.wanted = {}
        self.counts = Counter()
        self.faults = {}

    # What happens in the directory.

    def somebody(self):
        return self.random.choice(list(self.present))

    def dn(self, uid):
        return f"uid={self.present[uid]},{self.people}"

    def modify(self, uid, change):
        return self.directory.change(f"dn: {self.dn(uid)}\nchangetype: modify\n{change}\n")

    def join(self, uid=None):
        uid = uid or f"born{self.counts['join']}"
        entry = (f"dn: uid={uid},{self.people}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: {uid}\n"
                 f"sn: {uid}\ncn: {uid}\ntitle: New\n")
        if self.directory.change(entry):
            self.present[uid] = uid
            # Another entry is another person to Lockstep.
            self.wanted.pop(uid, None)
            return True
        return False

    def leave(self):
        uid = self.somebody()
        if self.directory.change(f"dn: {self.dn(uid)}\nchangetype: delete\n"):
            del self.present[uid]
            self.gone.append(uid)
            return True
        return False

    def come_back(self):
        return bool(self.gone) and self.join(self.gone.pop(self.random.randrange(len(self.gone))))

    def marry(self):
        uid = self.somebody()
        name = f"{uid}+sn=Wed{self.counts['marry']}"
        renamed = self.directory.change(
            f"dn: {self.dn(uid)}\nchangetype: modrdn\nnewrdn: uid={name}\ndeleteoldrdn: 0\n")
        if renamed:
            self.present[uid] = name
        return renamed

    def title(self):
        return self.modify(self.somebody(), f"replace: title\ntitle: Title {self.counts['title']}\n")

    def help_desk_disables(self):
        return self.modify(self.somebody(), "replace: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z\n")

    def help_desk_enables(self):
        locked = [uid for uid, want in self.wanted.items() if want == "locked" and uid in self.present]
        uid = self.random.choice(locked) if locked and self.random.random() < 0.5 else self.somebody()
        return self.modify(uid, "delete: pwdAccountLockedTime\n")

    def member(self, kind):
        group = f"cn=group{self.random.randrange(self.options.groups)},{self.groups}"
        member = self.dn(self.somebody())
        return self.directory.change(f"dn: {group}\nchangetype: modify\n{kind}: member\nmember: {member}\n")

    # What operators do.

    def decide(self, command, uid, want, outcomes):
        """Again until it was not killed, as one does at a terminal."""
        words = ["--json", command, uid, "--yes"]
        if command == "lock":
            words += ["--reason", self.random.choice(["left-organization", "misuse"])]
        code, kills = None, -1
        while code is None:
            moment = self.random.random() * 0.12 if self.random.random() < 0.2 else None
            code, output = self.lockstep.run(*words, kill_after=moment)
            kills += 1
        if code == 65 and kills:
            # What was killed may have done it: then it is refused, as done.
            if (self.lockstep.json("show", uid)["state"] == "locked") == (want == "locked"):
                self.wanted[uid] = want
                return True
        if code in (0, 75) and output and json.loads(output).get("outcome") in outcomes:
            self.wanted[uid] = want
            return True
        return False

    def lock(self):
        uid = f"user{self.random.randrange(60)}" if self.random.random() < 0.5 else self.somebody()
        return uid in self.present and self.decide("lock", uid, "locked", ("completed", "partial", "alreadyLocked"))

    def unlock(self):
        locked = [uid for uid, want in self.wanted.items() if want == "locked" and uid in self.present]
        return bool(locked) and self.decide(
            "unlock", self.random.choice(locked), "active", ("completed", "partial"))

    def lock_list(self):
        uids = {self.somebody() for _ in range(5)}
        with open(f"{self.folder}/leavers.txt", "w", encoding="utf-8") as file:
            file.write("\n".join(uids) + "\n")
        code, output = self.lockstep.run(
            "--json", "lock", "--from", "leavers.txt", "--reason", "left-organization", "--yes")
        for one in json.loads(output) if code in (0, 65, 75) and output else []:
            if one["outcome"] in ("completed", "partial", "alreadyLocked"):
                self.wanted[one["user"]["username"]] = "locked"
        return True

    # What goes wrong. Each fault ends by itself after some rounds.

    def fault(self):
        name = self.random.choice(["server", "frozen", "password", "ca", "receiver"])
        if name in self.faults:
            return False
        self.faults[name] = self.random.randrange(2, 8)
        if name == "server":
            self.directory.kill()
        elif name == "frozen" and self.directory.is_up:
            self.directory.process.send_signal(signal.SIGSTOP)
            time.sleep(1)
            self.directory.process.send_signal(signal.SIGCONT)
        elif name == "password":
            self.write("password.service", "wrong")
        else:
            self.write(f"{name}.mood", "ill\n")
        return True

    def recover(self, name):
        if name == "server":
            self.directory.start()
        elif name == "password":
            self.write("password.service", "secret")
        elif name != "frozen":
            self.write(f"{name}.mood", "well\n")

    def write(self, name, text):
        with open(f"{self.folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)

    def sync(self):
        moment = self.random.random() * 0.15 if self.random.random() < 0.05 else None
        words = ["--quiet", "sync"] + (["--full"] if self.random.random() < 0.01 else [])
        code, _ = self.lockstep.run(*words, kill_after=moment)
        if code == 11:
            raise Failure("a sync was stopped by a limit")

    def round(self):
        events = [
            (self.title, 10), (self.join, 3), (self.leave, 2), (self.come_back, 2), (self.marry, 2),
            (lambda: self.member("add"), 4), (lambda: self.member("delete"), 4),
            (self.help_desk_disables, 1), (self.help_desk_enables, 2),
            (self.lock, 2), (self.unlock, 2), (self.lock_list, 0.05), (self.fault, 0.3),
        ]
        names = ["title", "join", "leave", "come back", "marry", "member", "member", "disable", "enable", "lock",
                 "unlock", "list", "fault"]
        for _ in range(self.random.randrange(4)):
            index = self.random.choices(range(len(events)), [weight for _, weight in events])[0]
            if events[index][0]():
                self.counts[names[index]] += 1
        self.sync()
        self.counts["sync"] += 1
        for name in list(self.faults):
            self.faults[name] -= 1
            if not self.faults[name]:
                del self.faults[name]
                self.recover(name)

    # The night, and the morning.

    def run(self):
        self.write("password.service", "secret")
        self.directory.start()
        self.sync()
        self.lockstep.run("credential", "import", "people/cards.csv")
        print(f"{'hours':>6} {'syncs':>7} {'changes':>8} {'decisions':>9} {'faults':>6} {'kills':>5} "
              f"{'peak KiB':>9} {'store KiB':>10} {'files':>5}", flush=True)
        begun, length = time.monotonic(), self.options.hours * 3600
        for part in range(1, PARTS + 1):
            self.lockstep.peak = 0
            while time.monotonic() - begun < length * part / PARTS:
                self.round()
            self.report(time.monotonic() - begun)
        for name in list(self.faults):
            self.recover(name)
        self.compare()

    def report(self, seconds):
        counts = self.counts
        decisions = counts["lock"] + counts["unlock"] + counts["list"]
        changes = sum(counts.values()) - counts["sync"] - counts["fault"] - decisions
        size = sum(os.path.getsize(f"{self.folder}/{name}")
                   for name in os.listdir(self.folder) if name.startswith("lockstep.db"))
        print(f"{seconds / 3600:6.2f} {counts['sync']:7} {changes:8} {decisions:9} {counts['fault']:6} "
              f"{self.lockstep.kills:5} {self.lockstep.peak:9} {size >> 10:10} {len(os.listdir(self.folder)):5}",
              flush=True)

    def settle(self):
        """Until nothing is owed any more: a sync that reads all, and a retry of what waits."""
        for _ in range(60):
            code, _ = self.lockstep.run("--quiet", "sync", "--full", "--wait", "30")
            self.lockstep.run("--quiet", "retry")
            status = self.lockstep.json("status")
            if code == 0 and not status["pending"]:
                return status
            time.sleep(1)
        raise Failure(f"something is owed for ever: {json.dumps(status['pending'])[:2000]}")

    def compare(self):
        status = self.settle()
        store = self.lockstep.json("store", "export")
        faults = [*self.whole(), *self.equal(store), *self.decided(store), *self.told(store), *self.heard(store)]
        print("Counted:", ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items())))
        print("Exit codes:", ", ".join(f"{code}: {count}" for code, count in sorted(self.lockstep.exits.items())))
        print("Needs a person:", len(status["attention"]))
        if faults:
            raise Failure("\n".join(faults[:40]))
        print("Nothing was lost or doubled.")

    def whole(self):
        code, _ = self.lockstep.run("--quiet", "store", "check")
        if code:
            yield f"store check ends with {code}"
        if not self.lockstep.json("audit", "verify")["ok"]:
            yield "the audit log does not verify"

    def equal(self, store):
        """People, titles and roles are the directory's."""
        entries = self.directory.search(self.people, "(objectClass=inetOrgPerson)", "title", "entryUUID")
        there = {entry["entryuuid"][0]: entry for entry in entries}
        known = {user["entryID"]: user for user in store["users"] if user["missingSince"] is None}
        rejected = {entry["entryID"] for entry in store["rejected"]}
        for entry in there.keys() - known.keys() - rejected:
            yield f"{there[entry]['dn'][0]} is not known"
        for entry in known.keys() - there.keys():
            yield f"{known[entry]['dn']} is not gone"
        roles = {}
        for group in self.directory.search(self.groups, "(objectClass=groupOfNames)", "member"):
            for member in group.get("member", []):
                roles.setdefault(member.lower(), set()).add(group["dn"][0].lower())
        for entry in there.keys() & known.keys():
            user, dn = known[entry], there[entry]["dn"][0]
            if user["dn"].lower() != dn.lower():
                yield f"{dn} is known as {user['dn']}"
            if user["attributes"].get("title", []) != there[entry].get("title", []):
                yield f"{dn} has another title"
            held = {role["group"].lower() for role in user["roles"]}
            if user["state"] != "locked" and held != roles.get(dn.lower(), set()):
                yield f"{dn} holds {sorted(held)}, and the directory says {sorted(roles.get(dn.lower(), set()))}"
            if user["state"] == "locked" and roles.get(dn.lower()):
                yield f"{dn} is locked, and still in {sorted(roles[dn.lower()])}"

    def decided(self, store):
        """Everybody is what was decided last, and the directory shows it."""
        entries = self.directory.search(self.people, "(objectClass=inetOrgPerson)", "pwdAccountLockedTime", "pwdEndTime")
        # Whoever opens one of the two has opened nothing yet.
        disabled = {entry["dn"][0].lower() for entry in entries if entry.keys() > {"dn"}}
        states = {user["username"]: user for user in store["users"] if user["missingSince"] is None}
        for uid, want in self.wanted.items():
            user = states.get(uid)
            if uid not in self.present or user is None:
                continue
            if (user["state"] == "locked") != (want == "locked"):
                yield f"{uid} is {user['state']}, and {want} was decided"
            if want == "locked" and user["dn"].lower() not in disabled:
                yield f"{uid} is locked, and not disabled in the directory"

    def told(self, store):
        """The CA heard of each revoked certificate, and of no other."""
        told = set()
        with open(f"{self.folder}/ca.told", encoding="utf-8") as lines:
            for request, serial in (line.split() for line in lines):
                if request == "revoke":
                    told.add(serial)
        revoked = {certificate["serial"] for user in store["users"] for certificate in user["certificates"]
                   if certificate["state"] == "revoked"}
        for serial in revoked - told:
            yield f"the CA never heard of {serial}"
        for serial in told - revoked:
            yield f"the CA heard of {serial}, which is not revoked"

    def heard(self, store):
        """The receiver heard of each process, and of none twice."""
        with open(f"{self.folder}/receiver.told", encoding="utf-8") as lines:
            heard = Counter(line.strip() for line in lines)
        due = 0
        for process in store["processes"]:
            steps = [step for step in process["steps"] if step["kind"] == "notify"]
            due += sum(step["state"] == "done" for step in steps)
        twice = [event for event, count in heard.items() if count > 1]
        # A kill between the receiver's note and ours makes it hear again: the same event, by which it knows.
        if len(twice) > self.lockstep.kills:
            yield f"the receiver heard {len(twice)} events twice, and there were {self.lockstep.kills} kills"
        if len(heard) < due:
            yield f"the receiver heard of {len(heard)} events, and {due} are noted as told"


def main():
    parser = argparse.ArgumentParser()
    for name in ("folder", "lockstep", "uri", "suffix"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("users", "groups", "seed"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--hours", type=float, required=True)
    year = Year(parser.parse_args())
    try:
        year.run()
    except Failure as failure:
        print(f"Failed:\n{failure}", file=sys.stderr)
        sys.exit(1)
    finally:
        year.directory.kill()


main()
