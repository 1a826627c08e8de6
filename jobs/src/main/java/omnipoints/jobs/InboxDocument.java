package omnipoints.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.facts.FactRecord;
import omnipoints.jobs.extract.Csv;
import omnipoints.mappings.Channels;
import omnipoints.mappings.OwnDocuments;
import omnipoints.mappings.Recognition;
import omnipoints.mappings.RecordReader;

/**
 * A document of our own with one row, put into the inbox as a shop would: what a command says goes
 * into the books by the same way as every delivery, and its file stays in the archive.
 */
public final class InboxDocument {

  private InboxDocument() {}

  /**
   * Puts it where that document may be delivered, complete, once it has been read back.
   *
   * @param number what tells it from others of its kind; part of its file's name
   * @param cells by column; a column that is missing is empty
   * @return the file
   * @throws NightRefused 2 the row cannot be read as it stands; 8 no folder may deliver the
   *     document, or one of that number lies there already
   */
  public static Path put(
      Home home, Channels channels, String document, String number, Map<String, String> cells)
      throws IOException {
    Path folder = home.inbox().resolve(folder(home, document));
    Files.createDirectories(folder);
    String name = document + "-" + number.replaceAll("[^\\p{L}\\p{N}_-]", "_") + ".csv";
    Path file = folder.resolve(name);
    if (Files.exists(file))
      throw new NightRefused(
          8,
          "ALREADY_THERE",
          file + " waits for the next night already",
          List.of("./omnipoints nightly"));
    Path part = folder.resolve(name + ".part");
    write(part, OwnDocuments.columns(document), cells);
    try {
      check(home, channels, part, name);
    } catch (NightRefused e) {
      Files.delete(part);
      throw e;
    }
    Files.move(part, file);
    Files.createFile(folder.resolve(name + ".done"));
    return file;
  }

  private static String folder(Home home, String document) {
    Map<String, Set<String>> named = home.config().documents().named();
    Set<String> program = named.get(DocumentFolders.PROGRAM);
    if (program == null || program.contains(document)) return DocumentFolders.PROGRAM;
    return named.entrySet().stream()
        .filter(folder -> folder.getValue().contains(document))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new NightRefused(
                    8,
                    "NO_FOLDER",
                    "no folder may deliver the document " + document,
                    List.of("add " + document + " to documents: in omnipoints.yaml")));
  }

  private static void write(Path part, List<String> columns, Map<String, String> cells)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(part)) {
      var csv = new Csv(out, Csv.Reader.MACHINE);
      csv.row(columns.toArray(String[]::new));
      csv.row(columns.stream().map(cells::get).toArray(String[]::new));
      csv.flush();
    }
  }

  /** What a night would reject is told here and now. */
  private static void check(Home home, Channels channels, Path part, String name) {
    Recognition recognition = channels.recognise(part, DocumentFolders.PROGRAM, name);
    if (recognition instanceof Recognition.Refused refused)
      throw new NightRefused(2, refused.outcome().name(), refused.message(), refused.next());
    var faults = new ArrayList<String>();
    for (Recognition.Recognised one : recognition.parts())
      RecordReader.read(
          one,
          part,
          null,
          home.config().zone(),
          record -> {
            if (record instanceof FactRecord.Reject reject)
              faults.add(
                  reject.column()
                      + ": "
                      + reject.reason()
                      + (reject.value().isEmpty() ? "" : " '" + reject.value() + "'"));
          });
    if (!faults.isEmpty())
      throw new NightRefused(
          2,
          "UNREADABLE",
          String.join("; ", faults),
          List.of("say it again with another value for what is named"));
  }
}
