package omnipoints.points;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import omnipoints.facts.Sha256;
import omnipoints.points.rules.Bound;
import omnipoints.points.rules.GrantRule;
import omnipoints.points.rules.LadderGiven;
import omnipoints.points.rules.Limit;
import omnipoints.points.rules.Occasion;

/**
 * A points programme: its versions side by side. Each is in force from its own date until the day
 * before the next one's, so an event of any date has one version that decides it, whatever night it
 * arrives in.
 *
 * @param versions at least one, by version; version and effective_from grow together
 */
public record Programme(String name, List<Program> versions) {

  /**
   * @throws ProgramRefused when a version is missing or does not begin after the one before it
   */
  public Programme {
    versions = versions.stream().sorted(Comparator.comparingInt(Program::version)).toList();
    refuseDisorder(name, versions);
  }

  /** The version in force on a date; null before the first, when nothing is earned. */
  public Program at(LocalDate date) {
    Program found = null;
    for (Program version : versions) {
      if (version.effectiveFrom().isAfter(date)) break;
      found = version;
    }
    return found;
  }

  /** Whether a rule of any version asks facts of orders and their owners. */
  public boolean asksFacts() {
    return versions.stream().anyMatch(version -> !version.rates().isEmpty());
  }

  /** Whether a rule of any version asks one of these facts, such as {@code tag}. */
  public boolean asks(String... words) {
    List<String> all = List.of(words);
    for (Program version : versions) if (version.rates().ask(all)) return true;
    return false;
  }

  /** Whether a rule of any version gives awards of their own beside the rate. */
  boolean grants() {
    for (Program version : versions) if (!version.rates().grants().isEmpty()) return true;
    return false;
  }

  /** A version by its number; null where it is not known. */
  public Program version(int number) {
    for (Program version : versions) if (version.version() == number) return version;
    return null;
  }

  /** Whether a return asks the money of a rule of any version again. */
  boolean requalifies() {
    for (Program version : versions) if (version.rates().requalify()) return true;
    return false;
  }

  /** Whether orders of any version earn on money that points took off them. */
  public boolean earnsOnWhole() {
    return versions.stream().anyMatch(version -> version.redeem().earnsOnWhole());
  }

  /** Whether any version rounds once for an order. */
  boolean ofOrders() {
    for (Program version : versions) if (version.earn().scope() == Program.Scope.ORDER) return true;
    return false;
  }

  /** Whether a rule of any version answers to such occasions. */
  public boolean answers(Occasion.Kind kind) {
    for (Program version : versions) if (version.rates().answer(kind)) return true;
    return false;
  }

  /** Whether a rule of the version of that date gives on it. */
  public boolean gives(LocalDate at) {
    Program version = at(at);
    return version != null && version.rates().give(at);
  }

  /** Whether a rule of any version answers to activities. */
  public boolean asksActivities() {
    return versions.stream().anyMatch(version -> version.rates().askActivities());
  }

  /** Whether a rule of any version gives something for the first order of a member. */
  public boolean hasSlot() {
    return versions.stream().anyMatch(Program::hasSlot);
  }

  /** Ids of those rules. */
  public List<String> slotRules() {
    return rules(rule -> rule.bound().slot() != null);
  }

  /** Ids of rules for orders that give one member so much in a period. */
  public List<String> limitRules() {
    return rules(rule -> rule.ofPurchase() && rule.bound().limit() != null);
  }

  /** Ids of rules that give one member so much ever, whatever they answer to but friends. */
  public List<String> memberLimitRules() {
    return rules(
        rule ->
            rule.ofPurchase() && perMember(rule.bound().limit())
                || rule.activities() != null && perMember(rule.activities().limit()));
  }

  /** Ids of rules that pay one member for so many friends ever. */
  public List<String> friendLimitRules() {
    return rules(
        rule ->
            rule.occasion() != null
                && rule.occasion().kind() == Occasion.Kind.REFERRAL
                && perMember(rule.bound().limit()));
  }

  private static boolean perMember(Limit limit) {
    return limit != null && limit.per() == Limit.Per.MEMBER;
  }

  /** Ids of rules that give so many points over all members. */
  public List<String> budgetRules() {
    return rules(rule -> rule.bound().budget() != null);
  }

  /** Ids of those to which returns give points back. */
  public List<String> refillRules() {
    return rules(rule -> rule.bound().budget() != null && rule.bound().budget().refill());
  }

  private List<String> rules(Predicate<GrantRule> like) {
    return versions.stream()
        .flatMap(version -> version.rates().grants().stream())
        .filter(like)
        .map(GrantRule::id)
        .distinct()
        .toList();
  }

  /** What bounds a rule of the version of that moment, beyond its cause. */
  public Bound bound(String rule, Instant at, ZoneId zone) {
    return at(LocalDate.ofInstant(at, zone)).grant(rule).bound();
  }

  /** Ids of rules that count days in a row. */
  public List<String> ladderRules() {
    return rules(rule -> rule.given() instanceof LadderGiven);
  }

  /** Whether a version takes back what a tier gave that a return takes. */
  public boolean charges() {
    return versions.stream().anyMatch(version -> version.tiers().charge());
  }

  /** How many days late an activity may come at most and still count for a ladder. */
  public int ladderLateDays() {
    return versions.stream()
        .flatMap(version -> version.rates().grants().stream())
        .filter(rule -> rule.given() instanceof LadderGiven)
        .mapToInt(rule -> rule.activities().acceptLateDays())
        .max()
        .orElse(0);
  }

  /** Whether a version bounds what rules multiply by together. */
  public boolean capped() {
    for (Program version : versions) if (version.rates().capped()) return true;
    return false;
  }

  /** Whether something other than its cause bounds a rule of any version. */
  public boolean bounds() {
    return versions.stream()
        .flatMap(version -> version.rates().grants().stream())
        .anyMatch(rule -> rule.bound().binds());
  }

  /** What a first award of that date pins where no rule counts; null before the first version. */
  public PinnedRule rule(LocalDate date) {
    Program version = at(date);
    return version == null ? null : version.rule();
  }

  /** The version a night itself follows: that in force on its date, else the first to come. */
  public Program ofNight(LocalDate night) {
    Program version = at(night);
    return version == null ? versions.get(0) : version;
  }

  /**
   * The programme together with versions that have booked and are no longer among its files: what
   * they promised stays promised. Files go before them.
   *
   * @throws ProgramRefused when a version lies between them that nobody gives
   */
  public Programme with(List<Program> booked) {
    List<Program> all = new ArrayList<>(versions);
    for (Program version : booked)
      if (versions.stream().noneMatch(v -> v.version() == version.version())) all.add(version);
    return new Programme(name, all);
  }

  /**
   * SHA-256 (lower-case hex) of the rules: of the one version's file, or over the hashes of all.
   */
  public String hash() {
    if (versions.size() == 1) return versions.get(0).hash();
    StringBuilder all = new StringBuilder();
    for (Program version : versions)
      all.append(version.version()).append(' ').append(version.hash()).append('\n');
    return Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void refuseDisorder(String name, List<Program> versions) {
    List<String> problems = new ArrayList<>();
    for (int i = 1; i < versions.size(); i++) {
      Program before = versions.get(i - 1);
      Program version = versions.get(i);
      if (version.version() == before.version()) {
        problems.add(
            version.source().versionAt()
                + ": version: "
                + version.version()
                + " is also that of "
                + before.source().versionAt()
                + "; each version is one file");
      } else if (version.version() != before.version() + 1) {
        problems.add(
            version.source().versionAt()
                + ": version: "
                + version.version()
                + " follows "
                + before.version()
                + " of "
                + before.source().versionAt()
                + "; raise the version by 1, or give the one between");
      }
      if (version.version() != before.version()
          && !version.effectiveFrom().isAfter(before.effectiveFrom())) {
        problems.add(
            version.source().effectiveFromAt()
                + ": effective_from: "
                + version.effectiveFrom()
                + " is not after "
                + before.effectiveFrom()
                + " of version "
                + before.version()
                + " ("
                + before.source().effectiveFromAt()
                + "); a later version begins later");
      }
    }
    if (!problems.isEmpty()) throw new ProgramRefused(name, problems);
  }
}
