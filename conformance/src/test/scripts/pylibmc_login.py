"""pylibmc: SASL PLAIN through libmemcached. Arguments: port, user, password."""
import sys

import pylibmc

if not pylibmc.support_sasl:
    sys.exit("built without SASL")
print("library", pylibmc.__version__)


def attempt(work):
    try:
        return work()
    except pylibmc.Error as refused:
        return "refused by " + type(refused).__name__


port, user, password = sys.argv[1:]
server = ["127.0.0.1:" + port]
known = pylibmc.Client(server, binary=True, username=user, password=password)
print("known", attempt(lambda: known.set("k", "v") and known.get("k")))
wrong = pylibmc.Client(server, binary=True, username=user, password=password + "?")
print("wrong", attempt(lambda: wrong.get("k")))
nobody = pylibmc.Client(server, binary=True)
print("nobody", attempt(lambda: nobody.set("k", "theirs")))
print("still", attempt(lambda: known.get("k")))
