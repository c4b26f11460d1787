package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.cli.process.ProcessSettings;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.server.options.BindingProtocol;
import io.scrubjay.server.options.ListenOptions;
import io.scrubjay.server.options.Listener;
import java.util.ArrayList;
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
    var loopback = List.of(Listener.on("127.0.0.1", 11_211));
    assertEquals(
        ServerOptions.builder()
            .listening(
                new ListenOptions(
                    loopback, List.of(), null, List.of(), 1024, null, 11_211, 0, 0700))
            .build(),
        options());
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
            .listening(
                new ListenOptions(
                    List.of(Listener.on("127.0.0.2", 22_122)),
                    List.of(),
                    null,
                    List.of(),
                    99,
                    "127.0.0.2",
                    22_122,
                    0,
                    0700))
            .threads(3)
            .memoryLimitBytes(100L << 20)
            .connectionsMax(2000)
            .requestsPerEvent(7)
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
  void theEnvironmentSaysWhatCountsAsTaken() {
    var host = new FakeHost("jay", true, Map.of("T_MEMD_INITIAL_MALLOC", "4294967328"));
    assertEquals(
        Map.of("total_malloced", "4294967328"), run(host, "-M").options().engineSettings());
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
    assertEquals(2, port("-p", "1", "-p", "2"));
    assertTrue(
        options("-o", "no_maxconns_fast", "-o", "maxconns_fast").connections().maxconnsFast());
  }

  @Test
  void portMinusOnePicksAFreeOne() {
    assertEquals(0, port("-p", "-1"));
  }

  @Test
  void aUdpPortIsTheTcpPortTooUnlessThereIsOne() {
    assertEquals(List.of(), options().listening().udp());
    assertEquals(List.of(77, 77), List.of(udpPort("-U77"), port("-U77")));
    assertEquals(List.of(77, 5), List.of(udpPort("-U77", "-p5"), port("-U77", "-p5")));
    assertEquals(List.of(0, 0), List.of(udpPort("-U-1"), port("-U-1")));
    assertEquals(List.of(0, 5), List.of(udpPort("-p5", "-U-1"), port("-p5", "-U-1")));
    assertEquals(11_211, port("-U0"));
    assertEquals(9, udpPort("-U77", "-l127.0.0.1:9"));
    assertEquals(List.of(), options("-p0", "-U77").listening().tcp());
  }

  private static int port(String... arguments) {
    return options(arguments).listening().tcp().getFirst().port();
  }

  private static int udpPort(String... arguments) {
    return options(arguments).listening().udp().getFirst().port();
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

  private static List<String> listeners(Host host, String... arguments) {
    return run(host, arguments).options().listening().tcp().stream()
        .map(it -> it.host() + " " + it.port())
        .toList();
  }

  @Test
  void addressesAreJoinedAndNamedOnce() {
    assertEquals(
        List.of("127.0.0.1 5", "::1 5", "10.0.0.1 5"),
        listeners(FakeHost.USER, "-p5", "-l", "127.0.0.1,::1", "-l", "10.0.0.1;127.0.0.1"));
    assertEquals(
        List.of("10.0.0.11 5", "10.0.0.1 5"),
        listeners(FakeHost.USER, "-p5", "-l", "10.0.0.11", "-l", "10.0.0.1"));
  }

  @Test
  void anAddressMayNameAPort() {
    assertEquals(
        List.of("127.0.0.1 99", "::1 98", "localhost 0", "::1 5", "127.0.0.1 0"),
        listeners(
            FakeHost.USER, "-p5", "-l", "127.0.0.1:99,[::1]:98,localhost:-1,[::1],127.0.0.1:0"));
  }

  @Test
  void aStarIsEveryFamilyThatTheMachineHas() {
    assertEquals(List.of("0.0.0.0 5", ":: 5"), listeners(FakeHost.USER, "-p5", "-l", "*"));
    assertEquals(List.of("0.0.0.0 5"), listeners(new FakeHost("jay", false), "-p5", "-l", "*"));
  }

  @Test
  void aTagMayNameADatabase() throws Exception {
    for (String element : List.of("tag[db_user-sessions]:h:7", "tag_db_user-sessions_:h:7")) {
      var parsed = ListenElement.parse(element, new Settings(), new ArrayList<>());
      assertEquals("db_user-sessions", parsed.tag(), element);
      assertEquals("user-sessions", parsed.listener("h", 1).database(), element);
    }
    assertNull(Listener.on("h", 7).database());
  }

  @Test
  void anElementMayNameProtocolAndTag() throws Exception {
    var settings = new Settings();
    List<String> warnings = new ArrayList<>();
    assertEquals(
        new ListenElement(Listener.Tls.AS_SERVER, BindingProtocol.ASCII, "db_9", "h", "7"),
        ListenElement.parse("proto[ascii]:tag[db_9]:h:7", settings, warnings));
    assertEquals(
        new ListenElement(Listener.Tls.AS_SERVER, null, "x", "::1", null),
        ListenElement.parse("proto[what]:tag_x_:[::1]", settings, warnings));
    settings.tls.enabled = true;
    assertEquals(
        new ListenElement(Listener.Tls.OFF, BindingProtocol.AUTO, "", "*", null),
        ListenElement.parse("notls:proto[negotiating]:*", settings, warnings));
    assertEquals(Listener.Tls.VERIFIED, ListenElement.parse("mtls:h", settings, warnings).tls());
    assertEquals(List.of(), warnings);
    settings.authFile = "f";
    assertEquals(
        BindingProtocol.ASCII,
        ListenElement.parse("proto[negotiating]:h", settings, warnings).protocol());
    assertEquals(1, warnings.size());
  }

  @Test
  void noListenerIsAWayAroundThePasswords() {
    var settings = new Settings();
    settings.authFile = "f";
    var binary =
        assertThrows(
            ListenElement.Unusable.class,
            () -> ListenElement.parse("proto[binary]:h", settings, new ArrayList<>()));
    assertEquals("Cannot use binary protocol when ascii authentication enabled", binary.line());
    settings.authFile = null;
    settings.sasl = true;
    assertThrows(
        ListenElement.Unusable.class,
        () -> ListenElement.parse("proto[ascii]:h", settings, new ArrayList<>()));
  }

  @Test
  void aUnixSocketIsTheOnlyPlace() {
    var settings = new Settings();
    settings.unixSocket = "s";
    settings.unixMode = 0750;
    settings.udpPort = 7;
    assertNull(ListenPlan.make(settings, FakeHost.USER));
    ListenOptions plan = settings.options().listening();
    assertEquals(new ListenOptions.UnixSocket("s", 0750), plan.unixSocket());
    assertEquals(List.of(), plan.tcp());
    assertEquals(List.of(), plan.udp());
  }

  @Test
  void theMaskIsKnownWithoutAUnixSocket() {
    assertEquals(0750, options("-a", "750").listening().umask());
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
  void onlyRootBecomesAnotherUser() {
    assertEquals("jay", run(FakeHost.ROOT, "-l", "::1", "-u", "jay").process().user());
    assertNull(run(FakeHost.ROOT, "-l", "::1", "-u", "root").process().user());
    Launch.Run asJay = run(FakeHost.USER, "-l", "::1", "-u", "root");
    assertNull(asJay.process().user());
    assertEquals(
        List.of("warning: only root becomes another user; still running as jay"), asJay.notices());
  }

  @Test
  void whatBecomesOfTheProcess() {
    var host =
        new FakeHost("jay", true, Map.of("MEMCACHED_PORT_FILENAME", "p", "NOTIFY_SOCKET", "@n"));
    assertEquals(
        new ProcessSettings(true, "f", "p", "@n", null, true, true),
        run(host, "-dkr", "-P", "f").process());
  }

  @Test
  void manyThreadsAreWarnedAbout() {
    String notice = run(FakeHost.USER, "-t", "65").notices().getFirst();
    assertEquals(2, notice.lines().count());
    assertTrue(
        notice.startsWith("WARNING: Setting a high number of workerthreads is not recommended."));
    assertFalse(run(FakeHost.USER, "-t", "64").notices().toString().contains("WARNING"));
  }
}
