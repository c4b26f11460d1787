"""pylibmc: libmemcached from Python, text or binary. Arguments: port, protocol."""
import sys

import pylibmc

# no folder of compiled code among the sources
sys.dont_write_bytecode = True
import everyday


class Adapter:
    """A miss is an exception in some of its calls, and in which depends on the protocol."""

    def __init__(self, port, binary):
        self.client = pylibmc.Client(
            ["127.0.0.1:%d" % port], binary=binary, behaviors={"cas": True}
        )

    def set(self, key, value, exptime=0):
        return self.client.set(key, value, time=exptime)

    def get(self, key):
        return self.client.get(key)

    def multiget(self, keys):
        return self.client.get_multi(keys)

    def add(self, key, value):
        return self.client.add(key, value)

    def replace(self, key, value):
        try:
            return self.client.replace(key, value)
        except pylibmc.NotFound:
            return False

    def append(self, key, value):
        try:
            return self.client.append(key, value)
        except pylibmc.NotStored:
            return False

    def prepend(self, key, value):
        try:
            return self.client.prepend(key, value)
        except pylibmc.NotStored:
            return False

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

    def stats(self):
        return {decoded(k): v for k, v in self.client.get_stats()[0][1].items()}


def decoded(name):
    return name.decode() if isinstance(name, bytes) else name


protocol = sys.argv[2]
if protocol not in ("text", "binary"):
    sys.exit("pylibmc speaks text and binary")
everyday.run(
    Adapter(int(sys.argv[1]), protocol == "binary"), "pylibmc-" + protocol, pylibmc.__version__
)
