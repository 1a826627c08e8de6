package omnipoints.mappings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import omnipoints.files.Container;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.Encoding;
import omnipoints.files.Limits;
import omnipoints.files.Part;
import omnipoints.files.Refusals;
import omnipoints.files.Workbook;
import omnipoints.mappings.Recognition.Refused;

/** Looks at one file: size, then container by its first bytes, then whoever reads that. */
final class Recogniser {
  private final Channels channels;
  private final List<Channel> candidates;
  private final Path file;
  private final String fileName;

  Recogniser(Channels channels, List<Channel> candidates, Path file, String fileName) {
    this.channels = channels;
    this.candidates = candidates;
    this.file = file;
    this.fileName = fileName;
  }

  Recognition recognise() {
    try {
      long size = Files.size(file);
      if (size == 0) return empty(fileName, "the file has 0 bytes");
      Container container = Container.of(file);
      if (container != Container.JSON && candidates.stream().allMatch(Channel::template))
        return template();
      List<Channel> willing =
          candidates.stream().filter(c -> size <= c.limits().fileBytes()).toList();
      if (willing.isEmpty()) return tooLarge(size);
      return read(container, willing);
    } catch (DeliveryRefused e) {
      return Refused.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(fileName + " cannot be read", e);
    }
  }

  private Recognition read(Container container, List<Channel> willing) throws IOException {
    TextRecogniser text = new TextRecogniser(channels, willing, file, fileName);
    SheetRecogniser sheets = new SheetRecogniser(channels, willing, fileName);
    Limits limits = widest(willing);
    switch (container) {
      case TEXT -> {
        return text.recognise();
      }
      case JSON -> {
        return new JsonRecogniser(channels, willing, file, fileName).recognise();
      }
      case UTF_16LE, UTF_16BE -> {
        boolean little = container == Container.UTF_16LE;
        Encoding encoding = little ? Encoding.UTF_16LE_BOM : Encoding.UTF_16BE_BOM;
        if (willing.stream().noneMatch(channel -> channel.encodings().contains("utf-16"))) {
          return unread(container.words());
        }
        return text.recognise(encoding);
      }
      case HTML -> {
        Encoding encoding = text.encoding();
        try (Workbook page = Workbook.open(Part.Format.HTML, file, fileName, encoding, limits)) {
          return sheets.recognise(page, encoding);
        }
      }
      case ZIP -> {
        if (!Workbook.in(file, fileName, limits)) {
          return unread(
              "a ZIP archive or another office document: its members are deliveries, not it");
        }
        try (Workbook workbook =
            Workbook.open(Part.Format.XLSX, file, fileName, Encoding.XLSX, limits)) {
          return sheets.recognise(workbook, Encoding.XLSX);
        }
      }
      case OLE -> {
        try (Workbook workbook =
            Workbook.open(Part.Format.XLS, file, fileName, Encoding.XLS, limits)) {
          return sheets.recognise(workbook, Encoding.XLS);
        }
      }
      default -> {
        return unread(container.words());
      }
    }
  }

  /** While the channel is not known, a file may be as large as the most generous one permits. */
  static Limits widest(List<Channel> channels) {
    return channels.stream().map(Channel::limits).reduce(Limits::or).orElseThrow();
  }

  private Refused unread(String what) {
    return new Refused(
        DeliveryOutcome.NO_MAPPING,
        fileName + ": the file is " + what + ", no mapping reads that",
        List.of("export it as XLSX, or as CSV in UTF-8 or GBK"));
  }

  static Refused empty(String fileName, String why) {
    return new Refused(
        DeliveryOutcome.EMPTY,
        fileName + ": " + why,
        List.of("check the export; there is nothing to read"));
  }

  /** So many documents that came near are told, of each sheet. */
  private static final int NEAREST_TOLD = 3;

  /**
   * {@code whyNot}: by sheet, or under "" for a file of one table, what each document misses, the
   * nearest first; {@code nearestOrNull}: the document whose header the file nearly has.
   */
  static Refused noMapping(
      String fileName,
      String readAs,
      Map<String, List<String>> whyNot,
      HeaderSearch.Nearest nearestOrNull) {
    Drift drift = nearestOrNull == null ? null : nearestOrNull.drift();
    boolean renamed = drift != null && drift.renamed().stream().anyMatch(Drift.Renamed::required);
    List<String> next = new ArrayList<>();
    next.add("export the file again with the missing columns");
    if (renamed) next.addAll(drift.advice(nearestOrNull.document()));
    else
      next.add(
          "or, if a column was renamed, add its new name as an alias in mappings/<channel>.yaml of the home");
    next.add("./omnipoints channel new FILE");
    StringBuilder told = new StringBuilder();
    List<String> all = new ArrayList<>();
    int untold = 0;
    for (Map.Entry<String, List<String>> sheet : whyNot.entrySet()) {
      List<String> lines = sheet.getValue();
      boolean named = !sheet.getKey().isEmpty();
      if (named) told.append("\n sheet ").append(sheet.getKey()).append(':');
      lines.stream().limit(NEAREST_TOLD).forEach(line -> told.append("\n  ").append(line));
      lines.forEach(line -> all.add(named ? sheet.getKey() + ": " + line : line));
      untold += Math.max(0, lines.size() - NEAREST_TOLD);
    }
    if (untold > 0)
      told.append("\n  … and ").append(untold).append(" less like it; channel check --all");
    if (renamed)
      told.append("\n  nearest is ")
          .append(nearestOrNull.document().title())
          .append(": ")
          .append(drift.line());
    return new Refused(
        DeliveryOutcome.NO_MAPPING,
        fileName + ": no mapping recognises this file (read as " + readAs + ")" + told,
        List.copyOf(next),
        List.copyOf(all));
  }

  /** The same refusal of a file that a mapping of another channel knows. */
  static Refused elsewhere(Refused refused, Recognition.Recognised known) {
    String channel = known.channel().code();
    List<String> next = new ArrayList<>();
    next.add(
        "put it where the files of "
            + channel
            + " arrive: inbox/"
            + channel
            + (known.channel().shopFrom().isEmpty() ? "/" : "/<shop>/"));
    next.add("./omnipoints channel check FILE --channel " + channel);
    int end = refused.message().indexOf('\n');
    String rule = end < 0 ? refused.message() : refused.message().substring(0, end);
    return new Refused(
        refused.outcome(),
        rule
            + ", but as "
            + known.document().title()
            + " it is known: it lies in the wrong folder"
            + refused.message().substring(rule.length()),
        List.copyOf(next),
        refused.others());
  }

  private Refused template() {
    Channel channel = candidates.get(0);
    return new Refused(
        DeliveryOutcome.NO_MAPPING,
        fileName + ": the mapping of " + channel.code() + " is a template: it has no document yet",
        List.of("./omnipoints channel new FILE --channel " + channel.code()));
  }

  static Refused ambiguous(String fileName, String claim) {
    return new Refused(
        DeliveryOutcome.AMBIGUOUS_MAPPING,
        fileName + ": " + claim,
        List.of(
            "name the channel (--channel, or the inbox folder), or require a further column in one mapping"));
  }

  private Refused tooLarge(long size) {
    long limit =
        candidates.stream().mapToLong(channel -> channel.limits().fileBytes()).max().orElse(0);
    return Refused.of(
        Refusals.tooLarge(
            fileName, "the file has " + size + " bytes, the mapping allows " + limit, "file_mib"));
  }
}
