package omnipoints.console;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of the house that the compiler does not keep. From here all modules can be seen. */
class HouseRulesTest {

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("omnipoints");

  /** Who may know whom; the tour in README.md says why. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "facts", Set.of(),
          "files", Set.of(),
          "mappings", Set.of("files", "facts"),
          "points", Set.of("files", "facts"),
          "sql", Set.of(),
          "routes", Set.of("sql", "files"),
          "books", Set.of("sql", "facts", "points"),
          "jobs", Set.of("sql", "facts", "files", "mappings", "points", "routes"),
          "schedules", Set.of("sql", "facts", "files", "mappings", "points", "routes", "jobs"),
          "console",
              Set.of(
                  "sql",
                  "facts",
                  "files",
                  "mappings",
                  "points",
                  "routes",
                  "books",
                  "jobs",
                  "schedules"));

  private static final String EXACT =
      "floats round: use long fen for money, long for points, rationals for rates, BigDecimal for"
          + " other shares";

  /** Where a clock is made. Everybody else is handed one, or a business date. */
  private static final Set<String> CLOCK_MAKERS = Set.of("omnipoints.console.Surroundings");

  @Test
  void the_scan_saw_the_whole_house() {
    for (String module : ARROWS.keySet()) {
      long seen =
          HOUSE.stream()
              .filter(type -> type.getPackageName().equals("omnipoints." + module))
              .count();
      assertThat(seen).as("classes of " + module).isPositive();
    }
    assertThat(HOUSE.size()).isGreaterThan(150);
  }

  @TestFactory
  List<DynamicTest> each_module_knows_only_those_below_it() {
    return ARROWS.keySet().stream()
        .sorted()
        .map(
            module -> {
              String[] above =
                  ARROWS.keySet().stream()
                      .filter(other -> !other.equals(module) && !ARROWS.get(module).contains(other))
                      .map(other -> "omnipoints." + other + "..")
                      .toArray(String[]::new);
              return DynamicTest.dynamicTest(
                  module,
                  () -> {
                    if (above.length == 0) return;
                    check(
                        noClasses()
                            .that()
                            .resideInAPackage("omnipoints." + module + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(above)
                            .because("what two modules share belongs to the lower one"));
                  });
            })
        .toList();
  }

  @Test
  void packages_form_no_cycle() {
    check(
        slices()
            .matching("omnipoints.(**)")
            .should()
            .beFreeOfCycles()
            .because("what two packages share belongs to the one that the other may use"));
  }

  @Test
  void a_night_knows_nothing_of_those_who_settle_what_it_did_not_trust() {
    check(
        noClasses()
            .that(areOutside("omnipoints.jobs.quarantine..", "omnipoints.console.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("omnipoints.jobs.quarantine..")
            .because(
                "a replay is met as a delivery like any other: use its file, and what the tables"
                    + " say of it"));
  }

  @Test
  void files_that_are_handed_out_know_no_night() {
    check(
        noClasses()
            .that()
            .resideInAPackage("omnipoints.jobs.extract..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("omnipoints.jobs", "omnipoints.jobs.quarantine..")
            .because("the steps say which rows and folders: take them as parameters"));
  }

  @Test
  void what_reads_files_knows_nothing_of_those_who_draft_a_first_mapping() {
    check(
        noClasses()
            .that(areOutside("omnipoints.mappings.draft..", "omnipoints.console.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("omnipoints.mappings.draft..")
            .because("a guess is for a person to confirm: use the mapping that came of it"));
  }

  @Test
  void yaml_is_read_in_one_place() {
    check(
        noClasses()
            .that(areOutside("omnipoints.files.yaml.."))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("org.snakeyaml..", "org.yaml..", "tools.jackson.dataformat.."))
            .because("files.yaml.YamlSource knows lines, refuses keys given twice and aliases"));
  }

  @Test
  void facts_are_values_and_know_nothing_but_the_language() {
    check(
        noClasses()
            .that()
            .resideInAPackage("omnipoints.facts..")
            .should()
            .dependOnClassesThat(areOutside("omnipoints.facts..").and(areOutside("java..")))
            .because("facts come in as values: mappings read them, jobs fetch and store them"));
    check(
        noClasses()
            .that()
            .resideInAPackage("omnipoints.facts..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "java.net..", "java.io..", "java.nio.file..")
            .because(
                "I/O is done by the files, sql and routes modules; facts take what they read"));
  }

  @Test
  void rules_of_points_and_meanings_of_fields_touch_neither_files_nor_networks_nor_databases() {
    check(
        noClasses()
            .that()
            .resideInAPackage("omnipoints.points..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.sql..",
                "java.net..",
                "javax.sql..",
                "org.springframework..",
                "org.apache.camel..")
            .because("what points decide comes in as values: jobs read it and hand it over"));
    check(
        noClasses()
            .that()
            .resideInAPackage("omnipoints.points..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("omnipoints.files..").and(areOutside("omnipoints.files.yaml..")))
            .because(
                "of files, points use the reader of YAML, for programmes; rows come as facts"));
    check(
        noClasses()
            .that()
            .resideInAnyPackage("omnipoints.files..", "omnipoints.mappings..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.sql..", "javax.sql..", "org.springframework..", "org.apache.camel..")
            .because("records go to a Consumer: jobs write them, routes bring the files"));
  }

  @Test
  void statements_stand_in_files_and_only_the_sql_module_hands_text_to_the_driver() {
    check(
        noClasses()
            .that(areOutside("omnipoints.sql.."))
            .should()
            .dependOnClassesThat(
                named(
                    "java.sql.DriverManager",
                    "java.sql.Statement",
                    "java.sql.PreparedStatement",
                    "java.sql.CallableStatement",
                    "java.sql.Date",
                    "java.sql.Time",
                    "java.sql.Timestamp"))
            .because("they belong into sql/statements, run through Statements and Database"));
    check(
        noClasses()
            .that(areOutside("omnipoints.sql.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.postgresql.."))
            .because("use Database, Statement and BinaryCopy of the sql module instead"));
  }

  @Test
  void time_is_a_parameter() {
    check(
        noClasses()
            .that(DescribedPredicate.not(named(CLOCK_MAKERS.toArray(String[]::new))))
            .should()
            .callMethodWhere(target("the wall clock", HouseRulesTest::asksTheWallClock))
            .because(
                "business date and clock are handed in: use those; clocks are made in "
                    + CLOCK_MAKERS));
  }

  private static boolean asksTheWallClock(MethodCallTarget target) {
    String owner = target.getOwner().getName();
    boolean withoutClock =
        target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
    if (owner.startsWith("java.time.") && target.getName().equals("now")) return withoutClock;
    if (owner.equals("java.time.Clock"))
      return target.getName().startsWith("system") || target.getName().startsWith("tick");
    return owner.equals("java.lang.System") && target.getName().equals("currentTimeMillis");
  }

  @Test
  void old_dates_stay_out() {
    check(
        noClasses()
            .that(areOutside("omnipoints.schedules.."))
            .should()
            .dependOnClassesThat(
                named("java.util.Date", "java.util.Calendar", "java.text.SimpleDateFormat"))
            .because(
                "they carry a hidden zone; use Instant, LocalDate and facts.Times instead. Quartz"
                    + " speaks in them, so schedules may"));
  }

  @Test
  void points_and_money_never_meet_a_float() {
    DescribedPredicate<JavaClass> floating =
        DescribedPredicate.describe(
            "float or double",
            type ->
                Set.of("double", "float", "java.lang.Double", "java.lang.Float")
                    .contains(type.getName()));
    String[] exact = {
      "omnipoints.facts..",
      "omnipoints.files..",
      "omnipoints.points..",
      "omnipoints.mappings..",
      "omnipoints.books..",
      "omnipoints.jobs..",
      "omnipoints.sql.."
    };
    check(
        noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(exact)
            .should()
            .haveRawType(floating)
            .because(EXACT));
    check(
        noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(exact)
            .should()
            .haveRawReturnType(floating)
            .because(EXACT));
    check(
        noMethods()
            .that(
                DescribedPredicate.<JavaMethod>describe(
                    "take a float or double",
                    method -> method.getRawParameterTypes().stream().anyMatch(floating)))
            .should()
            .beDeclaredInClassesThat()
            .resideInAnyPackage(exact)
            .because(EXACT)
            .allowEmptyShould(true));
  }

  @Test
  void nobody_sleeps_and_nobody_draws_unseeded() {
    check(
        noClasses()
            .should()
            .callMethodWhere(
                target(
                    "Thread.sleep or Math.random",
                    target ->
                        target.getOwner().isEquivalentTo(Thread.class)
                                && target.getName().equals("sleep")
                            || target.getOwner().isEquivalentTo(Math.class)
                                && target.getName().equals("random")))
            .because("waiting is done on locks and by sql.Retries, a seed is handed in"));
    check(
        noClasses()
            .should()
            .callConstructor(java.util.Random.class)
            .because("a seed is handed in: new SplittableRandom(seed)"));
  }

  @Test
  void one_hash_and_one_printer_of_instants() {
    check(
        noClasses()
            .that(areOutside("omnipoints.facts.."))
            .and(areOutside("omnipoints.routes.."))
            .and(areOutside("omnipoints.sql.."))
            .should()
            .callMethod(java.security.MessageDigest.class, "getInstance", String.class)
            .because("facts.Sha256 gives the digest; routes and sql do not see facts"));
    check(
        noClasses()
            .that(DescribedPredicate.not(named("omnipoints.facts.Times")))
            .should()
            .accessField(java.time.format.DateTimeFormatter.class, "ISO_OFFSET_DATE_TIME")
            .orShould()
            .dependOnClassesThat(named("java.time.format.DateTimeFormatterBuilder"))
            .because("facts.Times prints instants"));
  }

  @Test
  void only_the_console_prints() {
    check(
        noClasses()
            .that(areOutside("omnipoints.console.."))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because(
                "stdout carries the result of a verb and nothing else: a console.Answer says it, a"
                    + " Logger or a Progress the rest"));
  }

  @Test
  void names_say_what_a_thing_is() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Common|Impl|Dto|DTO|Base)")
            .orShould()
            .resideInAnyPackage(
                "..common..", "..util..", "..helper..", "..model..", "..core..", "..impl..")
            .because("a thing is named after what it does, in the module that does it"));
  }

  private static DescribedPredicate<JavaMethodCall> target(
      String description, java.util.function.Predicate<MethodCallTarget> test) {
    return DescribedPredicate.describe(description, call -> test.test(call.getTarget()));
  }

  private static DescribedPredicate<JavaClass> areOutside(String... packages) {
    return DescribedPredicate.not(resideInAnyPackage(packages));
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    Set<String> set = Set.of(names);
    return DescribedPredicate.describe(
        String.join(" or ", set), type -> set.contains(type.getName()));
  }

  private static void check(ArchRule rule) {
    rule.check(HOUSE);
  }
}
