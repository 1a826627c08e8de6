package omnipoints.mappings;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.files.DeliveryRefused;

/**
 * What one file is and what is wrong with it, without touching any delivery: the answer of {@code
 * channel check}.
 *
 * @param file name of the file
 * @param recognition which mapping reads it, or why none does
 * @param others for every other document, why it is not this file: {@code tmall/line_list: row 1
 *     lacks 购买数量}
 * @param unmapped headers that no field reads
 * @param drift how the header differs from what the mapping knows; null if the file was refused
 * @param summary null if the file was refused
 * @param counts number of records by kind: {@code order}, {@code line}, {@code refund}, {@code
 *     binding}, {@code member}, {@code balance}, {@code reject}
 * @param first the first records, rejects not counted
 * @param rejects the first rejects, at most {@link #MAX_REJECTS}; {@code counts} has the number of
 *     all
 * @param refusal outcome, message and next actions if the file cannot be used; null if it can
 */
public record CheckReport(
    String file,
    Recognition recognition,
    List<String> others,
    List<String> unmapped,
    Drift drift,
    ReadSummary summary,
    Map<String, Long> counts,
    List<FactRecord> first,
    List<FactRecord.Reject> rejects,
    Recognition.Refused refusal) {
  /** Rejects kept in a report. */
  public static final int MAX_REJECTS = 1000;

  private static final int FIRST = 10;

  /**
   * Reads {@code file} and tells everything about every part: each document of a workbook, each
   * member of a bundle, one after the other. Never empty.
   *
   * @param channelCodeOrNull look at this channel only
   * @param folderShopOrNull shop by folder or configuration; without one, rows of unknown shop have
   *     shop null
   * @param sink gets every record in file order, as {@code --records} prints them
   */
  public static List<CheckReport> all(
      Channels channels,
      Path file,
      String channelCodeOrNull,
      String folderShopOrNull,
      ZoneId zone,
      Consumer<FactRecord> sink) {
    CheckedFile checked =
        new CheckedFile(channels, channelCodeOrNull, folderShopOrNull, zone, sink);
    return checked.reports(file, file.getFileName().toString());
  }

  static CheckReport refused(String file, Recognition.Refused refused) {
    return new CheckReport(
        file, refused, List.of(), List.of(), null, null, Map.of(), List.of(), List.of(), refused);
  }

  /** Reads one document of a file. */
  static CheckReport of(
      Recognition.Recognised recognised,
      Path file,
      String folderShopOrNull,
      ZoneId zone,
      Consumer<FactRecord> sink) {
    Map<String, Long> counts = new LinkedHashMap<>();
    List<FactRecord> first = new ArrayList<>();
    List<FactRecord.Reject> rejects = new ArrayList<>();
    // Rows that contradict each other are rejects the reader by itself does not see.
    Set<Integer> rejectedRows = new HashSet<>();
    ReadSummary summary = null;
    Recognition.Refused refusal = null;
    try {
      ReadSummary read =
          CheckedRecords.read(
              recognised,
              file,
              folderShopOrNull,
              zone,
              record -> {
                counts.merge(kind(record), 1L, Long::sum);
                if (record instanceof FactRecord.Reject reject) {
                  rejectedRows.add(reject.row());
                  if (rejects.size() < MAX_REJECTS) rejects.add(reject);
                } else if (first.size() < FIRST) first.add(record);
                sink.accept(record);
              });
      summary =
          new ReadSummary(
              read.document(),
              read.encoding(),
              read.rows(),
              rejectedRows.size(),
              read.filteredRows(),
              read.doubled(),
              read.shopNames());
    } catch (DeliveryRefused e) {
      refusal = Recognition.Refused.of(e);
    }
    return new CheckReport(
        recognised.fileName(),
        recognised,
        others(recognised.channels(), recognised),
        recognised.unmapped(),
        recognised.drift(),
        summary,
        counts,
        first,
        rejects,
        refusal);
  }

  /** Name of the sheet the report is about; null for a file of one table. */
  public String sheet() {
    return recognition instanceof Recognition.Recognised known && !known.document().ofJson()
        ? known.part().sheet()
        : null;
  }

  private static List<String> others(Channels channels, Recognition.Recognised recognised) {
    HeaderRow header = HeaderRow.of(recognised);
    List<String> others = new ArrayList<>();
    for (String code : channels.codes()) {
      for (Document document : channels.channel(code).documents()) {
        if (document.equals(recognised.document())) continue;
        if (document.ofJson() != recognised.document().ofJson()) continue;
        others.add(Columns.of(document, header).whyNot(document, header.row()));
      }
    }
    return others;
  }

  private static String kind(FactRecord record) {
    if (record instanceof FactRecord.OrderRecord) return "order";
    if (record instanceof FactRecord.LineRecord) return "line";
    if (record instanceof FactRecord.RefundRecord) return "refund";
    if (record instanceof FactRecord.BindingRecord) return "binding";
    if (record instanceof FactRecord.BalanceRecord) return "balance";
    if (record instanceof FactRecord.AckRecord) return "ack";
    if (record instanceof FactRecord.SettlementRecord) return "settlement";
    if (record instanceof FactRecord.OwnRecord own) return OwnDocuments.name(own.says().getClass());
    return record instanceof FactRecord.MemberRecord ? "member" : "reject";
  }
}
