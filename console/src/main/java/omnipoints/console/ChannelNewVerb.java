package omnipoints.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import omnipoints.files.DeliveryRefused;
import omnipoints.jobs.Home;
import omnipoints.jobs.HomeConfig.ChannelConfig;
import omnipoints.mappings.Channels;
import omnipoints.mappings.draft.FirstMapping;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code channel new FILE}: a first mapping for a file that no mapping knows, to be completed by a
 * person. Writes one file that was not there, and the schema for the editor; needs no database.
 */
final class ChannelNewVerb implements Verb {
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]*");

  @Override
  public String name() {
    return "channel new";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "FILE", true));
    spec.addOption(
        OptionSpec.builder(CommandTree.option(words, "--channel", "CODE"))
            .description(words.say("new.option.channel"))
            .build());
    spec.addOption(CommandTree.option(words, "--out", "FILE"));
  }

  @Override
  public Answer answer(Call call) throws IOException {
    Path file = call.around().directory().resolve(call.operand(0));
    if (!Files.isRegularFile(file)) throw call.usage("file.missing", file);
    Home home = ChannelCheckVerb.homeIfAny(call);
    Channels channels = Channels.load(home == null ? null : home.mappings());
    String code = code(call, home, file);
    if (!CODE.matcher(code).matches()) throw call.usage("new.code", code);
    boolean inHome = home != null && call.value("--out") == null;
    Path target = target(call, home, code);
    if (Files.exists(target)) throw there(call, target, code);
    if (inHome) refuseKnown(call, channels, code);
    FirstMapping first;
    try {
      String name = file.getFileName().toString();
      first = FirstMapping.of(channels, file, name, code, title(channels, code));
    } catch (DeliveryRefused e) {
      throw new Refusal(Exit.REFUSED, e.outcome().name(), e.getMessage(), e.next());
    }
    Files.writeString(target, first.yaml(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    if (inHome) Files.write(target.resolveSibling(Channels.SCHEMA), Channels.schema());
    List<String> next = next(call, inHome ? home : null, code);
    return Answer.of(told(first, call, target, next), page -> print(page, first, target, next));
  }

  /** As told; else as the inbox folder, the file to write or the file itself is called. */
  private static String code(Call call, Home home, Path file) {
    if (call.value("--channel") != null) return call.value("--channel");
    if (home != null) {
      Path inbox = home.inbox().toAbsolutePath().normalize();
      Path normal = file.toAbsolutePath().normalize();
      if (normal.startsWith(inbox) && inbox.relativize(normal).getNameCount() > 1) {
        String folder = inbox.relativize(normal).getName(0).toString();
        ChannelConfig config = home.config().channels().get(folder);
        return config == null ? folder : config.mappings();
      }
    }
    String out = call.value("--out");
    return stem(out == null ? file : Path.of(out));
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_").replaceAll("^[^a-z]+", "");
  }

  private static Path target(Call call, Home home, String code) {
    Path directory = call.around().directory();
    if (call.value("--out") != null) return directory.resolve(call.value("--out"));
    return (home == null ? directory : home.mappings()).resolve(code + ".yaml");
  }

  private static Refusal there(Call call, Path target, String code) {
    return call.refused(
        "ALREADY_THERE",
        List.of(call.command("channel", "check", call.operand(0), "--channel", code)),
        "new.there",
        target);
  }

  /** A mapping of the home takes the place of the one of its name: nobody must lose documents. */
  private static void refuseKnown(Call call, Channels channels, String code) {
    if (!channels.codes().contains(code) || channels.channel(code).template()) return;
    throw call.refused(
        "CHANNEL_KNOWN",
        List.of(
            call.command("channel", "check", call.operand(0), "--channel", code),
            call.command("channel", "new", call.operand(0), "--channel", "CODE"),
            call.command(
                "channel", "new", call.operand(0), "--channel", code, "--out", code + ".yaml")),
        "new.known",
        code);
  }

  private static String title(Channels channels, String code) {
    return channels.codes().contains(code) ? channels.channel(code).title() : code;
  }

  private static List<String> next(Call call, Home homeOrNull, String code) {
    List<String> next = new ArrayList<>();
    if (homeOrNull == null) next.add(call.words().say("new.move"));
    next.add(call.command("channel", "check", call.operand(0), "--channel", code, "--records"));
    if (homeOrNull != null && !homeOrNull.config().channels().containsKey(code))
      next.add(call.words().say("new.settings", code));
    return next;
  }

  private record Told(
      String file,
      String written,
      String channel,
      String document,
      String grain,
      String encoding,
      String sheet,
      int headerRow,
      long rows,
      Map<String, String> fields,
      List<String> knownColumns,
      List<String> unknownWords,
      List<String> look,
      String refusal,
      List<String> next) {}

  private static Told told(FirstMapping first, Call call, Path target, List<String> next) {
    return new Told(
        call.operand(0),
        target.toString(),
        first.code(),
        first.document(),
        first.grain().name().toLowerCase(Locale.ROOT),
        first.encoding().toString(),
        first.sheet(),
        first.headerRow(),
        first.rows(),
        first.fields(),
        first.unread(),
        first.unknownWords(),
        first.look(),
        first.refusal() == null ? null : first.refusal().message(),
        next);
  }

  private static void print(Page page, FirstMapping first, Path target, List<String> next) {
    page.say(
        "new.done",
        target,
        first.document(),
        first.grain().name().toLowerCase(Locale.ROOT),
        first.encoding(),
        first.headerRow(),
        first.rows());
    TextTable fields = page.words().table("field", "column");
    first.fields().forEach(fields::row);
    page.table("new.fields", fields);
    if (!first.unknownWords().isEmpty())
      page.blank().say("new.words", String.join(", ", first.unknownWords()));
    if (!first.unread().isEmpty())
      page.blank().say("new.unread", String.join(", ", first.unread()));
    page.list("new.look", first.look());
    if (first.refusal() != null) page.blank().say("new.refused", first.refusal().message());
    page.next(next);
  }
}
