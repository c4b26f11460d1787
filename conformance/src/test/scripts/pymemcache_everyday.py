"""pymemcache: pure Python, text protocol only. Arguments: port, protocol."""
import sys

import pymemcache
from pymemcache.client.base import Client

# no folder of compiled code among the sources
sys.dont_write_bytecode = True
import everyday


class Adapter:
    def __init__(self, port):
        self.client = Client(("127.0.0.1", port), timeout=20, default_noreply=False)

    def set(self, key, value, exptime=0):
        return self.client.set(key, value, exptime)

    def get(self, key):
        return self.client.get(key)

    def multiget(self, keys):
        return self.client.get_many(keys)

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

    def stats(self):
        return {name.decode(): value for name, value in self.client.stats().items()}

    def version(self):
        return self.client.version().decode()


if sys.argv[2] != "text":
    sys.exit("pymemcache speaks text only")
everyday.run(Adapter(int(sys.argv[1])), "pymemcache", pymemcache.__version__)
