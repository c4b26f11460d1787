package io.scrubjay.net.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// OpenSSL's cipher lists in terms of the JDK's suites: `NAME`, `A+B` for all suites in both
/// groups, `ALL`, `DEFAULT` and `HIGH` for any, each of them taken away by `!` or `-` before it, or
/// moved behind the others by `+`. Names the JDK lacks and `@` words are passed over, as OpenSSL
/// passes over what it lacks. As there, a list says nothing about TLS 1.3, whose suites all stay.
///
/// Source: OpenSSL's ciphers(1).
final class CipherList {
  private static final String BETWEEN_KEY_AND_CIPHER = "_WITH_";

  private CipherList() {}

  /// Those of `suites` that the list allows, in the list's order. Empty when it names none.
  static List<String> select(String list, List<String> suites) {
    Set<String> chosen = new LinkedHashSet<>();
    Set<String> banned = new LinkedHashSet<>();
    for (String word : list.split("[:, ]+", -1)) {
      char sign = word.isEmpty() ? ' ' : word.charAt(0);
      String name = "!-+".indexOf(sign) < 0 ? word : word.substring(1);
      List<String> meant = suites.stream().filter(suite -> names(name, suite)).toList();
      switch (sign) {
        case '!' -> banned.addAll(meant);
        case '-' -> meant.forEach(chosen::remove);
        case '+' -> meant.stream().filter(chosen::remove).toList().forEach(chosen::add);
        default -> chosen.addAll(meant);
      }
    }
    chosen.removeAll(banned);
    if (chosen.isEmpty()) {
      return List.of();
    }
    List<String> all = new ArrayList<>(suites.stream().filter(CipherList::isTls13).toList());
    all.addAll(chosen);
    return all;
  }

  private static boolean names(String word, String suite) {
    if (isTls13(suite) || word.isEmpty()) {
      return false;
    }
    String name = openSslName(suite);
    if (word.equals(suite)) {
      return true;
    }
    List<String> parts = Arrays.asList(name.split("-", -1));
    return Arrays.stream(word.split("\\+", -1)).allMatch(part -> hasPart(name, parts, part));
  }

  /// Suites named without their key exchange use RSA for it. A hash is one that authenticates
  /// records, which ciphers that do so themselves have none of. Words are told apart by case.
  private static boolean hasPart(String name, List<String> parts, String part) {
    boolean sha1 = parts.contains("SHA");
    return switch (part) {
      case "ALL", "DEFAULT", "HIGH" -> true;
      case "ECDHE", "EECDH", "kECDHE", "kEECDH" -> parts.contains("ECDHE");
      case "ECDH" -> parts.contains("ECDHE") || parts.contains("ECDH");
      case "DHE", "EDH", "kDHE", "kEDH", "DH" -> parts.contains("DHE");
      case "ECDSA", "aECDSA" -> parts.contains("ECDSA");
      case "DSS", "aDSS" -> parts.contains("DSS");
      case "kRSA", "RSA" -> name.startsWith("AES");
      case "aRSA" -> parts.contains("RSA") || name.startsWith("AES");
      case "AES" -> name.contains("AES");
      case "AES128", "AES256", "CHACHA20" -> parts.contains(part);
      case "AESGCM" -> parts.contains("GCM");
      case "CBC" -> !parts.contains("GCM") && !parts.contains("CHACHA20");
      case "SHA", "SHA1" -> sha1;
      case "SHA256", "SHA384" -> parts.contains(part) && !parts.contains("GCM");
      case "TLSv1.2" -> !sha1;
      case "TLSv1", "TLSv1.0" -> sha1 && parts.contains("ECDHE");
      case "SSLv3" -> sha1 && !parts.contains("ECDHE");
      default -> name.equals(part);
    };
  }

  private static boolean isTls13(String suite) {
    return !suite.contains(BETWEEN_KEY_AND_CIPHER);
  }

  /// `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` is `ECDHE-RSA-AES128-GCM-SHA256`.
  static String openSslName(String suite) {
    int with = suite.indexOf(BETWEEN_KEY_AND_CIPHER);
    String exchange = suite.substring(suite.indexOf('_') + 1, with);
    String cipher =
        suite
            .substring(with + BETWEEN_KEY_AND_CIPHER.length())
            .replace("AES_", "AES")
            .replace("_CBC", "")
            .replace("CHACHA20_POLY1305_SHA256", "CHACHA20_POLY1305");
    return (exchange.equals("RSA") ? cipher : exchange + "_" + cipher).replace('_', '-');
  }
}
