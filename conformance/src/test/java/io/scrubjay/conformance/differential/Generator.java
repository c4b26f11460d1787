package io.scrubjay.conformance.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/// Episodes of classic commands and meta commands, most of them right and some of them broken.
///
/// Strategy: few keys and few clients, so that commands meet; values from nothing to a chunked one;
/// some commands cut in two with another client in between; no time that could pass while the
/// episode runs, since the two servers' seconds begin at different moments, but in one of
/// [#TIMED_EPISODES] a silence after which everything that was to die soon is dead. Same seed, same
/// episode.
final class Generator {
  static final int TEXT_CLIENTS = 3;
  static final int CLIENTS = 5;
  private static final int PIPELINE_MAX = 8;
  private static final int PIPELINE_BYTES_MAX = 4_000;
  private static final Pattern TOO_LONG_KEY = Pattern.compile("[^ ]{251}");
  private static final int KEYS = 12;
  private static final int LARGE_VALUE_BYTES = 600_000;
  private static final int TIMED_EPISODES = 100;
  private static final int SILENCE_AFTER_COMMANDS = 40;

  /// Longer than the commands before a silence take, and no longer than the silence.
  static final int SOON_SECONDS = 3;

  private static final String[] EXPTIMES = {"0", "0", "0", "0", "5000", "2592000", "-1"};
  private static final String[] STORES = {"set", "set", "set", "add", "replace", "append"};
  private static final String[] OTHER_STORES = {"prepend", "cas"};
  private static final String[] NUMBERS = {
    "0", "1", "1", "5", "99", "99999999999", "9999999999", "-1", "+1", "1x", "", "x"
  };
  private static final String[] LINES = {
    "version",
    "stats",
    "stats settings",
    "stats items",
    "stats slabs",
    "stats reset",
    "stats bogus",
    "foo bar",
    "GET a",
    "flush_all",
    "flush_all 0 noreply",
    "verbosity 0",
    "get",
    "set",
    "incr",
    "touch",
    "quit",
    "delete",
    "gat 0",
    "x",
    ""
  };

  private final Random random;
  private final String keyEnd;
  private final Set<Protocol> protocols;
  private final boolean avoidKnown;

  /// A silence is to come.
  private boolean soonAllowed;

  private Generator(long seed, Set<Protocol> protocols, boolean avoidKnown) {
    this.random = new Random(seed);
    this.keyEnd = "." + seed;
    this.protocols = protocols;
    this.avoidKnown = avoidKnown;
    this.soonAllowed = random.nextInt(TIMED_EPISODES) == 0;
  }

  /// `avoidKnown`: leave out what [KnownDifference] concerns.
  static List<Command> episode(
      long seed, int commands, Set<Protocol> protocols, boolean avoidKnown) {
    var generator = new Generator(seed, protocols, avoidKnown);
    var episode = new ArrayList<Command>();
    int group = 0;
    int client = 0;
    int left = 0;
    for (int groupBytes = 0; episode.size() < commands; left--) {
      boolean cut = false;
      if (left == 0) {
        if (generator.soonAllowed && episode.size() >= SILENCE_AFTER_COMMANDS) {
          episode.add(Command.silence(SOON_SECONDS));
          generator.soonAllowed = false;
        }
        client = generator.client();
        cut = generator.random.nextInt(15) == 0;
        left = cut ? 1 : generator.random.nextInt(1, PIPELINE_MAX);
        group++;
        groupBytes = 0;
      }
      var command = generator.command(client, group);
      if (cut && !command.broken() && command.wire().length() < PIPELINE_BYTES_MAX) {
        command = command.cutAt(generator.random.nextInt(1, command.wire().length()));
      }
      groupBytes += command.wire().length();
      // These go alone: how a write of many packets is read depends on chance, and with it what a
      // get holds while the next command runs; a key too long takes back answers not yet sent, and
      // so does an end of input in the middle of data.
      if (groupBytes > PIPELINE_BYTES_MAX
          || command.broken()
          || TOO_LONG_KEY.matcher(command.binary() ? command.wire() : command.line()).find()) {
        command = command.inGroup(++group);
        left = 1;
      }
      if (avoidKnown && KnownDifference.changesUnheld(command)) {
        command = command.inGroup(++group);
      }
      if (command.quits() || KnownDifference.takesCasThere(command)) {
        left = 1;
      }
      episode.add(command);
    }
    return episode;
  }

  private int client() {
    boolean text = protocols.contains(Protocol.TEXT) || protocols.contains(Protocol.META);
    int from = text ? 0 : TEXT_CLIENTS;
    return random.nextInt(from, protocols.contains(Protocol.BINARY) ? CLIENTS : TEXT_CLIENTS);
  }

  private Command command(int client, int group) {
    while (true) {
      String key = key();
      boolean binary = client >= TEXT_CLIENTS;
      String whole = binary ? BinaryFrames.random(random, key, value(), exptime()) : wire(key);
      String wire = whole;
      if (whole.length() < PIPELINE_BYTES_MAX && random.nextInt(60) == 0) {
        wire = binary ? BinaryFrames.mutated(random, whole) : mutated(whole);
      }
      String casKey = wire.contains(Command.CAS_HOLE) ? key : "";
      var command = new Command(client, group, wire, casKey, !wire.equals(whole));
      boolean soon = SoonOver.concerns(command) && (!soonAllowed || command.broken());
      if (!soon && (!avoidKnown || !KnownDifference.concernsAny(command))) {
        return command;
      }
    }
  }

  private String wire(String key) {
    boolean meta = protocols.contains(Protocol.META);
    return switch (random.nextInt(meta ? 20 : 16)) {
      case 0, 1, 2, 3, 4 -> store(key);
      case 5, 6, 7 -> keys(random.nextBoolean() ? "get" : "gets");
      case 8 -> keys((random.nextBoolean() ? "gat " : "gats ") + exptime());
      case 9, 10, 11 ->
          (random.nextBoolean() ? "incr " : "decr ")
              + key
              + " "
              + pick(NUMBERS)
              + noreply()
              + "\r\n";
      case 12 -> "touch " + key + " " + exptime() + noreply() + "\r\n";
      case 13, 14 -> "delete " + key + noreply() + "\r\n";
      case 15 -> random.nextInt(3) == 0 ? line() + "\r\n" : keys("get");
      case 16, 17 -> MetaLines.get(random, key, exptime());
      case 18 -> MetaLines.store(random, key, value(), exptime());
      default -> MetaLines.other(random, key, exptime());
    };
  }

  private String line() {
    return soonAllowed && random.nextInt(4) == 0 ? "flush_all " + SOON_SECONDS : pick(LINES);
  }

  private String store(String key) {
    String verb = random.nextInt(3) == 0 ? pick(OTHER_STORES) : pick(STORES);
    String value = value();
    int length = value.length();
    String end = "\r\n";
    if (random.nextInt(40) == 0) {
      end = "stray\r\n"; // the data does not end where it was to
    }
    String cas = verb.equals("cas") ? " " + cas() : "";
    return "%s %s %d %s %d%s%s\r\n%s%s"
        .formatted(verb, key, flags(), exptime(), length, cas, noreply(), value, end);
  }

  private String cas() {
    return random.nextInt(4) == 0 ? "" + random.nextInt(3) : Command.CAS_HOLE;
  }

  private String keys(String start) {
    var line = new StringBuilder(start);
    for (int count = random.nextInt(1, 6); count > 0; count--) {
      line.append(' ').append(key());
    }
    return line.append("\r\n").toString();
  }

  private String key() {
    int which = random.nextInt(KEYS + 1);
    return switch (which) {
      case KEYS -> "k".repeat((random.nextInt(10) == 0 ? 251 : 250) - keyEnd.length()) + keyEnd;
      default -> "key" + which + keyEnd;
    };
  }

  /// Numbers often, so that incr meets them.
  private String value() {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1, 2, 3 -> "" + random.nextInt(1_000);
      case 4 -> "99999999999";
      case 5 -> random.nextBoolean() ? "12 34" : " -0";
      case 6 -> "v".repeat(random.nextInt(20_000));
      case 7 -> random.nextInt(20) == 0 ? "L".repeat(LARGE_VALUE_BYTES) : "7";
      case 8 -> "\0\r\n\u00ff END";
      case 9 -> random.nextInt(20) == 0 ? "X".repeat(1_100_000) : "-5";
      default -> "w".repeat(random.nextInt(300));
    };
  }

  private int flags() {
    return random.nextInt(3) == 0 ? random.nextInt(100_000) : 0;
  }

  private String exptime() {
    return soonAllowed && random.nextInt(3) == 0 ? "" + SOON_SECONDS : pick(EXPTIMES);
  }

  private String noreply() {
    return random.nextInt(10) == 0 ? " noreply" : "";
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  /// One byte of the first line is changed, dropped or doubled; its end stays.
  private String mutated(String wire) {
    int end = wire.indexOf("\r\n");
    if (end < 1) {
      return wire;
    }
    int at = random.nextInt(end);
    return switch (random.nextInt(3)) {
      case 0 -> wire.substring(0, at) + wire.substring(at + 1);
      case 1 -> wire.substring(0, at) + wire.charAt(at) + wire.substring(at);
      default ->
          wire.substring(0, at) + (char) random.nextInt(' ', '\u007f') + wire.substring(at + 1);
    };
  }
}
