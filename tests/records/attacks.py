"""Ways in which somebody who may write to the database file tries to change what the audit chain says."""

import random
from datetime import datetime, timedelta

LIFT = "DROP TRIGGER IF EXISTS records_auditline_no_update; DROP TRIGGER IF EXISTS records_auditline_no_delete"
COLUMNS = ("number", "at", "verb", "label", "thing", "by", "child", "request", "digest", "previous", "hash")
NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
WORDS = ("verb", "label", "thing", "by", "child", "request", "digest", "previous", "hash")


class Attacker:
    """Somebody with the database open, the triggers gone, and the rule for the hashes in hand."""

    def __init__(self, database, hash_of, dice):
        self.database, self.hash_of, self.dice = database, hash_of, dice
        self.count = database.execute("SELECT COUNT(*) FROM records_auditline").fetchone()[0]

    def somewhere(self, until=0):
        return self.dice.randint(1, self.count - until)

    def change(self, name, value, number):
        self.database.execute(f'UPDATE records_auditline SET "{name}" = ? WHERE number = ?', [value, number])  # noqa: S608

    def lines(self, number):
        found = f"SELECT {NAMES} FROM records_auditline WHERE number >= ? ORDER BY number"  # noqa: S608
        return [list(line) for line in self.database.execute(found, [number])]

    def write(self, lines):
        places = ", ".join("?" * len(COLUMNS))
        self.database.executemany(f"INSERT INTO records_auditline ({NAMES}) VALUES ({places})", lines)  # noqa: S608

    def remove(self, first, last):
        self.database.execute("DELETE FROM records_auditline WHERE number BETWEEN ? AND ?", [first, last])

    def stamp(self, lines, previous):
        """Give each line its place behind the one before and a right hash, as the program itself would."""
        for line in lines:
            line[9] = previous
            line[10] = previous = self.hash_of(line, previous)
        return lines

    def before(self, number):
        found = self.database.execute("SELECT hash FROM records_auditline WHERE number = ?", [number - 1]).fetchone()
        return found[0] if found else "0" * 64

    # The attacks, by the names of promise G42.

    def edit(self):
        number, name = self.somewhere(), self.dice.choice(WORDS)
        self.change(name, f"{self.dice.getrandbits(64):x}", number)

    def delete(self):
        number = self.somewhere()
        self.remove(number, number + self.dice.randint(0, 5))

    def insert(self):
        number = self.somewhere()
        after = self.lines(number)
        self.remove(number, self.count)
        slipped_in = [*after[0]]
        slipped_in[2], slipped_in[10] = "people.signed_in", f"{self.dice.getrandbits(256):064x}"
        for line in after:
            line[0] += 1
        self.write([slipped_in, *after])

    def swap(self):
        one, other = self.dice.sample(range(1, self.count + 1), 2)
        self.change("number", -1, one)
        self.change("number", one, other)
        self.change("number", other, -1)

    def truncate(self):
        self.remove(self.somewhere(), self.count)

    def truncate_and_append(self):
        number = self.somewhere()
        lines, previous = self.lines(number), self.before(number)
        self.remove(number, self.count)
        for line in lines:
            line[2] = "home.notice_published"
        self.write(self.stamp(lines[: self.dice.randint(1, len(lines))], previous))

    def stamp_anew(self):
        number = self.somewhere()
        lines, previous = self.lines(number), self.before(number)
        self.remove(number, self.count)
        lines[self.dice.randrange(len(lines))][5] = "1"
        lines[0][6] = "nobody"
        self.write(self.stamp(lines, previous))

    def change_the_clock(self):
        """A line gets another moment; in half of the attacks everything after it is stamped anew, too."""
        number = self.somewhere()
        lines, previous = self.lines(number), self.before(number)
        moment = datetime.fromisoformat(lines[0][1]) - timedelta(seconds=self.dice.randint(1, 10**6))
        if self.dice.random() < 0.5:
            self.change("at", str(moment), number)
            return
        lines[0][1] = str(moment)
        self.remove(number, self.count)
        self.write(self.stamp(lines, previous))

    KINDS = (edit, delete, insert, swap, truncate, truncate_and_append, stamp_anew, change_the_clock)


def attack(database, hash_of, seed):
    """Do one attack, chosen and aimed by the seed; its name."""
    dice = random.Random(seed)  # noqa: S311 the same seed, the same attack
    kind = Attacker.KINDS[seed % len(Attacker.KINDS)]
    kind(Attacker(database, hash_of, dice))
    return kind.__name__
