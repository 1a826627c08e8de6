package omnipoints.console;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import omnipoints.console.Json.Raw;
import omnipoints.facts.FactRecord;
import omnipoints.jobs.quarantine.FileReplay;
import omnipoints.jobs.quarantine.Replay;
import omnipoints.jobs.quarantine.ReplayedRow;
import omnipoints.jobs.quarantine.ReplayedRow.Role;
import omnipoints.mappings.RecordJson;

/** What a replay would do, or has registered: before and after, and what each row reads as now. */
final class ReplayAnswer {
  private static final int SHOWN = 20;

  private ReplayAnswer() {}

  private record Told(
      boolean dryRun,
      boolean registered,
      List<Delivery> deliveries,
      List<Skipped> skipped,
      int stillRejected,
      List<String> next) {}

  private record Delivery(
      String channel,
      String shop,
      String document,
      String file,
      String sha256,
      String sourceFile,
      String sourceSha256,
      boolean waits,
      List<Row> rows) {}

  private record Row(
      Role role,
      List<String> ids,
      int sourceRow,
      int row,
      String beforeMasked,
      String afterMasked,
      List<Raw> reads,
      List<Raw> conflicts) {}

  private record Skipped(String id, Replay.Why why, List<Raw> rejects) {}

  static Answer of(Call call, Replay replay, boolean dry, ZoneId zone) {
    RecordJson records = new RecordJson(zone);
    List<String> next = next(call, replay, dry);
    Told told =
        new Told(
            dry,
            !dry && replay.deliveries().stream().anyMatch(d -> !d.waits()),
            replay.deliveries().stream().map(delivery -> delivery(delivery, records)).toList(),
            replay.skipped().stream()
                .map(s -> new Skipped(s.id(), s.why(), raw(s.rejects(), records)))
                .toList(),
            replay.stillRejected().size(),
            next);
    boolean vain =
        replay.deliveries().isEmpty()
            && replay.skipped().stream().anyMatch(s -> s.why() == Replay.Why.STILL_REJECTED);
    return new Answer(
        vain && !dry ? Exit.REFUSED : Exit.OK,
        told,
        page -> print(page, replay, dry, records, next));
  }

  private static List<Raw> raw(List<? extends FactRecord> records, RecordJson json) {
    return records.stream().map(record -> new Raw(json.line(record))).toList();
  }

  private static Delivery delivery(Replay.Delivery delivery, RecordJson json) {
    return new Delivery(
        delivery.source().channel(),
        delivery.source().shop(),
        delivery.source().document(),
        delivery.file(),
        delivery.sha256(),
        delivery.source().file(),
        delivery.source().sha256(),
        delivery.waits(),
        delivery.rows().stream().map(row -> row(row, json)).toList());
  }

  private static Row row(ReplayedRow row, RecordJson json) {
    return new Row(
        row.role(),
        row.ids(),
        row.sourceRow(),
        row.after().row(),
        row.before().masked(),
        row.after().masked(),
        raw(row.after().records(), json),
        raw(row.conflicts(), json));
  }

  private static List<String> next(Call call, Replay replay, boolean dry) {
    List<String> next = new ArrayList<>();
    if (dry && !replay.deliveries().isEmpty() && replay.stillRejected().isEmpty())
      next.add(call.words().say("quarantine.replay.for_real"));
    if (!dry && !replay.deliveries().isEmpty()) next.add(call.command("nightly"));
    replay.stillRejected().stream()
        .flatMap(row -> row.ids().stream())
        .findFirst()
        .ifPresent(id -> next.add(call.command("quarantine", "show", id)));
    replay.skipped().stream()
        .filter(s -> s.why() == Replay.Why.STILL_REJECTED)
        .findFirst()
        .ifPresent(s -> next.add(call.command("quarantine", "show", s.id())));
    if (next.isEmpty()) next.add(call.command("quarantine", "list"));
    return next;
  }

  private static void print(
      Page page, Replay replay, boolean dry, RecordJson json, List<String> next) {
    if (replay.deliveries().isEmpty()) page.say("quarantine.replay.nothing");
    for (Replay.Delivery delivery : replay.deliveries()) {
      String key = delivery.waits() ? "waits" : dry ? "would" : "done";
      page.say(
          "quarantine.replay." + key,
          delivery.file(),
          delivery.rows().size(),
          delivery.source().file(),
          delivery.source().channel(),
          delivery.source().shop());
      long siblings = delivery.rows().stream().filter(row -> row.role() == Role.SIBLING).count();
      if (siblings > 0) page.say("quarantine.replay.siblings", siblings);
      delivery.rows().stream()
          .filter(row -> row.role() != Role.SIBLING)
          .limit(SHOWN)
          .forEach(row -> print(page, row, json));
      long more = delivery.rows().size() - siblings - SHOWN;
      if (more > 0) page.say("more.later", more);
    }
    Map<Replay.Why, List<String>> skipped = new TreeMap<>();
    replay
        .skipped()
        .forEach(s -> skipped.computeIfAbsent(s.why(), why -> new ArrayList<>()).add(s.id()));
    skipped.forEach(
        (why, ids) -> page.say("quarantine.skipped." + why, ids.size(), shortened(ids)));
    page.next(next);
  }

  static String shortened(List<String> ids) {
    return String.join(" ", ids.subList(0, Math.min(5, ids.size()))) + (ids.size() > 5 ? " …" : "");
  }

  private static void print(Page page, ReplayedRow row, RecordJson json) {
    page.blank()
        .say("quarantine.replay.row", row.sourceRow(), String.join(" ", row.ids()), row.role());
    page.say("quarantine.history.before", row.before().masked());
    page.say("quarantine.history.after", row.after().masked());
    for (FactRecord record : row.after().records()) page.line("    " + json.line(record));
    for (FactRecord record : row.conflicts()) page.line("    " + json.line(record));
  }

  private record ToldOfFile(
      boolean dryRun,
      boolean registered,
      String channel,
      String shop,
      String file,
      String sha256,
      LocalDate night,
      String outcomeBefore,
      String outcomeAfter,
      String message,
      Long rows,
      Long rejectedRows,
      boolean waits,
      boolean used,
      List<String> next) {}

  static Answer of(Call call, FileReplay file, boolean dry) {
    boolean readable = file.refusal() == null;
    boolean settled = file.waits() || file.used();
    List<String> next = new ArrayList<>();
    if (file.used()) next.add(call.command("quarantine", "list", "--files"));
    else if (!readable && dry) next.addAll(file.refusal().next());
    else if (dry) next.add(call.words().say("quarantine.replay.for_real"));
    else next.add(call.command("nightly"));
    ToldOfFile told =
        new ToldOfFile(
            dry,
            !dry && !settled,
            file.channel(),
            file.shop(),
            file.file(),
            file.sha256(),
            file.night(),
            file.outcome(),
            readable ? "ACCEPTED" : file.refusal().outcome().name(),
            readable ? "" : file.refusal().message(),
            file.summary() == null ? null : file.summary().rows(),
            file.summary() == null ? null : file.summary().rejectedRows(),
            file.waits(),
            file.used(),
            next);
    String key = file.used() ? "used" : file.waits() ? "waits" : dry ? "would" : "done";
    return Answer.of(
        told,
        page -> {
          page.say("quarantine.file.replay." + key, file.file(), file.channel(), file.shop());
          if (file.summary() != null)
            page.say("quarantine.file.reads", file.summary().rows(), file.summary().rejectedRows());
          else if (!readable)
            for (String line : file.refusal().message().split("\n")) page.sentence("  " + line);
          page.next(next);
        });
  }
}
