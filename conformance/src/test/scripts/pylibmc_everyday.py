"""pylibmc: libmemcached from Python, text or binary. Arguments: port, protocol."""
import sys

import pylibmc

# no folder of compiled code among the sources
sys.dont_write_bytecode = True
import everyday


class Adapter(everyday.Adapter):
    """A miss is an exception in some of its calls, and in which depends on the protocol."""

    def __init__(self, port, binary):
        super().__init__(
            pylibmc.Client(["127.0.0.1:%d" % port], binary=binary, behaviors={"cas": True})
        )

    def set(self, key, value, exptime=0):
        return self.client.set(key, value, time=exptime)

    def multiget(self, keys):
        return self.client.get_multi(keys)

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
