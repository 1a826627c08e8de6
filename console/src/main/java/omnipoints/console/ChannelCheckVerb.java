package omnipoints.console;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import omnipoints.console.Json.Raw;
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
    Told told =
        new Told(
            read(read.get(0), origin, json),
            parts.size() == 1
                ? null
                : parts.stream().map(part -> part(part, origin, json)).toList());
    return new Answer(
        exit,
        told,
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
      List<String> others = part.refusal().others();
      part.refusal()
          .message()
          .lines()
          .filter(line -> !call.has("--all") || !isOneOf(others, line))
          .forEach(messages::add);
      if (call.has("--all")) others.forEach(other -> messages.add("  " + other));
    }
    return new Refusal(
        Exit.REFUSED, told.outcome().name(), String.join("\n", messages), next(call, told.next()));
  }

  /** What {@code --all} tells anyway: a document that comes near, or that there are more. */
  private static boolean isOneOf(List<String> others, String line) {
    return others.contains(line.strip()) || line.contains("channel check --all");
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

  /** The first part that can be read and, where there are several, all of them. */
  private record Told(@JsonUnwrapped ReadPart read, @JsonInclude(NON_NULL) List<Record> parts) {}

  private record ReadPart(
      String file,
      String outcome,
      String channel,
      String document,
      String grain,
      String shop,
      String encoding,
      int headerRow,
      long rows,
      long rejectedRows,
      long filteredRows,
      Map<String, Long> records,
      List<String> unmapped,
      Differences drift,
      List<String> others,
      List<Raw> first,
      List<Raw> rejects) {}

  private record OneOfSeveral(@JsonUnwrapped ReadPart part, String sheet) {}

  private record RefusedPart(String file, String sheet, String outcome, String message) {}

  private record Differences(
      @JsonProperty("new") List<String> added, List<Missing> missing, List<Renamed> renamed) {
    static Differences of(Drift drift) {
      return new Differences(
          drift.added(),
          drift.missing().stream().map(one -> new Missing(one.field(), one.columns())).toList(),
          drift.renamed().stream()
              .map(one -> new Renamed(one.field(), one.column(), one.header()))
              .toList());
    }
  }

  private record Missing(String field, List<String> columns) {}

  private record Renamed(String field, String column, String header) {}

  /** One of several parts: the same words as for a file of one, and its sheet. */
  private static Record part(CheckReport report, Origin origin, RecordJson json) {
    Refused refused = report.refusal();
    return refused == null
        ? new OneOfSeveral(read(report, origin, json), report.sheet())
        : new RefusedPart(
            report.file(), report.sheet(), refused.outcome().name(), refused.message());
  }

  private static ReadPart read(CheckReport report, Origin origin, RecordJson json) {
    Recognised recognised = (Recognised) report.recognition();
    ReadSummary summary = report.summary();
    return new ReadPart(
        report.file(),
        "ACCEPTED",
        recognised.channel().code(),
        recognised.document().name(),
        recognised.document().grain().name().toLowerCase(Locale.ROOT),
        origin.shop(),
        recognised.encoding().toString(),
        recognised.headerRow(),
        summary.rows(),
        summary.rejectedRows(),
        summary.filteredRows(),
        report.counts(),
        report.unmapped(),
        Differences.of(report.drift()),
        report.others(),
        report.first().stream().map(record -> new Raw(json.line(record))).toList(),
        report.rejects().stream().map(reject -> new Raw(json.line(reject))).toList());
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
