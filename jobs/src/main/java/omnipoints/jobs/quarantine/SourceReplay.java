package omnipoints.jobs.quarantine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import omnipoints.facts.FactRecord;
import omnipoints.files.DeliveryRefused;
import omnipoints.jobs.DocumentFolders;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightRefused;
import omnipoints.jobs.quarantine.ReplayedRow.Role;
import omnipoints.mappings.Channels;
import omnipoints.mappings.RawColumns;
import omnipoints.mappings.RawFile;
import omnipoints.mappings.RawRow;
import omnipoints.mappings.RawRows;
import omnipoints.mappings.Recognition;
import omnipoints.mappings.Recognition.Recognised;
import omnipoints.routes.Archive;

/**
 * Makes the replay of some rows of one delivery: those rows, edited or not, with all rows of their
 * orders, because equal rows of an order are counted within one delivery. Reads the archived bytes
 * under today's mapping and writes nothing.
 */
final class SourceReplay {

  private final Home home;
  private final Channels channels;
  private final Reject.Source source;
  private final List<Known> known;
  private final Path path;
  private final Recognised recognised;
  private final RawColumns columns;
  private final Map<Integer, RawRow> versions = new HashMap<>();

  /** A reject of the delivery, with what it was last replayed as. */
  record Known(
      String id, int row, String column, String state, String recordMasked, Reject.Replayed last) {
    boolean is(String other) {
      return state.equals(other);
    }
  }

  /** What would be registered. */
  record Draft(String file, byte[] bytes, List<ReplayedRow> rows) {}

  private record OrderOf(String shop, String order) {}

  /**
   * @throws NightRefused 9 the bytes are not in the archive; 8 no mapping reads the file as before
   */
  SourceReplay(Home home, Channels channels, Reject.Source source, List<Known> known) {
    this.home = home;
    this.channels = channels;
    this.source = source;
    this.known = known;
    this.path = archived(home, source.sha256(), source.file());
    this.recognised = recognised(path, source.file());
    this.columns = RawColumns.of(recognised);
    readVersions();
  }

  static Path archived(Home home, String sha256, String file) {
    Path path = new Archive(home.archive()).path(sha256);
    if (Files.isRegularFile(path)) return path;
    throw new NightRefused(
        9,
        "NOT_IN_ARCHIVE",
        file + " (sha256 " + sha256 + ") is not in the archive any more",
        List.of("put its bytes back to " + path, "or deliver a corrected file"));
  }

  RawColumns columns() {
    return columns;
  }

  Recognised recognised() {
    return recognised;
  }

  /** The document of the source in a file; a mapping that calls it otherwise now may do so. */
  private Recognised recognised(Path file, String name) {
    Recognition recognition =
        DocumentFolders.recognise(home, channels, source.channel(), source.shop(), file, name);
    if (recognition instanceof Recognition.Refused refused)
      throw new NightRefused(8, refused.outcome().name(), refused.message(), refused.next());
    List<Recognised> parts = recognition.parts();
    if (parts.size() == 1) return parts.get(0);
    return parts.stream()
        .filter(part -> part.document().name().equals(source.document()))
        .findFirst()
        .orElseThrow(
            () ->
                new NightRefused(
                    8,
                    "NO_MAPPING",
                    name + ": the file no longer holds the document " + source.document(),
                    List.of("correct the mapping, or deliver the file anew")));
  }

  private String shopOrNull() {
    return source.shop().isEmpty() ? null : source.shop();
  }

  private List<RawRow> read(Recognised as, Path file, RawRows.Wanted wanted) {
    try {
      return RawRows.read(as, file, shopOrNull(), home.config().zone(), wanted);
    } catch (DeliveryRefused e) {
      throw new NightRefused(8, e.outcome().name(), e.getMessage(), e.next());
    }
  }

  /** The rows of the file that are wanted, as they stand. */
  Map<Integer, RawRow> rows(Set<Integer> wanted) {
    var rows = new TreeMap<Integer, RawRow>();
    for (RawRow row : read(recognised, path, (number, shop, order) -> wanted.contains(number)))
      rows.put(row.row(), row);
    return rows;
  }

  /** The rows as they stand now: as last replayed, else as in the file. */
  Map<Integer, RawRow> current(Set<Integer> wanted) {
    var rows = new TreeMap<>(rows(wanted));
    versions.forEach(
        (row, version) -> {
          if (wanted.contains(row)) rows.put(row, version);
        });
    return rows;
  }

  private void readVersions() {
    Map<String, List<Known>> byReplay =
        known.stream()
            .filter(reject -> reject.last().happened())
            .collect(Collectors.groupingBy(reject -> reject.last().sha256()));
    byReplay.forEach(
        (sha256, rejects) -> {
          Map<Integer, Integer> sourceRow = new HashMap<>();
          rejects.forEach(reject -> sourceRow.put(reject.last().row(), reject.row()));
          Path file = archived(home, sha256, "the replay of " + source.file());
          for (RawRow row :
              read(
                  recognised(file, source.file()),
                  file,
                  (number, shop, order) -> sourceRow.containsKey(number)))
            versions.put(sourceRow.get(row.row()), row);
        });
  }

  /** Index of an edited column. */
  int column(String name, boolean seen) {
    OptionalInt index = columns.find(name);
    if (index.isEmpty()) {
      throw new NightRefused(
          2,
          "NO_SUCH_COLUMN",
          source.file()
              + " has no column "
              + name
              + "; it has "
              + columns.all().stream()
                  .map(RawColumns.RawColumn::name)
                  .collect(Collectors.joining(", ")),
          List.of("name one of these columns, or #7 for the seventh"));
    }
    if (seen && columns.person(index.getAsInt())) {
      throw new NightRefused(
          2,
          "PERSON_ON_COMMAND_LINE",
          "column " + name + " names a person; such a value does not belong on a command line",
          List.of("type --set '" + name + "=-' and give the value on standard input"));
    }
    return index.getAsInt();
  }

  /**
   * Composes the replay.
   *
   * @param targets rows asked for, with new texts by column index
   * @param carried rows that wait in an earlier replay
   */
  Draft compose(Map<Integer, Map<Integer, String>> targets, Set<Integer> carried) {
    Set<Integer> asked = new TreeSet<>(targets.keySet());
    asked.addAll(carried);
    Map<Integer, RawRow> before = current(asked);
    refuseVanished(asked, before);
    Map<Integer, RawRow> after = new TreeMap<>();
    before.forEach(
        (number, row) -> {
          RawRow edited = row;
          for (var edit : targets.getOrDefault(number, Map.of()).entrySet())
            if (!edited.cell(edit.getKey()).equals(edit.getValue()))
              edited = edited.with(edit.getKey(), edit.getValue());
          after.put(number, edited);
        });
    String file = fileName(asked);
    Map<Integer, Role> roles = new TreeMap<>();
    asked.forEach(row -> roles.put(row, targets.containsKey(row) ? Role.TARGET : Role.CARRIED));
    if (RawRows.ofOrders(recognised.document()))
      addSiblings(orders(before, after, file), before, after, roles);
    byte[] bytes = RawFile.of(recognised, List.copyOf(after.values()));
    List<ReplayedRow> rows = readBack(bytes, file, before, after, roles);
    refuseMoved(rows, targets);
    return new Draft(file, bytes, rows);
  }

  /**
   * What the file says besides of orders whose rejects are given up: rows that were withheld with
   * them. Without those that are open still.
   *
   * @return empty where there is nothing else, or nothing that can be read without them
   */
  Optional<Draft> rest(List<Reject> givenUp) {
    if (!RawRows.ofOrders(recognised.document())) return Optional.empty();
    Set<Integer> asked = givenUp.stream().map(Reject::row).collect(Collectors.toSet());
    Set<OrderOf> orders = new HashSet<>();
    for (Reject reject : givenUp)
      if (reject.order() != null) orders.add(new OrderOf(source.shop(), reject.order()));
    for (RawRow row : current(asked).values())
      if (row.order() != null && row.shop() != null)
        orders.add(new OrderOf(row.shop(), row.order()));
    Map<Integer, RawRow> rest = new TreeMap<>();
    Map<Integer, Role> roles = new TreeMap<>();
    addSiblings(orders, new TreeMap<>(), rest, roles);
    roles.values().retainAll(Set.of(Role.SIBLING));
    rest.keySet().retainAll(roles.keySet());
    if (rest.isEmpty()) return Optional.empty();
    String file = fileName(asked);
    byte[] bytes = RawFile.of(recognised, List.copyOf(rest.values()));
    List<ReplayedRow> rows = readBack(bytes, file, rest, rest, roles);
    return moved(rows, Map.of()).isPresent()
        ? Optional.empty()
        : Optional.of(new Draft(file, bytes, rows));
  }

  private void refuseVanished(Set<Integer> asked, Map<Integer, RawRow> found) {
    Set<Integer> gone = new TreeSet<>(asked);
    gone.removeAll(found.keySet());
    if (gone.isEmpty()) return;
    throw new NightRefused(
        8,
        "ROW_NOT_READ",
        source.file() + ": today's mapping does not read row " + gone + " as a row of data",
        List.of(
            "./omnipoints quarantine show <id>", "correct the mapping, or deliver the file anew"));
  }

  /** The orders of the rows, as they stood and as they read now. */
  private Set<OrderOf> orders(
      Map<Integer, RawRow> before, Map<Integer, RawRow> edited, String file) {
    Set<OrderOf> orders = new HashSet<>();
    for (RawRow row : before.values())
      if (row.order() != null && row.shop() != null)
        orders.add(new OrderOf(row.shop(), row.order()));
    byte[] bytes = RawFile.of(recognised, List.copyOf(edited.values()));
    for (RawRow row : onDisk(bytes, path -> read(recognised(path, file), path, (n, s, o) -> true)))
      if (row.order() != null && row.shop() != null)
        orders.add(new OrderOf(row.shop(), row.order()));
    return orders;
  }

  private void addSiblings(
      Set<OrderOf> orders,
      Map<Integer, RawRow> before,
      Map<Integer, RawRow> after,
      Map<Integer, Role> roles) {
    if (orders.isEmpty()) return;
    Set<Integer> open = rowsThatAre("OPEN");
    Set<Integer> settled = rowsThatAre("REPLAYED");
    Set<Integer> rejected = known.stream().map(Known::row).collect(Collectors.toSet());
    Map<Integer, RawRow> siblings = new TreeMap<>();
    for (RawRow row :
        read(recognised, path, (number, shop, order) -> orders.contains(new OrderOf(shop, order))))
      if (!versions.containsKey(row.row())) siblings.put(row.row(), row);
    versions.forEach(
        (number, row) -> {
          if (orders.contains(new OrderOf(row.shop(), row.order()))) siblings.put(number, row);
        });
    siblings.forEach(
        (number, row) -> {
          if (roles.containsKey(number) || !row.rejects().isEmpty()) return;
          // A waived row is given up; one that still cannot be read counts no more than it did.
          if (rejected.contains(number) && !open.contains(number) && !settled.contains(number))
            return;
          roles.put(number, open.contains(number) ? Role.ALONG : Role.SIBLING);
          before.put(number, row);
          after.put(number, row);
        });
  }

  private Set<Integer> rowsThatAre(String state) {
    return known.stream()
        .filter(reject -> reject.is(state))
        .map(Known::row)
        .collect(Collectors.toSet());
  }

  private List<ReplayedRow> readBack(
      byte[] bytes,
      String file,
      Map<Integer, RawRow> before,
      Map<Integer, RawRow> after,
      Map<Integer, Role> roles) {
    List<Integer> numbers = List.copyOf(after.keySet());
    Map<Integer, RawRow> read = new HashMap<>();
    Map<Integer, List<FactRecord.Reject>> conflicts = new HashMap<>();
    onDisk(
        bytes,
        path -> {
          Recognised as = recognised(path, file);
          for (RawRow row : read(as, path, (n, s, o) -> true)) read.put(row.row(), row);
          for (FactRecord.Reject reject :
              RawRows.conflicting(as, path, shopOrNull(), home.config().zone()))
            conflicts.computeIfAbsent(reject.row(), row -> new ArrayList<>()).add(reject);
          return null;
        });
    List<ReplayedRow> rows = new ArrayList<>();
    Set<Integer> nothing = new TreeSet<>();
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      int place = RawFile.firstRow(recognised) + i;
      RawRow now = read.get(place);
      if (now == null) {
        nothing.add(number);
        continue;
      }
      rows.add(
          new ReplayedRow(
              roles.get(number),
              roles.get(number) == Role.SIBLING ? List.of() : idsOf(number),
              number,
              before.get(number),
              now,
              ofRow(conflicts, place, now)));
    }
    refuseEmptied(nothing);
    return rows;
  }

  /** What a row contradicts, if it does: of rows that state an order the others as well. */
  private List<FactRecord.Reject> ofRow(
      Map<Integer, List<FactRecord.Reject>> conflicts, int place, RawRow row) {
    List<FactRecord.Reject> own = conflicts.getOrDefault(place, List.of());
    if (own.isEmpty() || !RawRows.statesOrders(recognised.document())) return own;
    return conflicts.values().stream()
        .flatMap(List::stream)
        .filter(
            reject ->
                reject.order().equals(row.order()) && Objects.equals(reject.shop(), row.shop()))
        .toList();
  }

  private void refuseMoved(List<ReplayedRow> rows, Map<Integer, Map<Integer, String>> targets) {
    Optional<ReplayedRow> moved = moved(rows, targets);
    if (moved.isEmpty()) return;
    throw new NightRefused(
        8,
        "ROW_MOVED",
        source.file()
            + ": row "
            + moved.get().sourceRow()
            + " would come to stand below another order, "
            + moved.get().after().order(),
        List.of(
            "replay the rejected row that states its order together with it",
            "or give the row its own order number by --set"));
  }

  /**
   * A row that would belong to another order: where a document states an order in its first row
   * only, a row belongs to whatever stands above it.
   */
  private Optional<ReplayedRow> moved(
      List<ReplayedRow> rows, Map<Integer, Map<Integer, String>> targets) {
    for (int i = 0; i < rows.size(); i++) {
      ReplayedRow row = rows.get(i);
      boolean told =
          targets.getOrDefault(row.sourceRow(), Map.of()).keySet().stream()
              .anyMatch(columns::order);
      if (told || row.fails() || row.after().order() == null) continue;
      OrderOf now = new OrderOf(row.after().shop(), row.after().order());
      boolean moved;
      if (row.before().order() != null) {
        moved = !now.equals(new OrderOf(row.before().shop(), row.before().order()));
      } else {
        ReplayedRow above = i == 0 ? null : rows.get(i - 1);
        moved =
            recognised.document().orderCellsInFirstRow()
                && above != null
                && above.sourceRow() != row.sourceRow() - 1
                && row.after().order().equals(above.after().order());
      }
      if (moved) return Optional.of(row);
    }
    return Optional.empty();
  }

  private void refuseEmptied(Set<Integer> nothing) {
    if (nothing.isEmpty()) return;
    throw new NightRefused(
        8,
        "ROW_NOT_READ",
        source.file() + ": row " + nothing + " would no longer be a row of data",
        List.of("give its cells values, or ./omnipoints quarantine waive <id> --because '…'"));
  }

  /** The rejects of a row that are not settled by a replay. */
  List<String> idsOf(int row) {
    return known.stream()
        .filter(reject -> reject.row() == row && !reject.is("REPLAYED"))
        .map(Known::id)
        .sorted()
        .toList();
  }

  /** Where the shop stands in the file's name, the replay's name says the same shop. */
  private String fileName(Set<Integer> rows) {
    String first =
        known.stream()
            .filter(reject -> rows.contains(reject.row()))
            .map(Known::id)
            .min(String::compareTo)
            .orElseThrow();
    String plain = "replay-" + first + ".csv";
    if (recognised.channel().shopFileNamePattern() == null) return plain;
    String shop = shopIn(source.file());
    String base = source.file().substring(source.file().lastIndexOf('/') + 1);
    for (String name : List.of(plain, "replay-" + first + "-" + base))
      if (Objects.equals(shopIn(name), shop)) return name;
    return base;
  }

  private String shopIn(String name) {
    String[] names = name.split("/");
    for (int i = names.length - 1; i >= 0; i--) {
      Matcher matcher = recognised.channel().shopFileNamePattern().matcher(names[i]);
      if (matcher.find()) return matcher.group("shop");
    }
    return null;
  }

  private interface OnDisk<T> {
    T read(Path path);
  }

  /** The reader reads files: for the moment of reading there is one, for us alone. */
  private static <T> T onDisk(byte[] bytes, OnDisk<T> reading) {
    try {
      Path file = Files.createTempFile("replay", ".csv");
      try {
        Files.write(file, bytes);
        return reading.read(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a draft of the replay", e);
    }
  }
}
