package io.scrubjay.cli;

import static io.scrubjay.cli.ValueReader.ARGUMENT;
import static io.scrubjay.cli.ValueReader.NUMERIC;
import static io.scrubjay.cli.ValueReader.VALUE;
import static io.scrubjay.cli.ValueReader.choice;
import static io.scrubjay.cli.ValueReader.engineDecimal;
import static io.scrubjay.cli.ValueReader.engineFlag;
import static io.scrubjay.cli.ValueReader.engineInteger;
import static io.scrubjay.cli.ValueReader.engineStrictDecimal;
import static io.scrubjay.cli.ValueReader.engineText;
import static io.scrubjay.cli.ValueReader.flag;
import static io.scrubjay.cli.ValueReader.integer;
import static io.scrubjay.cli.ValueReader.strict;
import static io.scrubjay.cli.ValueReader.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The one table of `-o`: name, what it reads, what `-h` says. The order is the order of help.
///
/// A name that is not `available` is memcached's, and refused instead of ignored. Source: memcached
/// 1.6.45's names, ranges and words.
enum Suboption {
  MAXCONNS_FAST(
      "maxconns_fast",
      true,
      flag(to -> to.server.maxconnsFast(true)),
      "at the connection limit, refuse with a line (default)"),
  NO_MAXCONNS_FAST(
      "no_maxconns_fast",
      true,
      flag(to -> to.server.maxconnsFast(false)),
      "at the connection limit, let clients wait"),
  IDLE_TIMEOUT(
      "idle_timeout=S",
      true,
      integer(NUMERIC, _ -> true, "", (to, s) -> to.server.idleTimeoutSeconds(s)),
      "close a connection that has been silent for so long"),
  READ_BUF_MEM_LIMIT(
      "read_buf_mem_limit=MIB",
      true,
      strict(_ -> true, (to, mebibytes) -> to.server.readBufMemLimitBytes(mebibytes << 20)),
      "memory of all connections' buffers (default: 0, no limit)"),
  RESP_OBJ_MEM_LIMIT(
      "resp_obj_mem_limit",
      true,
      flag(
          to ->
              to.notices.add(
                  "DEPRECATED: resp_obj_mem_limit no longer used. See read_buf_mem_limit,")),
      ""),
  SOCK_COOKIE_ID("sock_cookie_id=N", false, flag(_ -> {}), "mark of every socket"),
  HASHPOWER(
      "hashpower=N",
      true,
      SlabSuboptions::hashPower,
      "the hash table starts with 2^N places (12 to 32)"),
  NO_HASHEXPAND(
      "no_hashexpand", true, engineFlag("hash_expand", "no"), "the hash table never grows"),
  HASH_ALGORITHM(
      "hash_algorithm=NAME",
      true,
      SlabSuboptions::hashAlgorithm,
      "jenkins, murmur3 or xxh3 (default: murmur3)"),
  SLAB_SIZES(
      "slab_sizes=A-B-C",
      true,
      text((to, sizes) -> to.engine.put("slab_sizes", SlabSuboptions.joined(sizes))),
      "chunk sizes, instead of -f"),
  SLAB_CHUNK_MAX(
      "slab_chunk_max=KIB",
      true,
      SlabSuboptions::chunkMax,
      "larger values are stored in several chunks (default: 512)"),
  NO_CHUNKED_ITEMS(
      "no_chunked_items",
      true,
      flag(to -> SlabSuboptions.chunkBytesMax(to, SlabSuboptions.PAGE_BYTES)),
      "values are stored in one chunk"),
  SLAB_REASSIGN("slab_reassign", true, engineFlag("slab_reassign", "yes"), "pages move (default)"),
  NO_SLAB_REASSIGN(
      "no_slab_reassign", true, engineFlag("slab_reassign", "no"), "pages stay in their class"),
  SLAB_AUTOMOVE(
      "slab_automove=N",
      true,
      SlabSuboptions::automove,
      "0: pages move when asked, 1: by themselves (default),\n2: for every eviction"),
  NO_SLAB_AUTOMOVE("no_slab_automove", true, engineFlag("slab_automove", "0"), "the same as 0"),
  SLAB_AUTOMOVE_RATIO(
      "slab_automove_ratio=X",
      true,
      engineDecimal(x -> x > 0 && x <= 1, "slab_automove_ratio must be > 0 and < 1"),
      "age of the youngest class to the oldest's (default: 0.8)"),
  SLAB_AUTOMOVE_WINDOW(
      "slab_automove_window=N",
      true,
      engineInteger(
          ARGUMENT, n -> n > 2 && n <= 1800, "slab_automove_window must be > 2 and < 1800"),
      "seconds that a decision looks back on (default: 10)"),
  SLAB_AUTOMOVE_FREERATIO(
      "slab_automove_freeratio", true, engineStrictDecimal(), ""), // only shown, without extstore
  TAIL_REPAIR_TIME(
      "tail_repair_time=S",
      true,
      engineInteger(NUMERIC, s -> s >= 10, "Cannot set tail_repair_time to less than 10 seconds"),
      "free an item at the tail that is held for so long"),
  LRU_CRAWLER(
      "lru_crawler", true, engineFlag("lru_crawler", "yes"), "look for expired items (default)"),
  NO_LRU_CRAWLER("no_lru_crawler", true, engineFlag("lru_crawler", "no"), "don't look for them"),
  LRU_CRAWLER_SLEEP(
      "lru_crawler_sleep=US",
      true,
      engineInteger(
          VALUE,
          us -> us >= 0 && us <= 1_000_000,
          "LRU crawler sleep must be between 0 and 1 second"),
      "rest between items (default: 100)"),
  LRU_CRAWLER_TOCRAWL(
      "lru_crawler_tocrawl=N",
      true,
      strict(
          VALUE,
          _ -> true,
          "lru_crawler_tocrawl takes a numeric 32bit value",
          (to, n) -> to.engine.put("lru_crawler_tocrawl", "" + n)),
      "items per class and run (default: 0, all)"),
  LRU_MAINTAINER(
      "lru_maintainer",
      true,
      engineFlag("lru_maintainer_thread", "yes"),
      "keep hot, warm and cold items apart (default)"),
  NO_LRU_MAINTAINER(
      "no_lru_maintainer",
      true,
      engineFlag("lru_maintainer_thread", "no", "lru_segmented", "no"),
      "one list of items per class"),
  HOT_LRU_PCT(
      "hot_lru_pct=N",
      true,
      SlabSuboptions.lruShare("hot_lru_pct"),
      "percent of a class for hot items (default: 20)"),
  WARM_LRU_PCT(
      "warm_lru_pct=N",
      true,
      SlabSuboptions.lruShare("warm_lru_pct"),
      "percent of a class for warm items (default: 40)"),
  HOT_MAX_FACTOR(
      "hot_max_factor=X",
      true,
      engineDecimal(x -> x > 0, "hot_max_factor must be > 0"),
      "of the cold tail's age, then hot becomes cold (default: 0.2)"),
  WARM_MAX_FACTOR(
      "warm_max_factor=X",
      true,
      engineDecimal(x -> x > 0, "warm_max_factor must be > 0"),
      "of the cold tail's age, then warm becomes cold (default: 2)"),
  TEMPORARY_TTL(
      "temporary_ttl=S",
      true,
      integer(
          ARGUMENT,
          _ -> true,
          "",
          (to, s) -> {
            to.engine.put("temp_lru", "yes");
            to.engine.put("temporary_ttl", "" + s);
          }),
      "what lives shorter has a list of its own"),
  TRACK_SIZES("track_sizes", true, engineFlag("track_sizes", "yes"), "for stats sizes"),
  WATCHER_LOGBUF_SIZE(
      "watcher_logbuf_size=KIB",
      true,
      strict(SlabSuboptions::isKibibytes, (to, n) -> to.server.watcherLogbufBytes((int) (n << 10))),
      "lines waiting for one watcher (default: 256)"),
  WORKER_LOGBUF_SIZE(
      "worker_logbuf_size=KIB",
      true,
      strict(SlabSuboptions::isKibibytes, (to, n) -> to.server.workerLogbufBytes((int) (n << 10))),
      "lines waiting at one worker (default: 64)"),
  SSL_CHAIN_CERT(
      "ssl_chain_cert=FILE",
      true,
      text((to, file) -> to.tls.chainCert = file),
      "certificates, as PEM"),
  SSL_KEY("ssl_key=FILE", true, text((to, file) -> to.tls.key = file), "private key"),
  SSL_KEYFORMAT(
      "ssl_keyformat=N",
      true,
      strict(n -> n <= Integer.MAX_VALUE, (to, n) -> to.tls.keyFormat = (int) (long) n),
      "1: PEM (default), 2: ASN.1"),
  SSL_VERIFY_MODE(
      "ssl_verify_mode=N",
      true,
      choice(
          3,
          "Invalid ssl_verify_mode. Use help to see valid options.",
          (to, n) -> to.tls.verifyMode = n),
      "clients' certificates; 0: not wanted (default), 1: asked for,\n2: required, 3: once"),
  SSL_CIPHERS(
      "ssl_ciphers=LIST",
      true,
      text((to, list) -> to.tls.ciphers = list),
      "those allowed, in OpenSSL's words"),
  SSL_CA_CERT(
      "ssl_ca_cert=FILE",
      true,
      text((to, file) -> to.tls.caCert = file),
      "who may sign clients' certificates, as PEM"),
  SSL_WBUF_SIZE(
      "ssl_wbuf_size=KIB",
      true,
      strict(SlabSuboptions::isKibibytes, (to, n) -> to.tls.wbufBytes = (int) (n << 10)),
      "a worker's room for encrypting (default: 16)"),
  SSL_SESSION_CACHE(
      "ssl_session_cache", true, flag(to -> to.tls.sessionCache = true), "resume sessions"),
  SSL_KERNEL_TLS("ssl_kernel_tls", true, flag(to -> to.tls.kernelTls = true), ""), // refused later
  SSL_MIN_VERSION(
      "ssl_min_version=N",
      true,
      choice(
          3,
          "Invalid ssl_min_version. Use help to see valid options.",
          (to, n) -> to.tls.minVersion = n),
      "0 to 3: TLS 1.0 to 1.3 (default: 2)"),
  DROP_PRIVILEGES("drop_privileges", false, flag(_ -> {}), "forbid system calls"),
  NO_DROP_PRIVILEGES("no_drop_privileges", true, flag(_ -> {}), ""), // how it always is
  RELAXED_PRIVILEGES("relaxed_privileges", true, flag(_ -> {}), ""), // nothing to relax
  DEBUG_COMMANDS(
      "debug_commands",
      true,
      flag(to -> to.server.debugCommands(true)),
      "take the commands of memcached's debug build"),
  EXTENSIONS(
      "extensions",
      true,
      flag(to -> to.server.extensions(true)),
      "take commands that memcached doesn't have"),
  POLLER(
      "poller=epoll|nio",
      true,
      ExtendedSettings::poller,
      "how sockets are watched (default: the better one)"),
  ENGINE(
      "engine=NAME",
      true,
      ExtendedSettings::engine,
      "slab keeps items in memory (default), lldb on disk"),
  DATA_DIR("data_dir=FOLDER", true, engineText(), "lldb: where items are kept"),
  SYNC(
      "sync=always|every:MS|os",
      true,
      engineText(),
      "lldb: when writes are on disk (default: every:100)"),
  MAX_DISK("max_disk=SIZE", true, engineText(), "lldb: stop storing when files take this much"),
  DATABASES("databases=NAME:NAME", true, engineText(), "lldb: databases beside the default one"),
  DATABASE(
      "database=NAME",
      true,
      text((to, name) -> to.server.database(name)),
      "lldb: for clients that no listener or user sends elsewhere"),
  BLOCK_CACHE(
      "block_cache=PERCENT", true, engineText(), "lldb: of -m for blocks read (default: 70)"),
  WRITE_BUFFER(
      "write_buffer=SIZE", true, engineText(), "lldb: memory for new writes (default: -m / 4)"),
  COMPRESSION("compression=none|lz4|zstd", true, engineText(), "lldb: of files (default: lz4)"),
  BLOOM_BITS("bloom_bits=N", true, engineText(), "lldb: filter bits per key (default: 10)"),
  OPEN_FILES("open_files=N", true, engineText(), "lldb: files kept open (default: 1024)"),
  WAL_DIR(
      "wal_dir=FOLDER", true, engineText(), "lldb: where the log lies (default: with the data)"),
  SNAPSHOT(
      "snapshot=FILE",
      true,
      engineText(),
      "slab: load items from here, and save them at a graceful stop"),
  CONFIG(
      ConfigSource.NAME + "=FILE",
      true,
      text((_, _) -> {}), // read before all other options
      "options by name, as TOML"),
  MODERN("modern", true, flag(_ -> {}), "taken, and means nothing any more"),
  NO_MODERN("no_modern", true, flag(SlabSuboptions::noModern), "the defaults of memcached 1.4"),
  INLINE_ASCII_RESP("inline_ascii_resp", true, flag(_ -> {}), ""), // means nothing any more
  NO_INLINE_ASCII_RESP("no_inline_ascii_resp", true, flag(_ -> {}), "");

  private static final Map<String, Suboption> BY_NAME = new HashMap<>();

  static {
    for (Suboption suboption : values()) {
      BY_NAME.put(suboption.optionName, suboption);
    }
  }

  /// As written before `=`.
  final String optionName;

  /// As `-h` shows it, with the value's name.
  final String usage;

  /// False for a name of memcached's that this version refuses instead of ignoring it.
  final boolean available;

  @SuppressWarnings("ImmutableEnumChecker") // readers keep nothing between calls
  final ValueReader reader;

  /// Empty for what is only taken.
  final String help;

  Suboption(String usage, boolean available, ValueReader reader, String help) {
    this.optionName = usage.replaceFirst("=.*", "");
    this.usage = usage;
    this.available = available;
    this.reader = reader;
    this.help = help;
  }

  /// As written before `=`, in the order of help.
  static Stream<String> names() {
    return Arrays.stream(values()).map(suboption -> suboption.optionName);
  }

  static @Nullable Suboption named(String name) {
    return BY_NAME.get(name);
  }
}
