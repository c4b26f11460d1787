package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.BindingProtocol;
import io.scrubjay.server.ServerOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a good command line means.
class CommandLineTest {
  private static Launch.Run run(Host host, String... arguments) {
    return assertInstanceOf(Launch.Run.class, CommandLine.parse(List.of(arguments), host));
  }

  private static ServerOptions options(String... arguments) {
    return run(FakeHost.USER, arguments).options();
  }

  @Test
  void noArgumentsMeanTheDefaultsOnLoopback() {
    assertEquals(ServerOptions.builder().build(), options());
    assertEquals(List.of("127.0.0.1"), options().listening().hosts());
  }

  @Test
  void everyOptionReachesTheServer() {
    ServerOptions options =
        options(
            "-p",
            "22122",
            "-l",
            "127.0.0.2",
            "-t",
            "3",
            "-m",
            "100",
            "-c",
            "2000",
            "-R",
            "7",
            "-b",
            "99",
            "-f",
            "1.5",
            "-n",
            "72",
            "-I",
            "2m",
            "-MC",
            "-vv",
            "-U",
            "0",
            "-o",
            "no_maxconns_fast,hashpower=20,slab_chunk_max=256,poller=nio,engine=other,modern");
    assertEquals(
        ServerOptions.builder()
            .port(22_122)
            .listen(List.of("127.0.0.2"))
            .threads(3)
            .memoryLimitBytes(100L << 20)
            .connectionsMax(2000)
            .requestsPerEvent(7)
            .backlog(99)
            .itemBytesMax(2 << 20)
            .evictions(false)
            .casEnabled(false)
            .maxconnsFast(false)
            .verbosity(2)
            .poller("nio")
            .engine("other")
            .engineSettings(
                Map.of(
                    "growth_factor", "1.5",
                    "chunk_size", "72",
                    "hashpower_init", "20",
                    "slab_chunk_max", "262144"))
            .build(),
        options);
  }

  @Test
  void longNamesMeanTheSame() {
    assertEquals(
        options(
            "-p1",
            "-l::1",
            "-t2",
            "-m9",
            "-c99",
            "-R5",
            "-b6",
            "-f2",
            "-n8",
            "-I1k",
            "-M",
            "-v",
            "-C",
            "-oslab_chunk_max=1"),
        options(
            "--port=1",
            "--listen=::1",
            "--threads=2",
            "--memory-limit=9",
            "--conn-limit=99",
            "--max-reqs-per-event=5",
            "--listen-backlog=6",
            "--slab-growth-factor=2",
            "--slab-min-size=8",
            "--max-item-size=1k",
            "--disable-evictions",
            "--verbose",
            "--disable-cas",
            "--extended=slab_chunk_max=1"));
  }

  @Test
  void whiteSpaceBeforeAnArgumentIsSkipped() {
    assertEquals(
        options("-p", "7", "-l", "::1", "-I", "2m"),
        options("-p", " \t7", "-l", "  ::1", "-I", " 2m"));
  }

  @Test
  void theLastOfARepeatedOptionWins() {
    assertEquals(2, options("-p", "1", "-p", "2").listening().port());
    assertTrue(
        options("-o", "no_maxconns_fast", "-o", "maxconns_fast").connections().maxconnsFast());
  }

  @Test
  void portMinusOnePicksAFreeOne() {
    assertEquals(0, options("-p", "-1").listening().port());
  }

  @Test
  void aUdpPortIsTheTcpPortTooUnlessThereIsOne() {
    assertEquals(0, options().listening().udpPort());
    assertEquals(
        List.of(77, 77),
        List.of(options("-U77").listening().udpPort(), options("-U77").listening().port()));
    assertEquals(
        List.of(77, 5),
        List.of(
            options("-U77", "-p5").listening().udpPort(),
            options("-U77", "-p5").listening().port()));
    assertEquals(
        List.of(-1, 0),
        List.of(options("-U-1").listening().udpPort(), options("-U-1").listening().port()));
    assertEquals(
        List.of(-1, 5),
        List.of(
            options("-p5", "-U-1").listening().udpPort(),
            options("-p5", "-U-1").listening().port()));
    assertEquals(11_211, options("-U0").listening().port());
    assertEquals(9, options("-U77", "-l127.0.0.1:9").listening().udpPort());
  }

  @Test
  void protocolsHaveThreeNames() {
    assertEquals(BindingProtocol.AUTO, options("-B", "auto").protocol());
    assertEquals(BindingProtocol.ASCII, options("-Bascii").protocol());
    assertEquals(BindingProtocol.BINARY, options("--protocol=binary").protocol());
  }

  @Test
  void itemSizesTakeKibibytesAndMebibytes() {
    assertEquals(1 << 20, options("-I", "1048576").itemBytesMax());
    assertEquals(512 << 10, options("-I", "512k").itemBytesMax());
    assertEquals(2 << 20, options("-I", "2M").itemBytesMax());
    assertEquals(1 << 30, options("-I", "1024m", "-m", "2048").itemBytesMax());
  }

  @Test
  void addressesAreJoinedAndNamedOnce() {
    assertEquals(
        List.of("127.0.0.1", "::1", "10.0.0.1"),
        options("-l", "127.0.0.1,::1", "-l", "10.0.0.1;127.0.0.1").listening().hosts());
    assertEquals(
        List.of("10.0.0.11", "10.0.0.1"),
        options("-l", "10.0.0.11", "-l", "10.0.0.1").listening().hosts());
  }

  @Test
  void anAddressMayNameThePort() {
    ServerOptions options = options("-l", "127.0.0.1:99,[::1]:99,localhost:99");
    assertEquals(List.of("127.0.0.1", "::1", "localhost"), options.listening().hosts());
    assertEquals(99, options.listening().port());
    assertEquals(0, options("-l", "127.0.0.1:-1").listening().port());
  }

  @Test
  void aStarIsEveryFamilyThatTheMachineHas() {
    assertEquals(List.of("0.0.0.0", "::"), options("-l", "*").listening().hosts());
    assertEquals(
        List.of("0.0.0.0"),
        run(new FakeHost("jay", false), "-l", "*").options().listening().hosts());
  }

  @Test
  void loopbackOnlyIsSaidOnce() {
    assertEquals(
        List.of("listening on loopback only; -l 0.0.0.0 listens on every IPv4 address"),
        run(FakeHost.USER).notices());
    assertEquals(List.of(), run(FakeHost.USER, "-l", "127.0.0.1").notices());
  }

  @Test
  void rootIsWarnedInOneLine() {
    List<String> notices = run(FakeHost.ROOT, "-l", "::1").notices();
    assertEquals(1, notices.size());
    assertTrue(notices.getFirst().startsWith("warning: running as root"), notices::toString);
    assertEquals(List.of(), run(FakeHost.ROOT, "-l", "::1", "-u", "root").notices());
  }

  @Test
  void aUserThatIsNotSwitchedToIsSaid() {
    assertEquals(
        List.of("warning: -u is not available in this version; still running as root"),
        run(FakeHost.ROOT, "-l", "::1", "-u", "jay").notices());
  }

  @Test
  void manyThreadsAreWarnedAbout() {
    String notice = run(FakeHost.USER, "-t", "65").notices().getFirst();
    assertEquals(2, notice.lines().count());
    assertTrue(
        notice.startsWith("WARNING: Setting a high number of workerthreads is not recommended."));
    assertFalse(run(FakeHost.USER, "-t", "64").notices().toString().contains("WARNING"));
  }

  @Test
  void theListenFailureNamesWhatWasAskedFor() {
    assertEquals("failed to listen on TCP port 7: ", run(FakeHost.USER, "-p7").listenFailure());
    assertEquals(
        "failed to listen on one of interface(s) ::1,127.0.0.1: ",
        run(FakeHost.USER, "-l::1", "-l", "127.0.0.1").listenFailure());
  }
}
