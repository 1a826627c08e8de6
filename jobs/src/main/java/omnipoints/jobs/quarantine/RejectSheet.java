package omnipoints.jobs.quarantine;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.exceptions.CsvValidationException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import omnipoints.facts.FactRecord;
import omnipoints.jobs.Home;
import omnipoints.jobs.NightRefused;
import omnipoints.jobs.Setup;
import omnipoints.jobs.extract.Csv;
import omnipoints.jobs.extract.SheetCell;
import omnipoints.mappings.RawColumns;
import omnipoints.mappings.RawColumns.RawColumn;
import omnipoints.mappings.RawRow;
import omnipoints.sql.Database;

/**
 * Rejected rows as a table that people edit in a spreadsheet: one line per row, with the raw cells
 * of the columns its mapping reads. Of what is about a person only the faulty cell is shown, and of
 * a row whose cells stand under wrong headers nothing else. Read back, changed cells are edits.
 */
public final class RejectSheet {
  private static final List<String> OWN = List.of("id", "reason", "column", "file", "row");
  private static final Charset GB18030 = Charset.forName("GB18030");

  private final Map<String, Line> lines = new TreeMap<>();
  private final Map<String, String> idOfRow = new HashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();

  private record Line(
      List<Reject> rejects,
      Reject.Source source,
      RawRow row,
      RawColumns columns,
      Set<Integer> shown) {

    String cell(int index) {
      return shown.contains(index) ? row.cell(index) : "";
    }
  }

  private RejectSheet() {}

  /**
   * Writes the selected open rejects: CSV, UTF-8 with a byte order mark, LF.
   *
   * @return lines written
   */
  public static int write(
      Home home, Database database, Reject.Selection selection, OutputStream out)
      throws IOException {
    RejectSheet sheet = of(home, database, selection);
    out.write(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
    Csv csv = new Csv(out, Csv.Reader.PEOPLE);
    List<String> header = new ArrayList<>(OWN);
    sheet.columns.forEach(name -> header.add(SheetCell.out(name)));
    csv.row(header.toArray(String[]::new));
    sheet.lines.forEach(
        (id, line) -> {
          List<String> cells =
              new ArrayList<>(
                  List.of(
                      SheetCell.out(id),
                      told(line.rejects(), Reject::reason),
                      SheetCell.out(told(line.rejects(), Reject::column)),
                      SheetCell.out(line.source().file()),
                      String.valueOf(line.rejects().get(0).row())));
          for (String name : sheet.columns) {
            OptionalInt index = line.columns().find(name);
            cells.add(index.isEmpty() ? "" : SheetCell.out(line.cell(index.getAsInt())));
          }
          csv.row(cells.toArray(String[]::new));
        });
    csv.flush();
    return sheet.lines.size();
  }

  private static String told(
      List<Reject> rejects, java.util.function.Function<Reject, String> what) {
    return rejects.stream()
        .map(what)
        .filter(text -> !text.isEmpty())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static RejectSheet of(Home home, Database database, Reject.Selection selection) {
    RejectSheet sheet = new RejectSheet();
    Setup setup = Setup.load(home);
    try (Connection connection = database.connection()) {
      Map<Reject.Source, List<Reject>> bySource = new LinkedHashMap<>();
      for (Reject reject : Reject.select(connection, selection))
        bySource.computeIfAbsent(reject.source(), source -> new ArrayList<>()).add(reject);
      for (var entry : bySource.entrySet()) {
        Reject.Source source = entry.getKey();
        var replay =
            new SourceReplay(home, setup.channels(), source, Replay.known(connection, source));
        sheet.add(source, replay, entry.getValue());
      }
      return sheet;
    } catch (SQLException e) {
      throw new NightRefused(
          9, "DB_FAILED", e.getMessage(), List.of("./omnipoints quarantine list"));
    }
  }

  private void add(Reject.Source source, SourceReplay replay, List<Reject> rejects) {
    Map<Integer, List<Reject>> byRow =
        rejects.stream()
            .collect(Collectors.groupingBy(Reject::row, TreeMap::new, Collectors.toList()));
    Map<Integer, RawRow> rows = replay.current(byRow.keySet());
    byRow.forEach(
        (number, ofRow) -> {
          RawRow row = rows.get(number);
          if (row == null) return;
          Line line =
              new Line(ofRow, source, row, replay.columns(), shown(replay.columns(), row, ofRow));
          line.shown().forEach(index -> columns.add(name(replay.columns(), index)));
          String id = ofRow.get(0).id();
          lines.put(id, line);
          ofRow.forEach(reject -> idOfRow.put(reject.id(), id));
        });
  }

  private static String name(RawColumns columns, int index) {
    List<RawColumn> all = columns.all();
    return index < all.size() ? all.get(index).name() : "#" + (index + 1);
  }

  private static Set<Integer> shown(RawColumns columns, RawRow row, List<Reject> rejects) {
    Set<Integer> shown = new LinkedHashSet<>();
    for (RawColumn column : columns.all())
      if (column.read() && !column.person() && !row.shifted()) shown.add(column.index());
    Set<String> faulty = new HashSet<>();
    rejects.forEach(reject -> faulty.add(reject.column()));
    for (FactRecord.Reject reject : row.rejects()) faulty.add(reject.column());
    for (String name : faulty) if (!name.isEmpty()) columns.find(name).ifPresent(shown::add);
    return shown;
  }

  /**
   * Reads an edited sheet: what changed against the rows as they stand now.
   *
   * @param file UTF-8 or GB18030, as spreadsheets save it
   * @throws NightRefused 8 SHEET_REFUSED with every problem and its line; 2 no such file
   */
  public static ReplayRequest read(Home home, Database database, Path file, boolean force) {
    List<String> problems = new ArrayList<>();
    List<Typed> typed = parse(text(file), problems);
    Set<String> ids = typed.stream().map(Typed::id).collect(Collectors.toSet());
    Set<String> unknown = unknown(database, ids);
    for (Typed line : typed)
      if (unknown.contains(line.id()))
        problems.add("line " + line.line() + ": there is no rejected row '" + line.id() + "'");
    ids.removeAll(unknown);
    RejectSheet sheet =
        ids.isEmpty() ? new RejectSheet() : of(home, database, Reject.Selection.of(ids));
    Map<String, Map<String, ReplayRequest.Edit>> edits = new TreeMap<>();
    for (Typed line : typed) if (!unknown.contains(line.id())) sheet.compare(line, edits, problems);
    if (!problems.isEmpty()) {
      throw new NightRefused(
          8,
          "SHEET_REFUSED",
          file.getFileName() + ": nothing was done: " + String.join("; ", problems),
          List.of(
              "mend these lines and import the file again",
              "or ./omnipoints quarantine export --out FILE.csv   for a fresh one"));
    }
    return new ReplayRequest(Reject.Selection.of(edits.keySet()), edits, force);
  }

  private record Typed(long line, String id, Map<String, String> cells) {}

  private static List<Typed> parse(String text, List<String> problems) {
    List<Typed> typed = new ArrayList<>();
    try (CSVReader reader =
        new CSVReaderBuilder(new StringReader(text))
            .withCSVParser(new RFC4180ParserBuilder().build())
            .build()) {
      String[] header = reader.readNext();
      List<String> names = names(header == null ? new String[0] : header);
      int id = names.indexOf("id");
      if (id < 0) {
        problems.add("line 1: there is no column 'id'; is this a file that export wrote?");
        return typed;
      }
      while (true) {
        long line = reader.getLinesRead() + 1;
        String[] cells = reader.readNext();
        if (cells == null) return typed;
        if (cells.length == 1 && cells[0].isBlank()) continue;
        if (cells.length > names.size()) {
          problems.add("line " + line + ": it has more cells than the header");
          continue;
        }
        Map<String, String> byName = new LinkedHashMap<>();
        Set<String> own = new HashSet<>(OWN);
        for (int i = 0; i < cells.length; i++)
          if (!own.remove(names.get(i))) byName.put(names.get(i), cells[i]);
        String key = id < cells.length ? SheetCell.in(cells[id]).strip() : "";
        typed.add(new Typed(line, key, byName));
      }
    } catch (CsvValidationException | IOException e) {
      problems.add("it is no CSV: " + e.getMessage());
      return typed;
    }
  }

  private static List<String> names(String[] header) {
    List<String> names = new ArrayList<>();
    for (String cell : header) names.add(SheetCell.in(cell.strip()));
    return names;
  }

  private void compare(
      Typed typed, Map<String, Map<String, ReplayRequest.Edit>> edits, List<String> problems) {
    Line line = lines.get(idOfRow.getOrDefault(typed.id(), typed.id()));
    if (line == null) {
      problems.add("line " + typed.line() + ": " + typed.id() + " is not read by today's mapping");
      return;
    }
    Map<String, ReplayRequest.Edit> changed = new TreeMap<>();
    typed
        .cells()
        .forEach(
            (name, cell) -> {
              OptionalInt index = line.columns().find(name);
              String text = SheetCell.in(cell);
              if (index.isEmpty()) {
                if (!text.isEmpty())
                  problems.add(
                      "line "
                          + typed.line()
                          + ": "
                          + line.source().file()
                          + " has no column "
                          + name);
                return;
              }
              String stands = line.cell(index.getAsInt());
              if (!text.equals(stands) && !cell.equals(stands))
                changed.put(name, new ReplayRequest.Edit(text, false));
            });
    if (changed.isEmpty()) return;
    boolean settled = line.rejects().stream().allMatch(r -> r.state().equals("REPLAYED"));
    if (settled) {
      problems.add("line " + typed.line() + ": " + typed.id() + " was replayed already");
      return;
    }
    if (edits.put(line.rejects().get(0).id(), changed) != null)
      problems.add("line " + typed.line() + ": " + typed.id() + " comes twice");
  }

  private static Set<String> unknown(Database database, Set<String> ids) {
    try (Connection connection = database.connection()) {
      return new HashSet<>(
          Reject.SQL
              .statement("unknown")
              .list(connection, Map.of("ids", ids), row -> row.getString(1)));
    } catch (SQLException e) {
      throw new NightRefused(
          9, "DB_FAILED", e.getMessage(), List.of("./omnipoints quarantine list"));
    }
  }

  private static String text(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
      } catch (CharacterCodingException notUtf8) {
        return GB18030.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      }
    } catch (IOException e) {
      throw new NightRefused(
          2,
          "CANNOT_READ",
          file + " cannot be read: " + e.getMessage(),
          List.of("./omnipoints quarantine export --out FILE.csv"));
    }
  }
}
