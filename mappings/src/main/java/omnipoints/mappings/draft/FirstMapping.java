package omnipoints.mappings.draft;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.Encoding;
import omnipoints.mappings.Channels;
import omnipoints.mappings.Grain;
import omnipoints.mappings.Recognition;

/**
 * A first mapping for a file nobody knows: guessed from its header and its cells, loadable as it
 * is, and full of remarks about what a person has to look at.
 *
 * @param code of the channel
 * @param yaml text of {@code mappings/<code>.yaml}
 * @param document name of its one document
 * @param sheet null for a file of one table
 * @param headerRow 1-based
 * @param rows below the header
 * @param fields field to column
 * @param unread columns that no field reads
 * @param unknownWords status words whose meaning a person has to give
 * @param look what else a person has to look at, one sentence each
 * @param refusal why even this mapping does not read the file (it is damaged); null if it does
 */
public record FirstMapping(
    String code,
    String yaml,
    String document,
    Grain grain,
    Encoding encoding,
    String sheet,
    int headerRow,
    int rows,
    Map<String, String> fields,
    List<String> unread,
    List<String> unknownWords,
    List<String> look,
    Recognition.Refused refusal) {

  /**
   * Reads the whole file and guesses.
   *
   * @param channels whose words and vocabularies are known
   * @param title of the channel, for people
   * @throws DeliveryRefused the file cannot be read, or nobody can tell what its rows are
   */
  public static FirstMapping of(
      Channels channels, Path file, String fileName, String code, String title) {
    List<UnknownTable> tables = new UnknownFile(channels).tables(file, fileName);
    if (tables.isEmpty()) {
      throw new DeliveryRefused(
          DeliveryOutcome.EMPTY,
          fileName + ": no row looks like a header: two different texts that are no numbers",
          List.of("export the file again with its header"));
    }
    HeaderWords words = HeaderWords.of(channels);
    Vocabulary vocabulary = Vocabulary.of(channels);
    DocumentDraft best =
        tables.stream()
            .map(table -> DocumentDraft.of(table, words, vocabulary))
            .filter(draft -> draft.grain != null)
            .max(Comparator.comparingInt(draft -> draft.fields.size()))
            .orElseThrow(() -> unguessed(fileName, tables));
    for (UnknownTable table : tables) {
      if (table != best.table) best.look.add("another table is not mapped: " + title(table));
    }
    if (best.table.damage() != null)
      best.look.add("the file was read only in part: " + best.table.damage());
    DraftYaml writer = new DraftYaml(best, vocabulary, code, title);
    String drafted = writer.text();
    boolean template = channels.codes().contains(code) && channels.channel(code).template();
    String yaml = template ? KeptDocuments.with(code, drafted) : drafted;
    Channels alone = Channels.written(code, yaml);
    // Of a bundle the members are recognised, not it.
    boolean bundle = channels.bundle(file, null, fileName).isPresent();
    Recognition recognition = bundle ? null : alone.recognise(file, code, fileName);
    return new FirstMapping(
        code,
        yaml,
        best.name(),
        best.grain,
        best.table.encoding(),
        best.table.part().sheet(),
        best.table.headerRow(),
        best.table.count(),
        fields(best),
        best.unread(),
        writer.unknownWords(),
        List.copyOf(best.look),
        recognition instanceof Recognition.Refused refused ? refused : null);
  }

  private static Map<String, String> fields(DocumentDraft draft) {
    Map<String, String> fields = new LinkedHashMap<>();
    draft.fields.forEach((name, field) -> fields.put(name, field.column().header));
    return fields;
  }

  private static DeliveryRefused unguessed(String fileName, List<UnknownTable> tables) {
    List<String> headers = new ArrayList<>();
    for (UnknownTable table : tables) {
      headers.add(
          "\n  "
              + title(table)
              + ", header in row "
              + table.headerRow()
              + ": "
              + String.join(", ", table.header()));
    }
    return new DeliveryRefused(
        DeliveryOutcome.NO_MAPPING,
        fileName
            + ": nobody can tell from the header what its rows are: no order number with an amount,"
            + " no refund number, no goods with quantity and price, no member card with a phone"
            + String.join("", headers),
        List.of("write the mapping by hand: docs/mappings.md explains every word"));
  }

  private static String title(UnknownTable table) {
    String sheet = table.part().sheet();
    return sheet == null ? table.fileName() : table.fileName() + " [" + sheet + "]";
  }
}
