package omnipoints.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import omnipoints.mappings.Channel;
import omnipoints.mappings.Channels;
import omnipoints.mappings.Phones;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Whom a command is about, as a document of ours names him: nobody is looked up, the night does
 * that.
 *
 * @param kind {@code member_id}, {@code card}, {@code phone} or the token of a platform
 */
record Person(String kind, String value) {

  static void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "MEMBER", false));
    spec.addOption(CommandTree.option(words, "--phone", "-"));
    spec.addOption(CommandTree.option(words, "--card", "CARD"));
    spec.addOption(CommandTree.option(words, "--id", "CHANNEL:VALUE"));
  }

  /**
   * Reads the phone from stdin if that is the selector.
   *
   * @throws Refusal usage: none or several selectors, a phone among the arguments
   */
  static Person of(Call call, Channels channels) throws IOException {
    long selectors = Stream.of("--phone", "--card", "--id").filter(call::has).count();
    if (selectors + (call.operand(0) == null ? 0 : 1) != 1) throw call.usage("person.selectors");
    if (call.operand(0) != null) return new Person("member_id", call.operand(0).strip());
    if (call.has("--card")) return new Person("card", call.value("--card").strip());
    if (call.has("--phone")) {
      if (!call.value("--phone").equals("-")) throw call.usage("member.phone.argument");
      return new Person("phone", phone(call));
    }
    String value = call.value("--id");
    int colon = value.indexOf(':');
    String code = colon < 0 ? "" : value.substring(0, colon).strip();
    if (colon <= 0 || colon == value.length() - 1) throw call.usage("member.colon", "--id", value);
    Channel channel = channels.codes().contains(code) ? channels.channel(code) : null;
    if (channel == null || channel.platformToken() == null)
      throw call.usage("person.channel", code);
    return new Person(channel.platformToken(), value.substring(colon + 1).strip());
  }

  /** The phone that stands on stdin, normalised. */
  static String phone(Call call) throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(call.around().in(), StandardCharsets.UTF_8))
            .readLine();
    return Phones.normalise(line == null ? "" : line).orElseThrow(() -> call.usage("member.phone"));
  }
}
