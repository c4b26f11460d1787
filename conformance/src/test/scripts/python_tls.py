"""Python's ssl, which is OpenSSL. Arguments: port, the authority's certificate."""
import socket
import ssl
import sys

print("library", ssl.OPENSSL_VERSION)
port, authority = int(sys.argv[1]), sys.argv[2]


def context(version):
    made = ssl.create_default_context(cafile=authority)
    made.minimum_version = made.maximum_version = version
    return made


def connected():
    made = socket.create_connection(("127.0.0.1", port), timeout=20)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def conversation(made, session=None):
    """The session, and whether it was an old one, after a goodbye from both sides."""
    with made.wrap_socket(connected(), server_hostname="127.0.0.1", session=session) as tls:
        tls.sendall(b"version\r\nquit\r\n")
        said = b""
        for part in iter(lambda: tls.recv(4096), b""):
            said += part
        assert said == b"VERSION 1.6.45\r\n", said
        outcome = tls.session, tls.session_reused
        tls.unwrap()
        return outcome


def byte_by_byte(made):
    """The handshake, and a request, each byte in a packet of its own."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = made.wrap_bio(incoming, outgoing, server_hostname="127.0.0.1")
    with connected() as raw:

        def flush():
            for byte in outgoing.read():
                raw.sendall(bytes([byte]))

        def driven(step):
            while True:
                try:
                    result = step()
                    flush()
                    return result
                except ssl.SSLWantReadError:
                    flush()
                    incoming.write(raw.recv(4096))

        driven(tls.do_handshake)
        driven(lambda: tls.write(b"version\r\n"))
        return driven(lambda: tls.read(100))


for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
    made = context(version)
    session, reused = conversation(made)
    assert not reused
    print("resumed-" + version.name, conversation(made, session)[1])
    print("dripped-" + version.name, byte_by_byte(made).decode().strip())
