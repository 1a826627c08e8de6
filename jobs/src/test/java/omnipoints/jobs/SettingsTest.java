package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings are what they say, or the night refuses to start and names file and line. */
class SettingsTest {
  private static final String CHANNELS = "channels:\n  pos: {}\n";

  @TempDir Path home;

  private void write(String path, String text) {
    try {
      Files.createDirectories(home.resolve(path).getParent());
      Files.writeString(home.resolve(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NightRefused refused(String settings) {
    write("omnipoints.yaml", settings);
    return catchThrowableOfType(NightRefused.class, () -> Setup.load(Home.open(home)));
  }

  private void refused(String settings, String... said) {
    NightRefused refused = refused(settings);
    assertThat(refused.exit()).isEqualTo(2);
    for (String one : said)
      assertThat(refused).hasMessageContaining(home.resolve("omnipoints.yaml") + one);
    assertThat(refused.next()).containsExactly("edit " + home.resolve("omnipoints.yaml"));
  }

  @Test
  void what_would_fall_back_to_a_default_is_refused() {
    refused(
        "programme:\nzone: [UTC]\ndatabase: jdbc:postgresql\nthresholds: 5\n"
            + "collect: {polls: '3', poll: 3}\ndeliver: /tmp\n"
            + CHANNELS,
        ":1: programme: is empty; give a value, or leave the key out",
        ":2: zone: [\"UTC\"] is no text",
        ":3: database: 'jdbc:postgresql' stands where keys are needed",
        ":4: thresholds: 5 stands where keys are needed",
        ":5: collect.polls: '3' is not a positive whole number",
        ":5: collect.poll: unknown key",
        ":6: deliver: '/tmp' stands where keys are needed");
    refused(
        "programme: [base]\nzone:\nthresholds: {percent: 5}\ndeliver: {folder: [a]}\n" + CHANNELS,
        ":1: programme: [\"base\"] is no text",
        ":2: zone: is empty",
        ":3: thresholds.percent: unknown key",
        ":4: deliver.folder: [\"a\"] is no text");
    refused(
        "deliver: {sftp: {host: h, least_bytes_per_second: -1}}\nwebhook: {host: 0.0.0.0, port: 70000, key: 1}\n"
            + CHANNELS,
        ":1: deliver.sftp.user: is missing",
        ":1: deliver.sftp.password_file: this or private_key_file is needed",
        ":1: deliver.sftp.least_bytes_per_second: -1 is not a whole number from 0",
        ":2: webhook.key: unknown key",
        ":2: webhook.port: the port to listen to is needed, at most 65535");
    refused(
        "programme: ../base\nzone: Asia/Shangai\n" + CHANNELS,
        ":1: programme: '../base' is no name of a programme",
        ":2: zone: 'Asia/Shangai' is not a time zone");
    refused(
        "database: {url: 'jdbc:postgresql://h/n', wal: replica}\n" + CHANNELS,
        ":1: database.wal: is of the local server");
    refused(
        "database: {wal: logical}\n" + CHANNELS,
        ":1: database.wal: minimal or replica, not 'logical'");
    assertThat(refused("database: {wal: replica}\n" + CHANNELS)).isNull();
    refused("programme: *base\n" + CHANNELS, ":1: an alias is not followed here");
  }

  @Test
  void no_night_waits_for_a_statement_of_money() {
    String expected =
        "channels:\n  douyin: {expected: [{document: fund_flow, deadline: '09:00'}]}\n";
    assertThat(refused(expected))
        .hasMessageContaining(
            "channels.douyin.expected: fund_flow is a statement of money, which comes after its night");
    assertThat(refused(expected.replace(", deadline: '09:00'", ""))).isNull();
  }

  @Test
  void a_key_given_twice_is_told_with_both_lines() {
    assertThat(refused("programme: base\n" + CHANNELS + "programme: demo\n"))
        .hasMessageContaining(
            "omnipoints.yaml:4: key 'programme' stands here a second time (first on line 1)");
    assertThat(refused("channels:\n  pos: {shop: A}\n  pos: {shop: B}\n"))
        .hasMessageContaining("omnipoints.yaml:3: key 'pos' stands here a second time");
  }

  @Test
  void a_shop_written_as_a_number_keeps_its_zeros_or_is_asked_for() throws IOException {
    write(
        "omnipoints.yaml",
        "collect: {polls: 3}\nchannels:\n  pos: {shop: 9001}\n  tmall: {shop: '0012'}\n");
    assertThat(Home.open(home).config().collect().polls()).isEqualTo(3);
    assertThat(Home.open(home).config().channels().get("pos").shop()).isEqualTo("9001");
    assertThat(Home.open(home).config().channels().get("tmall").shop()).isEqualTo("0012");
    assertThat(refused("channels:\n  pos: {shop: 0012}\n"))
        .hasMessageContaining(":2: 0012 is the number 12 to YAML; write that, or '0012' in quotes");
  }

  @Test
  void every_file_with_a_problem_is_named_with_its_line_and_is_what_to_edit() {
    write("programs/gold.yaml", "program: gold\nversion: 1\nversion: 2\n");
    write("mappings/pos.yaml", "channel: pos\nchannel: pos\n");
    NightRefused refused = refused("programme: gold\n" + CHANNELS);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused)
        .hasMessageContaining("programs/gold.yaml:3: version: given twice, first in line 2")
        .hasMessageContaining("pos.yaml:2: key 'channel' stands here a second time");
    assertThat(refused.next())
        .hasSize(2)
        .contains("edit " + home.resolve("programs/gold.yaml"))
        .allMatch(next -> next.startsWith("edit ") && !next.contains("omnipoints.yaml"));
  }
}
