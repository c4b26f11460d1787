"""What is asked of a Python client, whichever it is.

A client's script hands over an `Adapter` of its own; an operation that it has no method for is one
that the library lacks. Prints one line per operation: its name, `ok`, `lacks` or `FAILED` and a
detail.
"""
import random

# A time as Unix seconds, in 2001.
LONG_AGO = 1_000_000_000


class Adapter:
    """The operations that libraries call alike; `client` is the library's."""

    def __init__(self, client):
        self.client = client

    def get(self, key):
        return self.client.get(key)

    def add(self, key, value):
        return self.client.add(key, value)

    def replace(self, key, value):
        return self.client.replace(key, value)

    def append(self, key, value):
        return self.client.append(key, value)

    def prepend(self, key, value):
        return self.client.prepend(key, value)

    def gets(self, key):
        return self.client.gets(key)[1]

    def cas(self, key, value, token):
        return self.client.cas(key, value, token)

    def incr(self, key, delta):
        return self.client.incr(key, delta)

    def decr(self, key, delta):
        return self.client.decr(key, delta)

    def touch(self, key, exptime):
        return self.client.touch(key, exptime)

    def delete(self, key):
        return self.client.delete(key)

    def flush(self):
        self.client.flush_all()


class Asked:
    def __init__(self, client, prefix):
        self.client = client
        self.prefix = prefix

    def key(self, operation):
        return self.prefix + "-" + operation

    def set(self, key):
        same(self.client.set(key, b"first"), True)
        same(self.client.get(key), b"first")

    def get(self, key):
        same(self.client.get(key), None)
        same(self.client.set(key, b"with blanks"), True)
        same(self.client.get(key), b"with blanks")

    def multiget(self, key, count=3):
        wanted = {}
        for i in range(count):
            same(self.client.set(key + str(i), b"value%d" % i), True)
            wanted[key + str(i)] = b"value%d" % i
        asked = [k for i in range(count) for k in (key + str(i), key + "missing%d" % i)]
        same(self.client.multiget(asked), wanted)

    def add(self, key):
        same(self.client.add(key, b"first"), True)
        same(self.client.add(key, b"second"), False)
        same(self.client.get(key), b"first")

    def replace(self, key):
        same(self.client.replace(key, b"first"), False)
        same(self.client.set(key, b"first"), True)
        same(self.client.replace(key, b"second"), True)
        same(self.client.get(key), b"second")

    def append(self, key):
        same(self.client.append(key, b"x"), False)
        same(self.client.set(key, b"a"), True)
        same(self.client.append(key, b"b"), True)
        same(self.client.get(key), b"ab")

    def prepend(self, key):
        same(self.client.prepend(key, b"x"), False)
        same(self.client.set(key, b"b"), True)
        same(self.client.prepend(key, b"a"), True)
        same(self.client.get(key), b"ab")

    def cas(self, key):
        same(self.client.set(key, b"first"), True)
        token = self.client.gets(key)
        same(self.client.cas(key, b"second", token), True)
        same(self.client.cas(key, b"third", token), False)
        same(self.client.get(key), b"second")

    def incr(self, key):
        same(self.client.set(key, b"9"), True)
        same(self.client.incr(key, 1), 10)
        same(self.client.incr(key, 1000000), 1000010)

    def decr(self, key):
        same(self.client.set(key, b"10"), True)
        same(self.client.decr(key, 1), 9)
        same(self.client.decr(key, 100), 0)

    def touch(self, key):
        same(self.client.touch(key, 100), False)
        same(self.client.set(key, b"x"), True)
        same(self.client.touch(key, 100), True)
        same(self.client.get(key), b"x")

    def get_and_touch(self, key):
        same(self.client.get_and_touch(key, 100), None)
        same(self.client.set(key, b"x"), True)
        same(self.client.get_and_touch(key, 100), b"x")

    def delete(self, key):
        same(self.client.delete(key), False)
        same(self.client.set(key, b"x"), True)
        same(self.client.delete(key), True)
        same(self.client.get(key), None)

    def flush(self, key):
        same(self.client.set(key, b"x"), True)
        self.client.flush()
        same(self.client.get(key), None)

    def stats(self, key):
        same(int(self.client.stats()["pointer_size"]), 64)

    def version(self, key):
        same(self.client.version()[:4], "1.6.")

    def expiry(self, key):
        same(self.client.set(key, b"x", 100), True)
        same(self.client.get(key), b"x")
        self.client.set(key, b"x", LONG_AGO)
        same(self.client.get(key), None)

    def large_value(self, key):
        value = bytes(random.Random(7).choices(range(33, 127), k=900000))
        same(self.client.set(key, value), True)
        same(self.client.get(key) == value, True)

    def many_keys(self, key):
        self.multiget(key, 1000)


OPERATIONS = [name for name in vars(Asked) if name != "key" and not name.startswith("_")]
ALWAYS = {"expiry": "set", "large_value": "set", "many_keys": "multiget"}


def same(found, wanted):
    if found != wanted:
        raise AssertionError("wanted %r, found %r" % (wanted, found))


def run(client, prefix, library_version):
    print("library", library_version)
    asked = Asked(client, prefix)
    for operation in OPERATIONS:
        if not hasattr(client, ALWAYS.get(operation, operation)):
            print(operation, "lacks")
            continue
        try:
            getattr(asked, operation)(asked.key(operation))
            print(operation, "ok")
        except Exception as failure:
            print(operation, "FAILED", " ".join(repr(failure).split())[:300])
