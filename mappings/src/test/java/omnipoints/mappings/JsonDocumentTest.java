package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import omnipoints.facts.FactRecord;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.yaml.SetupFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonDocumentTest {
  private static final String MAPPING =
      """
      channel: hubapi
      title: Hub
      encodings: [utf-8]
      shop: {from: [folder]}
      complete_when: order_present
      times: {formats: [epoch_seconds]}
      money: {unit: fen}
      vocabularies:
        states: {done: COMPLETED}
      documents:
        orders:
          grain: order_line
          json: {each: ["$.orders[*]"], lines: "items[*]"}
          fields:
            order: {column: id, type: id, required: value}
            state: {column: state, type: status, vocabulary: states, required: value}
            qty: {column: "items[*].n", type: number, required: value}
            due: {column: "items[*].due", type: money, required: value}
      """;

  @TempDir Path dir;

  private List<String> problems(String from, String to) throws IOException {
    Path home = Files.createDirectories(dir.resolve("mappings"));
    Files.writeString(home.resolve("hubapi.yaml"), MAPPING.replace(from, to));
    SetupFailed failed = catchThrowableOfType(SetupFailed.class, () -> Channels.load(home));
    return failed.problems().stream().map(problem -> problem.message()).toList();
  }

  private Recognition recognise(String json) throws IOException {
    Path file = Files.writeString(dir.resolve("f.json"), json);
    return Channels.written("hubapi", MAPPING).recognise(file, null, "f.json");
  }

  @Test
  void what_is_wrong_with_a_path_is_said() throws IOException {
    assertThat(problems("\"$.orders[*]\"", "\"orders[0]\""))
        .containsExactly(
            "orders: a path to rows begins with $",
            "orders: rows stand in whole arrays: write [*]");
    assertThat(problems("\"items[*]\"}", "\"items\"}"))
        .contains("orders: lines are the elements of one array: a path that ends in [*]");
    assertThat(problems("\"items[*].n\"", "\"others[*].n\""))
        .containsExactly(
            "orders: others[*].n has several values in one row: only lines may be an array [*]");
    assertThat(problems("column: id,", "column: 'a..b', aliases: [c],"))
        .containsExactlyInAnyOrder(
            "orders: path a..b cannot be read from '..b' on",
            "orders: paths have no aliases: use else instead");
  }

  @Test
  void a_file_is_known_by_where_its_rows_stand_and_what_the_first_one_has() throws IOException {
    assertThat(
            recognise(
                "{\"orders\":[]}{\"orders\":[{\"id\":1,\"state\":\"x\",\"items\":[{\"n\":1,\"due\":2}]}]}"))
        .isInstanceOf(Recognition.Recognised.class);
    var lacking =
        (Recognition.Refused) recognise("{\"orders\":[{\"id\":1,\"items\":[{\"n\":1}]}]}");
    assertThat(lacking.outcome()).isEqualTo(DeliveryOutcome.NO_MAPPING);
    assertThat(lacking.message())
        .isEqualTo(
            "f.json: no mapping recognises this file (read as JSON)\n"
                + "  hubapi/orders: the first row lacks state, items[*].due");
    assertThat(((Recognition.Refused) recognise("{\"error\":{\"code\":7}}")).message())
        .endsWith("hubapi/orders: nothing stands at $.orders[*]");
    assertThat(((Recognition.Refused) recognise("{\"orders\":[]}")).outcome())
        .isEqualTo(DeliveryOutcome.EMPTY);
  }

  /** Bytes changed, cut out, doubled: a file is read or refused, and nothing else happens. */
  @Test
  void a_damaged_file_is_refused_or_read_never_anything_else() throws IOException {
    SplittableRandom random = new SplittableRandom(12);
    int tried = 0;
    int refused = 0;
    for (Path sample : Samples.all()) {
      if (!sample.toString().endsWith(".json")) continue;
      byte[] good = Files.readAllBytes(sample);
      for (int i = 0; i < 150; i++) {
        tried++;
        Path file = Files.write(dir.resolve("damaged.json"), damaged(good, random));
        try {
          Recognition found = Samples.recognise(file, Samples.channel(sample));
          if (!(found instanceof Recognition.Recognised one)) {
            refused++;
            continue;
          }
          RecordReader.read(one, file, Samples.SHOP, Samples.SHANGHAI, record -> {});
        } catch (DeliveryRefused e) {
          assertThat(e.getMessage()).startsWith("damaged.json");
          refused++;
        }
      }
    }
    // Neither nothing nor everything.
    assertThat(refused).isBetween(tried / 10, tried * 9 / 10);
  }

  private static byte[] damaged(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> {
        bytes[at] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 2 -> {
        bytes[at] = (byte) "{}[]\",:0-eE\\n".charAt(random.nextInt(13));
        yield bytes;
      }
      default -> {
        byte[] twice = Arrays.copyOf(bytes, bytes.length + bytes.length - at);
        System.arraycopy(bytes, at, twice, bytes.length, bytes.length - at);
        yield twice;
      }
    };
  }

  @Test
  void rows_that_are_read_again_are_the_same_rows() throws IOException {
    Path file = Samples.FOLDER.resolve("douyin/api_order_numbers_and_rejects.json");
    var first = Samples.recognised(file, "douyin");
    List<RawRow> rows =
        RawRows.read(first, file, Samples.SHOP, Samples.SHANGHAI, (row, shop, order) -> true);
    assertThat(rows).hasSize(4);
    Path again = Files.write(dir.resolve("again.json"), RawFile.of(first, rows.subList(0, 1)));
    List<FactRecord> read = new ArrayList<>();
    RecordReader.read(
        Samples.recognised(again, "douyin"), again, Samples.SHOP, Samples.SHANGHAI, read::add);
    assertThat(read).isEqualTo(rows.get(0).records());
    assertThat(RawFile.firstRow(first)).isEqualTo(1);
  }
}
