package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.ServerOptions;
import io.scrubjay.server.options.TlsOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Each `-o` name: what its value must be, in memcached's words, and where it goes.
class SuboptionTest {
  private static Launch.Exit exit(String items) {
    Launch launch = CommandLine.parse(List.of("-o", items, "-l::1"), FakeHost.USER);
    return assertInstanceOf(Launch.Exit.class, launch, items);
  }

  /// What `items` do, whether or not their feature is there.
  private static Settings read(String items) {
    var settings = new Settings();
    for (String item : items.split(",", -1)) {
      String[] parts = item.split("=", 2);
      Suboption suboption = Suboption.named(parts[0]);
      assertTrue(suboption != null, item);
      assertNull(
          suboption.reader.read(parts[0], parts.length > 1 ? parts[1] : null, settings), item);
    }
    return settings;
  }

  private static ServerOptions options(String items) {
    return read(items).options();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hashpower                  | Missing numeric argument for hashpower
          hashpower=11               | Initial hashtable multiplier of 11 is too low
          hash_algorithm             | Missing hash_algorithm argument
          hash_algorithm=md5         | Unknown hash_algorithm option (jenkins, murmur3, xxh3)
          slab_automove=3            | slab_automove must be between 0 and 2
          slab_automove=-1           | slab_automove must be between 0 and 2
          slab_automove_ratio        | Missing slab_automove_ratio argument
          slab_automove_ratio=0      | slab_automove_ratio must be > 0 and < 1
          slab_automove_ratio=1.1    | slab_automove_ratio must be > 0 and < 1
          slab_automove_ratio=x      | slab_automove_ratio must be > 0 and < 1
          slab_automove_window       | Missing slab_automove_window argument
          slab_automove_window=2     | slab_automove_window must be > 2 and < 1800
          slab_automove_window=1801  | slab_automove_window must be > 2 and < 1800
          slab_automove_freeratio    | Missing slab_automove_freeratio argument
          slab_automove_freeratio=x  | could not parse argument to slab_automove_freeratio
          slab_automove_freeratio=1x | could not parse argument to slab_automove_freeratio
          tail_repair_time           | Missing numeric argument for tail_repair_time
          tail_repair_time=9         | Cannot set tail_repair_time to less than 10 seconds
          lru_crawler_sleep          | Missing lru_crawler_sleep value
          lru_crawler_sleep=-1       | LRU crawler sleep must be between 0 and 1 second
          lru_crawler_sleep=1000001  | LRU crawler sleep must be between 0 and 1 second
          lru_crawler_tocrawl        | Missing lru_crawler_tocrawl value
          lru_crawler_tocrawl=x      | lru_crawler_tocrawl takes a numeric 32bit value
          lru_crawler_tocrawl=5x     | lru_crawler_tocrawl takes a numeric 32bit value
          lru_crawler_tocrawl=4294967296 | lru_crawler_tocrawl takes a numeric 32bit value
          hot_lru_pct                | Missing hot_lru_pct argument
          hot_lru_pct=0              | hot_lru_pct must be > 1 and < 80
          hot_lru_pct=80             | hot_lru_pct must be > 1 and < 80
          warm_lru_pct=0             | warm_lru_pct must be > 1 and < 80
          warm_lru_pct=80            | warm_lru_pct must be > 1 and < 80
          hot_max_factor             | Missing hot_max_factor argument
          hot_max_factor=0           | hot_max_factor must be > 0
          warm_max_factor=-1         | warm_max_factor must be > 0
          temporary_ttl              | Missing temporary_ttl argument
          idle_timeout               | Missing numeric argument for idle_timeout
          watcher_logbuf_size        | Missing watcher_logbuf_size argument
          watcher_logbuf_size=x      | could not parse argument to watcher_logbuf_size
          worker_logbuf_size         | Missing worker_logbuf_size argument
          worker_logbuf_size=-1      | could not parse argument to worker_logbuf_size
          slab_sizes                 | Missing slab_sizes argument
          slab_chunk_max             | Missing slab_chunk_max argument
          slab_chunk_max=0           | slab_chunk_max must be >= 0
          slab_chunk_max=1025        | slab_chunk_max must be specified in kilobytes.
          read_buf_mem_limit         | Missing read_buf_mem_limit argument
          read_buf_mem_limit=x       | could not parse argument to read_buf_mem_limit
          ssl_chain_cert             | Missing ssl_chain_cert argument
          ssl_key                    | Missing ssl_key argument
          ssl_keyformat              | Missing ssl_keyformat argument
          ssl_keyformat=x            | could not parse argument to ssl_keyformat
          ssl_verify_mode            | Missing ssl_verify_mode argument
          ssl_verify_mode=required   | could not parse argument to ssl_verify_mode
          ssl_verify_mode=2x         | could not parse argument to ssl_verify_mode
          ssl_verify_mode=           | could not parse argument to ssl_verify_mode
          ssl_verify_mode=4294967296 | could not parse argument to ssl_verify_mode
          ssl_verify_mode=-99999999999999999999 | could not parse argument to ssl_verify_mode
          ssl_verify_mode=-1         | Invalid ssl_verify_mode. Use help to see valid options.
          ssl_verify_mode=9          | Invalid ssl_verify_mode. Use help to see valid options.
          ssl_ciphers                | Missing ssl_ciphers argument
          ssl_ca_cert                | Missing ssl_ca_cert argument
          ssl_wbuf_size              | Missing ssl_wbuf_size argument
          ssl_wbuf_size=x            | could not parse argument to ssl_wbuf_size
          ssl_min_version            | Missing ssl_min_version argument
          ssl_min_version=tlsv1.3    | could not parse argument to ssl_min_version
          ssl_min_version=4          | Invalid ssl_min_version. Use help to see valid options.
          poller                     | Missing poller argument
          poller=kqueue              | Unknown poller "kqueue" (epoll, nio)
          engine                     | Missing engine argument
          data_dir=                  | Missing data_dir argument
          foo=bar                    | Illegal suboption "foo=bar"
          foo                        | Illegal suboption "foo"
          modern,foo,bar             | Illegal suboption "foo"
          ,                          | Illegal suboption ""
          """)
  void aBadValueGetsOneLineAndStatusOne(String items, String message) {
    assertEquals(new Launch.Exit(1, "", message + "\n"), exit(items));
  }

  @ParameterizedTest
  @CsvSource({"ext_path=/d/f:1g, extstore", "proxy_config=x, proxy"})
  void whatIsNotBuiltInIsRefusedAsByAMemcachedWithoutIt(String item, String what) {
    assertEquals(
        new Launch.Exit(
            1,
            "",
            "Illegal suboption \"" + item + "\"\nThere is no " + what + " in this server.\n"),
        exit(item));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotThereYetIsRefusedByName(Suboption suboption) {
    if (suboption.available || suboption == Suboption.SLAB_SIZES) {
      return;
    }
    String value = suboption.usage.contains("=") ? "=20" : "";
    if (suboption == Suboption.HASH_ALGORITHM) {
      value = "=jenkins";
    } else if (suboption.usage.startsWith("ssl_") || suboption == Suboption.SLAB_AUTOMOVE) {
      value = "=1";
    } else if (suboption == Suboption.SLAB_AUTOMOVE_RATIO) {
      value = "=0.5";
    }
    assertEquals(
        "-o " + suboption.optionName + " is not available in this version\n",
        exit(suboption.optionName + value).err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hashpower=20                  | hashpower_init=20
          no_hashexpand                 | hash_expand=no
          hash_algorithm=xxh3           | hash_algorithm=xxh3
          slab_sizes=100-200            | slab_sizes=100-200
          slab_sizes=-100--200-         | slab_sizes=100-200
          slab_chunk_max=256            | slab_chunk_max=262144
          no_chunked_items              | slab_chunk_max=1048576
          slab_reassign                 | slab_reassign=yes
          no_slab_reassign              | slab_reassign=no
          slab_automove                 | slab_automove=1
          slab_automove=2               | slab_automove=2
          no_slab_automove              | slab_automove=0
          slab_automove_ratio=0.5       | slab_automove_ratio=0.5
          slab_automove_window=3        | slab_automove_window=3
          slab_automove_freeratio=0.1   | slab_automove_freeratio=0.1
          tail_repair_time=10           | tail_repair_time=10
          lru_crawler                   | lru_crawler=yes
          no_lru_crawler                | lru_crawler=no
          lru_crawler_sleep=0           | lru_crawler_sleep=0
          lru_crawler_tocrawl=4294967295 | lru_crawler_tocrawl=4294967295
          lru_maintainer                | lru_maintainer_thread=yes
          no_lru_maintainer             | lru_maintainer_thread=no,lru_segmented=no
          hot_lru_pct=1                 | hot_lru_pct=1
          warm_lru_pct=79               | warm_lru_pct=79
          hot_max_factor=0.1            | hot_max_factor=0.1
          warm_max_factor=3             | warm_max_factor=3.0
          temporary_ttl=30              | temp_lru=yes,temporary_ttl=30
          track_sizes                   | track_sizes=yes
          data_dir=d                    | data_dir=d
          sync=always                   | sync=always
          max_disk=1g                   | max_disk=1g
          databases=users:carts         | databases=users:carts
          block_cache=50                | block_cache=50
          write_buffer=16m              | write_buffer=16m
          compression=zstd              | compression=zstd
          bloom_bits=0                  | bloom_bits=0
          open_files=-1                 | open_files=-1
          wal_dir=w                     | wal_dir=w
          snapshot=f                    | snapshot=f
          """)
  void anEngineSettingIsPassedOnUnderTheNameOfStatsSettings(String item, String expected) {
    Map<String, String> settings = new TreeMap<>();
    if (expected != null) {
      for (String setting : expected.split(",", -1)) {
        settings.put(setting.split("=", -1)[0], setting.split("=", -1)[1]);
      }
    }
    assertEquals(settings, read(item).engine);
  }

  @Test
  void theServersOwnReachIt() {
    ServerOptions options =
        options(
            "idle_timeout=7,read_buf_mem_limit=3,watcher_logbuf_size=9,worker_logbuf_size=5,"
                + "debug_commands,extensions,no_maxconns_fast,poller=nio,engine=other");
    assertEquals(7, options.connections().idleTimeoutSeconds());
    assertEquals(3 << 20, options.connections().readBufMemLimitBytes());
    assertEquals(9 << 10, options.log().watcherLogbufBytes());
    assertEquals(5 << 10, options.log().workerLogbufBytes());
    assertTrue(options.commands().debugCommands() && options.commands().extensions());
    assertEquals(List.of("nio", "other"), List.of(options.poller(), options.engine()));
  }

  @Test
  void theWordsOfTlsAreOnlyKeptWithoutTheFlag() {
    assertFalse(options("ssl_chain_cert=c").tls().enabled());
    assertEquals("c", options("ssl_chain_cert=c").tls().chainCert());
    Settings settings =
        read(
            "ssl_chain_cert=c,ssl_key=k,ssl_keyformat=2,ssl_verify_mode=3,ssl_ciphers=x,"
                + "ssl_ca_cert=a,ssl_wbuf_size=32,ssl_session_cache,ssl_kernel_tls,"
                + "ssl_min_version=3");
    settings.tls.enabled = true;
    assertEquals(
        new TlsOptions(true, "c", "k", 2, 3, "x", "a", 32 << 10, true, true, 3),
        settings.tls.options());
  }

  @Test
  void noModernMeansTheDefaultsOfOld() {
    assertEquals(
        Map.of(
            "slab_chunk_max", "1048576",
            "slab_reassign", "no",
            "slab_automove", "0",
            "hash_algorithm", "jenkins",
            "lru_crawler", "no",
            "lru_maintainer_thread", "no",
            "lru_segmented", "no"),
        read("no_modern").engine);
    assertEquals("524288", read("slab_chunk_max=512,no_modern").engine.get("slab_chunk_max"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          slab_sizes=47           | slab size 47 is out of valid range
          slab_sizes=-            | slab size 0 is out of valid range
          slab_sizes=x            | slab size 0 is out of valid range
          slab_sizes=100-524289   | slab size 524289 is out of valid range
          slab_sizes=100-90       | slab size 90 cannot be lower than or equal to a previous class size
          slab_sizes=100-108      | slab size 108 must be at least 8 bytes larger than previous class
          hot_lru_pct=41          | hot_lru_pct + warm_lru_pct cannot be more than 80% combined
          temporary_ttl=5,no_lru_maintainer | temporary_ttl requires lru_maintainer to be enabled
          """)
  void conflictsEndWithTheStatusOfUsage(String items, String message) {
    assertEquals(
        new Launch.Exit(64, "", message + "\n"), Conflicts.first(read(items), FakeHost.USER));
  }

  @Test
  void slabSizesAreLimitedInNumber() {
    var sizes = new StringBuilder("slab_sizes=100");
    for (int i = 1; i < 62; i++) {
      sizes.append('-').append(100 + 16 * i);
    }
    assertNull(Conflicts.first(read(sizes.toString()), FakeHost.USER));
    sizes.append("-4000");
    assertEquals(
        new Launch.Exit(64, "", "too many slab classes specified\n"),
        Conflicts.first(read(sizes.toString()), FakeHost.USER));
  }
}
