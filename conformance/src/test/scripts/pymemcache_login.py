"""pymemcache: the login of -Y, which is a set. Arguments: port, user, password."""
import sys

import pymemcache
from pymemcache.client.base import Client
from pymemcache.exceptions import MemcacheError

print("library", pymemcache.__version__)


def attempt(work):
    try:
        return work()
    except MemcacheError as refused:
        return "refused: " + refused.args[0].decode()


def connected(login):
    client = Client(("127.0.0.1", int(port)), timeout=20, default_noreply=False)
    if login:
        print(login, attempt(lambda: client.set("login", user + " " + words[login])))
    return client


port, user, password = sys.argv[1:]
words = {"known": password, "wrong": password + "?"}
known = connected("known")
print("set", attempt(lambda: known.set("k", "v")))
print("get", attempt(lambda: known.get("k").decode()))
connected("wrong")
print("nobody", attempt(lambda: connected(None).delete("k")))
print("still", attempt(lambda: known.get("k").decode()))
