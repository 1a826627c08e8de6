package omnipoints.mappings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import omnipoints.mappings.Recognition.Recognised;
import omnipoints.mappings.Recognition.Refused;

/** Looks at one file: size, container, encoding, header. Every refusal says what was tried. */
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
      if (size == 0) return empty("has 0 bytes");
      List<Channel> willing =
          candidates.stream().filter(c -> size <= c.limits().fileBytes()).toList();
      if (willing.isEmpty()) return tooLarge(size);
      byte[] head = head();
      Refused container = otherContainer(head);
      if (container != null) return container;
      boolean bom = startsWith(head, 0xef, 0xbb, 0xbf);
      if (bom && size == 3) return empty("holds nothing but a byte order mark");
      return byEncoding(willing, bom);
    } catch (IOException e) {
      throw new UncheckedIOException(fileName + " cannot be read", e);
    }
  }

  private byte[] head() throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(512);
    }
  }

  private Recognition byEncoding(List<Channel> willing, boolean bom) throws IOException {
    List<EncodingProbe> probes = probe(willing, bom);
    EncodingProbe good = probes.stream().filter(EncodingProbe::decodes).findFirst().orElse(null);
    if (good != null && good.nulByte() >= 0) {
      return broken(
          "byte " + good.nulByte() + " is NUL: this is no text file",
          DeliveryOutcome.STRUCTURE_BROKEN);
    }
    // A damaged UTF-8 file nearly always decodes as GB18030 nonsense: if the header says what it
    // was, say so.
    Recognition recognised = null;
    if (good != null) {
      recognised = byHeader(willing, good.encoding(), true);
      if (!(recognised instanceof Refused refused)
          || refused.outcome() == DeliveryOutcome.AMBIGUOUS_MAPPING) {
        return recognised;
      }
    }
    List<EncodingProbe> failed = probes.stream().filter(probe -> !probe.decodes()).toList();
    for (EncodingProbe bad : failed) {
      if (byHeader(willing, bad.encoding(), false) instanceof Recognised)
        return undecodable(bad, probes);
    }
    return good != null ? recognised : undecodable(failed.get(0), probes);
  }

  private List<EncodingProbe> probe(List<Channel> willing, boolean bom) throws IOException {
    List<EncodingProbe> probes = new ArrayList<>();
    if (bom) {
      probes.add(EncodingProbe.of(file, Encoding.UTF_8_BOM));
      return probes;
    }
    Set<String> names = new LinkedHashSet<>();
    willing.forEach(channel -> names.addAll(channel.encodings()));
    for (String name : names) {
      EncodingProbe probe = EncodingProbe.of(file, Encoding.of(name));
      probes.add(probe);
      if (probe.decodes()) break;
    }
    return probes;
  }

  private Refused undecodable(EncodingProbe bad, List<EncodingProbe> probes) {
    if (bad.torn()) {
      String rule = "the file ends inside a character of " + bad.encoding() + ": it is torn";
      return broken(rule, DeliveryOutcome.TRUNCATED);
    }
    String tried =
        probes.stream()
            .filter(probe -> !probe.decodes())
            .map(probe -> probe.encoding() + " fails at byte " + probe.badByte())
            .collect(Collectors.joining(", "));
    return broken("the bytes are no text: " + tried, DeliveryOutcome.STRUCTURE_BROKEN);
  }

  /** The best row for one document, for the message. */
  private record Nearest(int row, Columns columns) {}

  private Recognition byHeader(List<Channel> willing, Encoding encoding, boolean strict) {
    List<Recognised> found = new ArrayList<>();
    Map<Document, Nearest> nearest = new LinkedHashMap<>();
    DeliveryRefused damage = null;
    int rows = 0;
    for (Channel channel : willing) {
      String declared = encoding == Encoding.GB18030 ? "gb18030" : "utf-8";
      if (!channel.encodings().contains(declared)) continue;
      try (RowSource source =
          CsvRowSource.open(file, fileName, encoding, channel.limits(), strict)) {
        CellText cell = new CellText(channel.unwrap());
        List<Document> open = new ArrayList<>(channel.documents());
        Row row;
        while (!open.isEmpty()
            && (row = source.next()) != null
            && row.number <= channel.limits().headerWithinRows()) {
          HeaderRow header = HeaderRow.of(row, cell);
          if (header.width() > 0) rows++;
          for (Document document : List.copyOf(open)) {
            Columns columns = Columns.of(document, header);
            if (columns.complete()) {
              found.add(recognised(channel, document, encoding, header));
              open.remove(document);
            } else {
              nearest.merge(document, new Nearest(header.row(), columns), Recogniser::nearer);
            }
          }
        }
      } catch (DeliveryRefused e) {
        damage = e;
      }
    }
    if (found.size() == 1) return found.get(0);
    if (found.size() > 1) return ambiguous(found);
    if (damage != null) return new Refused(damage.outcome(), damage.getMessage(), damage.next());
    if (rows == 0) return empty("holds nothing but blank rows");
    return noMapping(nearest, encoding);
  }

  private Recognised recognised(
      Channel channel, Document document, Encoding encoding, HeaderRow header) {
    return new Recognised(
        channel, document, encoding, fileName, header.row(), header.cells(), channels);
  }

  private static Nearest nearer(Nearest one, Nearest other) {
    return other.columns.requiredFound() > one.columns.requiredFound() ? other : one;
  }

  private Refused noMapping(Map<Document, Nearest> nearest, Encoding encoding) {
    StringBuilder message = new StringBuilder(fileName);
    message.append(": no mapping recognises this file (read as ").append(encoding).append(')');
    nearest.forEach(
        (document, near) -> message.append("\n  ").append(near.columns.whyNot(document, near.row)));
    return new Refused(
        DeliveryOutcome.NO_MAPPING,
        message.toString(),
        List.of(
            "export the file again with the missing columns",
            "or, if a column was renamed, add its new name as an alias in mappings/<channel>.yaml of the home"));
  }

  private Refused ambiguous(List<Recognised> found) {
    String titles =
        found.stream().map(one -> one.document().title()).collect(Collectors.joining(" and "));
    return new Refused(
        DeliveryOutcome.AMBIGUOUS_MAPPING,
        fileName + ": both " + titles + " recognise this file",
        List.of(
            "name the channel (--channel, or the inbox folder), or require a further column in one mapping"));
  }

  private Refused empty(String why) {
    return new Refused(
        DeliveryOutcome.EMPTY,
        fileName + ": the file " + why,
        List.of("check the export; there is nothing to read"));
  }

  private Refused tooLarge(long size) {
    long limit =
        candidates.stream().mapToLong(channel -> channel.limits().fileBytes()).max().orElse(0);
    return new Refused(
        DeliveryOutcome.TOO_LARGE,
        fileName + ": the file has " + size + " bytes, the mapping allows " + limit,
        List.of(
            "split the file along orders, or raise limits.file_mib in mappings/<channel>.yaml of the home"));
  }

  private Refused broken(String rule, DeliveryOutcome outcome) {
    return new Refused(
        outcome,
        fileName + ": " + rule,
        List.of(
            "fetch or export the file again and deliver it anew; nothing of this one was used"));
  }

  private Refused otherContainer(byte[] head) {
    String what = null;
    if (startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff)) what = "UTF-16 text";
    else if (startsWith(head, 'P', 'K', 3, 4)) what = "a ZIP archive or an XLSX workbook";
    else if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) what = "an XLS workbook";
    else if (startsWith(head, 0x1f, 0x8b)) what = "gzip data";
    else if (startsWith(head, '%', 'P', 'D', 'F')) what = "a PDF";
    if (what == null) return null;
    return new Refused(
        DeliveryOutcome.NO_MAPPING,
        fileName + ": the file is " + what + ", no mapping reads that",
        List.of("export it as CSV in UTF-8 or GBK"));
  }

  private static boolean startsWith(byte[] head, int... bytes) {
    if (head.length < bytes.length) return false;
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xff) != bytes[i]) return false;
    }
    return true;
  }
}
