"""pymemcache: pure Python, text protocol only. Arguments: port, protocol."""
import sys

import pymemcache
from pymemcache.client.base import Client

# no folder of compiled code among the sources
sys.dont_write_bytecode = True
import everyday


class Adapter(everyday.Adapter):
    def __init__(self, port):
        super().__init__(Client(("127.0.0.1", port), timeout=20, default_noreply=False))

    def set(self, key, value, exptime=0):
        return self.client.set(key, value, exptime)

    def multiget(self, keys):
        return self.client.get_many(keys)

    def stats(self):
        return {name.decode(): value for name, value in self.client.stats().items()}

    def version(self):
        return self.client.version().decode()


if sys.argv[2] != "text":
    sys.exit("pymemcache speaks text only")
everyday.run(Adapter(int(sys.argv[1])), "pymemcache", pymemcache.__version__)
