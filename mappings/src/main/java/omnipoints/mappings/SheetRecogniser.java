package omnipoints.mappings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.Encoding;
import omnipoints.files.Part;
import omnipoints.files.RowSource;
import omnipoints.files.Workbook;
import omnipoints.mappings.Recognition.Recognised;
import omnipoints.mappings.Recognition.Several;

/**
 * Finds the documents among the sheets of a workbook, by their headers. Sheets nobody knows are
 * skipped when another one is known.
 */
final class SheetRecogniser {
  private final Channels channels;
  private final List<Channel> willing;
  private final String fileName;

  SheetRecogniser(Channels channels, List<Channel> willing, String fileName) {
    this.channels = channels;
    this.willing = willing;
    this.fileName = fileName;
  }

  Recognition recognise(Workbook workbook, Encoding encoding) {
    List<Part> sheets = workbook.sheets();
    List<Recognised> found = new ArrayList<>();
    Map<String, List<String>> whyNot = new LinkedHashMap<>();
    HeaderSearch.Nearest nearest = null;
    int rows = 0;
    for (Part sheet : sheets) {
      HeaderSearch search = new HeaderSearch();
      List<Recognised> ofSheet = new ArrayList<>();
      for (Channel channel : willing) {
        try (RowSource source = workbook.rows(sheet)) {
          search.in(source, channel, one -> ofSheet.add(recognised(channel, one, encoding, sheet)));
        }
      }
      if (ofSheet.size() > 1) {
        return Recogniser.ambiguous(
            fileName, "both " + titles(ofSheet) + " recognise the sheet " + sheet.sheet());
      }
      found.addAll(ofSheet);
      rows += search.rows();
      HeaderSearch.Nearest near = search.nearest();
      if (near != null && (nearest == null || near.share() > nearest.share())) nearest = near;
      if (search.rows() > 0) whyNot.put(sheet.sheet(), search.whyNot());
    }
    if (found.isEmpty()) {
      return rows == 0
          ? Recogniser.empty(fileName, "no visible sheet of the workbook has a row")
          : Recogniser.noMapping(fileName, encoding.toString(), whyNot, nearest);
    }
    Recognition twice = twice(found);
    if (twice != null) return twice;
    return found.size() == 1 ? found.get(0) : new Several(List.copyOf(found));
  }

  private Recognised recognised(
      Channel channel, HeaderSearch.Found found, Encoding encoding, Part sheet) {
    HeaderRow header = found.header();
    return new Recognised(
        channel,
        found.document(),
        encoding,
        fileName,
        header.row(),
        header.cells(),
        channels,
        sheet);
  }

  private static String titles(List<Recognised> found) {
    return found.stream().map(one -> one.document().title()).collect(Collectors.joining(" and "));
  }

  /** A delivery is known by its document and its file's bytes: it cannot be there twice. */
  private Recognition twice(List<Recognised> found) {
    Map<String, Recognised> first = new LinkedHashMap<>();
    for (Recognised one : found) {
      Recognised other = first.putIfAbsent(one.document().title(), one);
      if (other == null) continue;
      return new Recognition.Refused(
          DeliveryOutcome.AMBIGUOUS_MAPPING,
          fileName
              + ": both sheets "
              + other.part().sheet()
              + " and "
              + one.part().sheet()
              + " are "
              + one.document().title(),
          List.of("deliver them as two files, or hide the sheet that does not count"));
    }
    return null;
  }
}
