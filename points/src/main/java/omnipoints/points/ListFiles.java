package omnipoints.points;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import omnipoints.facts.Sha256;
import omnipoints.points.rules.NamedLists;

/**
 * The sets and calendars one version names: {@code sets/<set>.csv} with column {@code value},
 * {@code calendars/<name>.csv} with column {@code date}. What was read belongs to the version: to
 * its hash, and, as comments below the file, to what the books keep of it. Not thread-safe.
 */
final class ListFiles implements NamedLists {
  /** No list lies anywhere. */
  static final Supplier<ListFiles> NONE = () -> new ListFiles(path -> null);

  private static final String HEAD = "#% ";
  private static final String LINE = "#: ";

  private final Function<String, byte[]> bytes;
  private final SortedMap<String, String> read = new TreeMap<>();
  private final Set<String> problems = new LinkedHashSet<>();

  /**
   * @param bytes of the file of a path such as {@code sets/partners.csv}, null if there is none
   */
  ListFiles(Function<String, byte[]> bytes) {
    this.bytes = bytes;
  }

  /** The lists that stand below a version as the books keep it. */
  static ListFiles kept(String source) {
    Map<String, StringBuilder> texts = new TreeMap<>();
    StringBuilder text = null;
    for (String line : source.split("\n")) {
      if (line.startsWith(HEAD)) {
        text = new StringBuilder();
        texts.put(line.substring(HEAD.length()), text);
      } else if (text != null && line.startsWith(LINE)) {
        text.append(line.substring(LINE.length())).append('\n');
      }
    }
    return new ListFiles(
        path ->
            texts.containsKey(path)
                ? texts.get(path).toString().getBytes(StandardCharsets.UTF_8)
                : null);
  }

  /** {@code <file>:<line>: <what is wrong>} of every list that was read. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public Set<String> set(String name) {
    List<ListColumn.Cell> cells = cells("sets/" + name + ".csv", "value");
    return cells == null
        ? null
        : cells.stream().map(ListColumn.Cell::text).collect(Collectors.toSet());
  }

  @Override
  public Set<LocalDate> calendar(String name) {
    String path = "calendars/" + name + ".csv";
    List<ListColumn.Cell> cells = cells(path, "date");
    if (cells == null) return null;
    var dates = new LinkedHashSet<LocalDate>();
    for (ListColumn.Cell cell : cells) {
      try {
        dates.add(LocalDate.parse(cell.text()));
      } catch (DateTimeException e) {
        problems.add(
            "programs/"
                + path
                + ":"
                + cell.line()
                + ": date: "
                + cell.text()
                + " is no date such as 2026-11-02");
      }
    }
    return dates;
  }

  /** Null where there is no file. */
  private List<ListColumn.Cell> cells(String path, String column) {
    byte[] file = bytes.apply(path);
    if (file == null) return null;
    ListColumn list = ListColumn.read(file, column);
    read.put(path, list.text());
    if (list.problem() != null) problems.add("programs/" + path + ":" + list.problem());
    return list.cells();
  }

  /** Where a version comes from, together with the lists that were read for it. */
  Program.Source source(
      String file, String text, byte[] yaml, int versionLine, int effectiveFromLine) {
    if (read.isEmpty())
      return new Program.Source(file, text, Sha256.hex(yaml), versionLine, effectiveFromLine);
    var whole = new StringBuilder(text);
    if (!text.endsWith("\n")) whole.append('\n');
    var hashes = new StringBuilder(Sha256.hex(yaml)).append('\n');
    read.forEach(
        (path, content) -> {
          whole.append(HEAD).append(path).append('\n');
          content.lines().forEach(line -> whole.append(LINE).append(line).append('\n'));
          hashes
              .append(path)
              .append(' ')
              .append(Sha256.hex(content.getBytes(StandardCharsets.UTF_8)))
              .append('\n');
        });
    return new Program.Source(
        file,
        whole.toString(),
        Sha256.hex(hashes.toString().getBytes(StandardCharsets.UTF_8)),
        versionLine,
        effectiveFromLine);
  }
}
