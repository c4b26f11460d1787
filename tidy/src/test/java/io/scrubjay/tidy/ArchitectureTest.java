package io.scrubjay.tidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the arrows of docs/house.md: which room may know which.
class ArchitectureTest {
  private static final String ROOT = "io.scrubjay.";

  /// Room to the rooms it may know, in the order of the arrows: a room is named after all that it
  /// knows, which rules cycles out. A room that is missing here fails the test.
  private static final Map<String, Set<String>> ARROWS = arrows();

  private static Map<String, Set<String>> arrows() {
    var arrows = new LinkedHashMap<String, Set<String>>();
    arrows.put("memory", Set.of());
    arrows.put("protocol", Set.of("memory"));
    arrows.put("engine", Set.of("memory"));
    arrows.put("net", Set.of("memory"));
    arrows.put("testkit", Set.of("memory", "engine", "net"));
    arrows.put("engine-slab", Set.of("memory", "engine"));
    arrows.put("engine-lldb", Set.of("memory", "engine"));
    arrows.put("server", Set.of("memory", "protocol", "engine", "net"));
    arrows.put("cli", Set.of("engine", "server"));
    arrows.put("bench", Set.copyOf(arrows.keySet()));
    return arrows;
  }

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.scrubjay");

  /// The room of a class of ours, or null: `io.scrubjay.engine.slab` is engine-slab.
  private static String roomOf(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(ROOT)) {
      return "";
    }
    String[] words = name.substring(ROOT.length()).split("\\.", -1);
    boolean inner = words.length > 1 && ARROWS.containsKey(words[0] + "-" + words[1]);
    return inner ? words[0] + "-" + words[1] : words[0];
  }

  private static DescribedPredicate<JavaClass> outside(String... rooms) {
    Set<String> names = Set.of(rooms);
    return DescribedPredicate.describe(
        "outside of " + new TreeSet<>(names), type -> !names.contains(roomOf(type)));
  }

  private static DescribedPredicate<JavaCall<?>> callOf(Class<?> owner, String... methods) {
    Set<String> names = Set.of(methods);
    return DescribedPredicate.describe(
        owner.getSimpleName() + " " + new TreeSet<>(names),
        call -> call.getTargetOwner().isAssignableTo(owner) && names.contains(call.getName()));
  }

  @Test
  void everyRoomIsSeen() {
    assertTrue(CLASSES.size() > 50, () -> "only " + CLASSES.size() + " classes were imported");
    Set<String> seen =
        CLASSES.stream()
            .map(ArchitectureTest::roomOf)
            .collect(Collectors.toCollection(HashSet::new));
    seen.remove("tidy");
    assertEquals(new TreeSet<>(ARROWS.keySet()), new TreeSet<>(seen));
  }

  @Test
  void aRoomKnowsOnlyWhatItsArrowsAllow() {
    var broken = new TreeSet<String>();
    for (JavaClass type : CLASSES) {
      String from = roomOf(type);
      Set<String> allowed = ARROWS.getOrDefault(from, Set.of());
      type.getDirectDependenciesFromSelf().stream()
          .filter(dependency -> !roomOf(dependency.getTargetClass()).isEmpty())
          .filter(dependency -> !roomOf(dependency.getTargetClass()).equals(from))
          .filter(dependency -> !allowed.contains(roomOf(dependency.getTargetClass())))
          .forEach(dependency -> broken.add(dependency.getDescription()));
    }
    assertEquals(Set.of(), broken);
  }

  @Test
  void theArrowsHaveNoCycle() {
    Set<String> before = new HashSet<>();
    ARROWS.forEach(
        (room, known) -> {
          assertTrue(before.containsAll(known), () -> room + " knows a room named after it");
          before.add(room);
        });
  }

  @Test
  void packagesHaveNoCycle() {
    SlicesRuleDefinition.slices()
        .matching("io.scrubjay.(**)")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void nobodyUsesUnsafeOrTheJdksInternals() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("sun.misc.Unsafe")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("jdk.internal..")
        .check(CLASSES);
  }

  @Test
  void onlyThePersistentEngineKnowsRocksDb() {
    noClasses()
        .that(outside("engine-lldb", "bench"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rocksdb..")
        .check(CLASSES);
  }

  @Test
  void onlyMemoryAndNetGiveASegmentANewSize() {
    noClasses()
        .that(outside("memory", "net"))
        .should()
        .callMethodWhere(callOf(java.lang.foreign.MemorySegment.class, "reinterpret"))
        .check(CLASSES);
  }

  /// `net` asks which system it runs on, in one class: a fact about the machine, not a setting.
  @Test
  void onlyTheCommandLineReadsPropertiesAndEnvironment() {
    noClasses()
        .that(outside("cli", "bench", "testkit"))
        .and()
        .doNotHaveFullyQualifiedName("io.scrubjay.net.Platform")
        .should()
        .callMethodWhere(callOf(System.class, "getProperty", "getProperties", "getenv"))
        .check(CLASSES);
  }
}
