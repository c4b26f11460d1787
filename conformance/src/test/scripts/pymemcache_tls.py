"""pymemcache over Python's ssl, which is OpenSSL. Arguments: port, the authority's certificate."""
import ssl
import sys

import pymemcache
from pymemcache.client.base import Client

print("library", pymemcache.__version__)
port, authority = sys.argv[1:]
large = b"large" * 200000
for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
    context = ssl.create_default_context(cafile=authority)
    context.minimum_version = context.maximum_version = version
    client = Client(("127.0.0.1", int(port)), timeout=20, default_noreply=False, tls_context=context)
    client.set("small", b"1")
    client.set("large", large)
    whole = client.get_many(["small", "large"]) == {"small": b"1", "large": large}
    print(client.sock.version(), "ok" if whole and client.incr("small", 1) == 2 else "FAILED")
    client.close()
