package omnipoints.console;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import omnipoints.console.Json.Raw;
import omnipoints.facts.FactRecord;
import omnipoints.files.DeliveryOutcome;
import omnipoints.jobs.Home;
import omnipoints.jobs.HomeConfig.ChannelConfig;
import omnipoints.mappings.Channels;
import omnipoints.mappings.CheckReport;
import omnipoints.mappings.Drift;
import omnipoints.mappings.ReadSummary;
import omnipoints.mappings.Recognition.Recognised;
import omnipoints.mappings.Recognition.Refused;
import omnipoints.mappings.RecordJson;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code channel check FILE}: which mapping reads a file, what it reads, every problem. Changes
 * nothing, needs no database, and no home either: without one the shipped mappings are used.
 */
final class ChannelCheckVerb implements Verb {
  private static final ZoneId SHIPPED_ZONE = ZoneId.of("Asia/Shanghai");
  private static final int REJECTS_SHOWN = 50;
  private static final int COLUMNS_SHOWN = 100;

  @Override
  public String name() {
    return "channel check";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "FILE", true));
    spec.addOption(CommandTree.option(words, "--channel", "CODE"));
    spec.addOption(CommandTree.option(words, "--shop", "SHOP"));
    spec.addOption(CommandTree.flag(words, "--records"));
    spec.addOption(CommandTree.flag(words, "--all", "all-documents"));
  }

  /** Where a file comes from, as told or as its folder says; nulls are unknown. */
  private record Origin(String channel, String shop) {}

  @Override
  public Answer answer(Call call) {
    if (call.has("--records") && call.json())
      throw call.usage("usage.either", "--records", "--json");
    Path file = call.around().directory().resolve(call.operand(0));
    if (!Files.isRegularFile(file)) throw call.usage("file.missing", file);
    Home home = homeIfAny(call);
    Channels channels = Channels.load(home == null ? null : home.mappings());
    ZoneId zone = home == null ? SHIPPED_ZONE : home.config().zone();
    Origin origin = origin(call, home, channels, file);
    RecordJson json = new RecordJson(zone);
    boolean lines = call.has("--records");
    List<CheckReport> parts =
        CheckReport.all(
            channels,
            file,
            origin.channel(),
            origin.shop(),
            zone,
            record -> {
              if (lines) call.around().out().append(json.line(record)).append('\n');
            });
    List<CheckReport> read = parts.stream().filter(part -> part.refusal() == null).toList();
    if (read.isEmpty()) throw refusal(call, parts);
    int exit = exit(parts, home == null ? BigDecimal.ONE : home.config().rejectPercent());
    if (lines) {
      for (CheckReport part : parts)
        if (part.refusal() != null)
          call.around().err().println(part.refusal().outcome() + ": " + part.refusal().message());
      return Answer.written(exit);
    }
    Map<String, Object> fields = new LinkedHashMap<>(fields(read.get(0), origin, json));
    if (parts.size() > 1) {
      List<Map<String, Object>> each = new ArrayList<>();
      for (CheckReport part : parts) each.add(part(part, origin, json));
      fields.put("parts", each);
    }
    return new Answer(
        exit,
        fields,
        page -> {
          for (CheckReport part : parts) print(page, part, origin, json, call.has("--all"));
        });
  }

  /** Nothing of the file can be read: the worst part says why, an empty one only if all are. */
  private static Refusal refusal(Call call, List<CheckReport> parts) {
    Refused told =
        parts.stream()
            .map(CheckReport::refusal)
            .filter(refused -> refused.outcome() != DeliveryOutcome.EMPTY)
            .findFirst()
            .orElse(parts.get(0).refusal());
    List<String> messages = new ArrayList<>();
    for (CheckReport part : parts) {
      messages.add(part.refusal().message());
      if (call.has("--all")) part.refusal().others().forEach(other -> messages.add("  " + other));
    }
    return new Refusal(
        Exit.REFUSED, told.outcome().name(), String.join("\n", messages), next(call, told.next()));
  }

  private static final String COMMAND = "./omnipoints ";

  /** Advice about any file, for this one. */
  private static List<String> next(Call call, List<String> advice) {
    List<String> next = new ArrayList<>();
    for (String line : advice) {
      if (!line.startsWith(COMMAND)) {
        next.add(line);
        continue;
      }
      List<String> words = new ArrayList<>(List.of(line.substring(COMMAND.length()).split(" +")));
      words.replaceAll(word -> word.equals("FILE") ? call.operand(0) : word);
      next.add(call.command(words.toArray(String[]::new)));
    }
    return next;
  }

  private static int exit(List<CheckReport> parts, BigDecimal rejectPercent) {
    boolean findings =
        parts.stream()
            .anyMatch(
                part ->
                    part.refusal() == null
                        ? tooManyRejects(part.summary(), rejectPercent)
                        : part.refusal().outcome() != DeliveryOutcome.EMPTY);
    return findings ? Exit.CLOSED_WITH_FINDINGS : Exit.OK;
  }

  private static boolean tooManyRejects(ReadSummary summary, BigDecimal percent) {
    return BigDecimal.valueOf(summary.rejectedRows() * 100)
            .compareTo(percent.multiply(BigDecimal.valueOf(summary.rows())))
        > 0;
  }

  /** Null when the default home is not there; one that was named must be. */
  static Home homeIfAny(Call call) {
    boolean there = Files.exists(call.home().resolve(InitVerb.SETTINGS));
    return there || call.has("--home") ? Home.open(call.home()) : null;
  }

  private static Origin origin(Call call, Home home, Channels channels, Path file) {
    String channel = call.value("--channel");
    String shop = call.value("--shop");
    if (home != null) {
      Path inbox = home.inbox().toAbsolutePath().normalize();
      Path normal = file.toAbsolutePath().normalize();
      if (normal.startsWith(inbox)) {
        Path inside = inbox.relativize(normal);
        if (channel == null && inside.getNameCount() > 1) channel = inside.getName(0).toString();
        if (shop == null && inside.getNameCount() > 2) shop = inside.getName(1).toString();
      }
      ChannelConfig config = channel == null ? null : home.config().channels().get(channel);
      if (config != null) {
        channel = config.mappings();
        if (shop == null) shop = config.shop();
      }
    }
    if (channel != null && !channels.codes().contains(channel)) {
      throw call.usage("check.nochannel", channel, String.join(" ", channels.codes()));
    }
    return new Origin(channel, shop);
  }

  /** One of several parts: the same words as for a file of one, and its sheet. */
  private static Map<String, Object> part(CheckReport report, Origin origin, RecordJson json) {
    if (report.refusal() != null) {
      return Fields.of(
          "file", report.file(),
          "sheet", report.sheet(),
          "outcome", report.refusal().outcome().name(),
          "message", report.refusal().message());
    }
    Map<String, Object> fields = new LinkedHashMap<>(fields(report, origin, json));
    fields.put("sheet", report.sheet());
    return fields;
  }

  private static Map<String, Object> fields(CheckReport report, Origin origin, RecordJson json) {
    Recognised recognised = (Recognised) report.recognition();
    ReadSummary summary = report.summary();
    List<Raw> rejects = new ArrayList<>();
    report.rejects().forEach(reject -> rejects.add(new Raw(json.line(reject))));
    List<Raw> first = new ArrayList<>();
    for (FactRecord record : report.first()) first.add(new Raw(json.line(record)));
    return Fields.of(
        "file", report.file(),
        "outcome", "ACCEPTED",
        "channel", recognised.channel().code(),
        "document", recognised.document().name(),
        "grain", recognised.document().grain().name().toLowerCase(Locale.ROOT),
        "shop", origin.shop(),
        "encoding", recognised.encoding().toString(),
        "header_row", recognised.headerRow(),
        "rows", summary.rows(),
        "rejected_rows", summary.rejectedRows(),
        "filtered_rows", summary.filteredRows(),
        "records", report.counts(),
        "unmapped", report.unmapped(),
        "drift", drift(report.drift()),
        "others", report.others(),
        "first", first,
        "rejects", rejects);
  }

  private static Map<String, Object> drift(Drift drift) {
    return Fields.of(
        "new", drift.added(),
        "missing",
            drift.missing().stream()
                .map(one -> Fields.of("field", one.field(), "columns", one.columns()))
                .toList(),
        "renamed",
            drift.renamed().stream()
                .map(
                    one ->
                        Fields.of(
                            "field", one.field(), "column", one.column(), "header", one.header()))
                .toList());
  }

  private static void print(
      Page page, CheckReport report, Origin origin, RecordJson json, boolean all) {
    if (report.refusal() != null) {
      page.say("check.refused", report.refusal().outcome().name(), report.refusal().message());
      return;
    }
    Recognised recognised = (Recognised) report.recognition();
    ReadSummary summary = report.summary();
    page.say(
        "check.head",
        report.sheet() == null ? report.file() : report.file() + " [" + report.sheet() + "]",
        recognised.document().title(),
        recognised.encoding(),
        recognised.headerRow(),
        origin.shop() == null ? "-" : origin.shop(),
        recognised.document().grain().name().toLowerCase(Locale.ROOT));
    page.say("check.rows", summary.rows(), summary.rejectedRows(), summary.filteredRows());
    report.counts().forEach((kind, count) -> page.line("  " + kind + " " + count));
    int unmapped = report.unmapped().size();
    if (unmapped > 0)
      page.say(
          "check.unmapped",
          String.join(", ", report.unmapped().subList(0, Math.min(COLUMNS_SHOWN, unmapped))));
    if (unmapped > COLUMNS_SHOWN) page.say("more.later", unmapped - COLUMNS_SHOWN);
    if (!report.drift().isEmpty()) page.say("check.drift", report.drift().line());
    page.list("check.renamed", report.drift().advice(recognised.document()));
    Words words = page.words();
    TextTable rejects = words.table(">row", "column", "reason", "value");
    report.rejects().stream()
        .limit(REJECTS_SHOWN)
        .forEach(
            reject ->
                rejects.row(
                    reject.row(),
                    reject.column(),
                    words.reason(reject.reason().name()),
                    reject.value()));
    page.table("check.rejects", rejects);
    long more = report.counts().getOrDefault("reject", 0L) - REJECTS_SHOWN;
    if (more > 0) page.say("more.later", more);
    page.samples("check.first", report.first().stream().map(json::line).toList());
    if (all) page.list("check.others", report.others());
  }
}
