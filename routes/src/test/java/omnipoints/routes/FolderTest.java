package omnipoints.routes;

import static omnipoints.routes.Scene.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import omnipoints.files.DeliveryOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FolderTest {
  @TempDir Path home;
  private Scene scene;

  @BeforeEach
  void two_channels_and_our_own_documents() {
    scene = new Scene(home).channel("tmall").channel("pos").channel("program");
  }

  /**
   * {@code file | marker beside it | polls until it is taken, 0 = never, - = passed over in
   * silence}.
   */
  @ParameterizedTest(name = "{0} with .done {1} is taken in poll {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "tmall/9001/orders.csv            | empty      | 1",
        "tmall/9001/orders.csv            | newline    | 1",
        "tmall/9001/orders.csv            | hash       | 1",
        "tmall/9001/orders.csv            | HASH       | 1",
        "tmall/9001/orders.csv            | sha256sum  | 1",
        "tmall/9001/orders.csv            | other hash | 0",
        "tmall/9001/orders.csv            | babble     | 0",
        "tmall/9001/orders.csv            | long       | 0",
        "tmall/9001/orders.csv            | -          | 2",
        "tmall/orders.csv                 | empty      | 1",
        "tmall/9001/2025/orders.csv       | empty      | 0",
        "program/binding.csv              | empty      | 1",
        "program/9001/binding.csv         | empty      | 0",
        "pos/S01/交易 明细（2025-06）.txt | empty      | 1",
        "pos/S01/交易 明细（2025-06）.txt | -          | 2",
        "tmall/9001/.orders.csv           | empty      | 0",
        "tmall/.9001/orders.csv           | empty      | 0",
        "tmall/9001/orders.csv.part       | -          | 0",
        "tmall/9001/orders.csv.tmp        | -          | 0",
        "tmall/9001/orders.csv.filepart   | -          | 0",
        "tmall/9001/ORDERS.CSV.TMP        | -          | 0",
        "tmall/9001/orders.csv.done       | -          | 0",
        "jd/5/orders.csv                  | empty      | 0",
        "orders.csv                       | empty      | 0",
      })
  void a_file_is_taken_when_it_is_said_or_seen_to_be_complete(
      String path, String marker, int poll) {
    String content = "订单编号\r\n1\r\n";
    Path file = scene.drop(path, content);
    if (marker != null) {
      scene.drop(
          path + ".done",
          switch (marker) {
            case "empty" -> "";
            case "newline" -> "\n";
            case "hash" -> sha256(content) + "\n";
            case "HASH" -> sha256(content).toUpperCase(Locale.ROOT);
            case "sha256sum" -> sha256(content) + "  orders.csv\n";
            case "other hash" -> sha256("other");
            case "babble" -> "done";
            case "long" -> sha256(content) + " " + "x".repeat(5000);
            default -> throw new AssertionError(marker);
          });
    }
    Collected collected = scene.collect();
    assertThat(collected.failures()).isEmpty();
    if (poll == 0) {
      assertThat(collected.arrivals()).isEmpty();
      assertThat(file).hasContent(content);
      assertThat(scene.archive()).isEmpty();
    } else {
      String[] parts = path.split("/");
      String shop = parts.length > 2 ? parts[1] : null;
      assertThat(collected.arrivals())
          .containsExactly(
              new Arrival(
                  parts[0],
                  shop,
                  parts[parts.length - 1],
                  sha256(content),
                  content.getBytes(StandardCharsets.UTF_8).length,
                  scene.settings().archive().path(sha256(content)),
                  null,
                  ""));
      assertThat(collected.arrivals().get(0).archived()).hasContent(content);
      assertThat(scene.inbox()).isEmpty();
      assertThat(scene.pauses).isEqualTo(poll == 1 ? List.of() : List.of(Duration.ofSeconds(30)));
      assertThat(scene.notices).isEmpty();
    }
  }

  @Test
  void arrivals_are_ordered_by_channel_shop_and_name_whatever_the_order_of_the_sources() {
    for (String path :
        List.of("tmall/b/2.csv", "tmall/a/9.csv", "tmall/b/1.csv", "tmall/0.csv", "pos/z/1.txt")) {
      scene.dropDone(path, path);
    }
    assertThat(scene.collect().arrivals())
        .extracting(Arrival::channel, Arrival::shop, Arrival::fileName)
        .containsExactly(
            tuple("pos", "z", "1.txt"),
            tuple("tmall", null, "0.csv"),
            tuple("tmall", "a", "9.csv"),
            tuple("tmall", "b", "1.csv"),
            tuple("tmall", "b", "2.csv"));
  }

  @Test
  void a_growing_file_is_left_and_named() {
    scene.drop("tmall/9001/grows.csv", "1");
    scene.drop("tmall/9001/rests.csv", "1");
    scene.world = pause -> scene.drop("tmall/9001/grows.csv", "12");
    assertThat(scene.collect().arrivals())
        .extracting(Arrival::fileName)
        .containsExactly("rests.csv");
    assertThat(scene.inbox()).containsExactly("tmall/9001/grows.csv");
    assertThat(scene.notices)
        .extracting(Notice::text)
        .containsExactly(
            "tmall/9001/grows.csv: it came or changed while we looked, so it may not be complete; it is left where it is; "
                + "it is taken by the next collection once it rests; an empty 9001/grows.csv.done makes that at once");
  }

  @Test
  void a_rewrite_of_equal_size_counts_as_a_change() throws IOException {
    Path file = scene.drop("tmall/9001/a.csv", "1");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    scene.world = pause -> Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
    assertThat(scene.collect().arrivals()).isEmpty();
  }

  @Test
  void a_file_replaced_by_one_of_equal_size_and_time_counts_as_a_change() throws IOException {
    Path file = scene.drop("tmall/9001/a.csv", "1");
    FileTime time = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, time);
    scene.world =
        pause -> {
          Path other = Scene.write(home.resolve("other"), "2");
          Files.setLastModifiedTime(other, time);
          Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        };
    assertThat(scene.collect().arrivals()).isEmpty();
  }

  @Test
  void every_further_poll_must_find_the_file_unchanged() {
    scene.polls = 4;
    scene.drop("tmall/9001/rests.csv", "1");
    scene.drop("tmall/9001/late.csv", "1");
    scene.world =
        pause -> {
          if (pause == 3) {
            scene.drop("tmall/9001/late.csv", "12");
          }
        };
    assertThat(scene.collect().arrivals())
        .extracting(Arrival::fileName)
        .containsExactly("rests.csv");
    assertThat(scene.pauses).hasSize(3);
  }

  @Test
  void a_done_that_comes_while_we_wait_is_honoured_and_a_new_file_is_not_waited_for() {
    scene.drop("tmall/9001/a.csv", "1");
    scene.world =
        pause -> {
          scene.dropDone("tmall/9001/b.csv", "2");
          scene.drop("tmall/9001/c.csv", "3");
        };
    assertThat(scene.collect().arrivals())
        .extracting(Arrival::fileName)
        .containsExactly("a.csv", "b.csv");
    assertThat(scene.inbox()).containsExactly("tmall/9001/c.csv");
    assertThat(scene.noticeKinds()).containsExactly(Notice.Kind.NOT_SETTLED);
  }

  @Test
  void a_wrong_hash_tells_both_hashes_and_what_to_do() {
    scene.drop("tmall/9001/a.csv", "cut");
    scene.drop("tmall/9001/a.csv.done", sha256("complete"));
    scene.collect();
    assertThat(scene.notices)
        .extracting(Notice::text)
        .containsExactly(
            "tmall/9001/a.csv: its .done expects SHA-256 "
                + sha256("complete")
                + ", the file has "
                + sha256("cut")
                + "; it is left where it is; have it sent again, and the .done after it");
    assertThat(scene.inbox()).containsExactly("tmall/9001/a.csv", "tmall/9001/a.csv.done");
  }

  @Test
  void an_empty_file_is_an_arrival_that_nobody_reads() {
    scene.dropDone("tmall/9001/a.csv", "");
    Arrival arrival = scene.collect().arrivals().get(0);
    assertThat(arrival.refused()).isEqualTo(DeliveryOutcome.EMPTY);
    assertThat(arrival.archived()).isEmptyFile();
    assertThat(arrival.message())
        .isEqualTo("it has no bytes; ask the sender whether there was nothing to send");
    assertThat(scene.inbox()).isEmpty();
  }

  /** {@code name | as shown | fault}. */
  static Stream<Arguments> evilNames() {
    return Stream.of(
        arguments(
            "line\nbreak.csv", "line<U+000A>break.csv", "the name contains the character U+000A"),
        arguments("bell\u0007.csv", "bell<U+0007>.csv", "the name contains the character U+0007"),
        arguments(
            "gpj\u202Evsc.csv", "gpj<U+202E>vsc.csv", "the name contains the character U+202E"),
        arguments("a\u2066b.csv", "a<U+2066>b.csv", "the name contains the character U+2066"),
        arguments("sub\\dir.csv", "sub\\dir.csv", "the name contains a path separator"),
        arguments("..\\..\\passwd", "..\\..\\passwd", "the name contains a path separator"),
        arguments("a..csv", "a..csv", "the name contains .."));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("evilNames")
  void an_evil_name_is_archived_by_hash_and_shown_escaped(String name, String shown, String fault) {
    scene.drop("tmall/9001/" + name, "bytes");
    Collected collected = scene.collect();
    assertThat(collected.arrivals())
        .containsExactly(
            new Arrival(
                "tmall",
                "9001",
                shown,
                sha256("bytes"),
                5,
                scene.settings().archive().path(sha256("bytes")),
                DeliveryOutcome.EVIL_NAME,
                fault
                    + "; its bytes are in the archive and are not read; send it again under a plain name"));
    assertThat(scene.inbox()).isEmpty();
    assertThat(scene.notices).extracting(Notice::file).containsExactly(shown);
  }

  @Test
  void a_file_over_the_limit_is_moved_aside_whole() {
    scene.fileBytesMax = 4;
    scene.dropDone("tmall/9001/big.csv", "12345");
    scene.dropDone("tmall/9001/fits.csv", "1234");
    Collected collected = scene.collect();
    assertThat(collected.arrivals())
        .extracting(Arrival::fileName, Arrival::refused, Arrival::archived)
        .containsExactly(
            tuple("big.csv", DeliveryOutcome.TOO_LARGE, null),
            tuple("fits.csv", null, scene.settings().archive().path(sha256("1234"))));
    assertThat(collected.arrivals().get(0).sha256()).isEqualTo(sha256("12345"));
    assertThat(scene.inbox()).containsExactly("tmall/.refused/" + sha256("12345") + "/big.csv");
    assertThat(scene.collect().arrivals()).isEmpty();
  }

  @Test
  void links_are_not_followed_and_are_named() throws IOException {
    Path outside = Scene.write(home.resolve("outside/secret.csv"), "x");
    scene.drop("tmall/9001/a.csv", "1");
    Files.createSymbolicLink(home.resolve("inbox/tmall/9001/link.csv"), outside);
    Files.createSymbolicLink(home.resolve("inbox/tmall/linked"), outside.getParent());
    assertThat(scene.collect().arrivals()).extracting(Arrival::fileName).containsExactly("a.csv");
    assertThat(scene.notices)
        .extracting(Notice::kind, Notice::file)
        .containsExactly(
            tuple(Notice.Kind.NOT_A_FILE, "9001/link.csv"),
            tuple(Notice.Kind.NOT_A_FILE, "linked"));
    assertThat(outside).hasContent("x");
  }

  @Test
  void a_channel_folder_that_leads_out_of_the_inbox_is_refused() throws IOException {
    Files.createDirectories(home.resolve("inbox"));
    Path elsewhere = Scene.write(home.resolve("elsewhere/a.csv"), "1").getParent();
    Files.createSymbolicLink(home.resolve("inbox/tmall"), elsewhere);
    Collected collected = scene.collect();
    assertThat(collected.arrivals()).isEmpty();
    assertThat(collected.failures())
        .extracting(SourceFailure::kind)
        .containsExactly(SourceFailure.Kind.SOURCE_UNREADABLE);
  }

  @Test
  void what_lies_where_nobody_looks_is_told() {
    scene.drop("jd/1/a.csv", "1");
    scene.drop("stray.csv", "1");
    scene.drop("program/9001/binding.csv", "1");
    scene.drop("tmall/9001/2025/a.csv", "1");
    scene.collect();
    assertThat(scene.notices)
        .extracting(Notice::kind, Notice::file)
        .containsExactlyInAnyOrder(
            tuple(Notice.Kind.UNKNOWN_CHANNEL, "inbox/jd"),
                tuple(Notice.Kind.MISPLACED, "inbox/stray.csv"),
            tuple(Notice.Kind.MISPLACED, "9001"), tuple(Notice.Kind.MISPLACED, "9001/2025"));
    assertThat(scene.notices.get(0).text())
        .isEqualTo(
            "inbox/jd: no channel of that name is configured, so nobody "
                + "looks into it; add the channel to omnipoints.yaml or move the files; channels are pos, program, tmall");
  }

  @Test
  void a_missing_folder_fails_alone_and_the_others_are_collected() {
    scene.sources.add(0, new FolderSource("jd", home.resolve("mount/jd"), true));
    scene.dropDone("tmall/9001/a.csv", "1");
    Collected collected = scene.collect();
    assertThat(collected.arrivals()).hasSize(1);
    assertThat(collected.failures())
        .extracting(SourceFailure::text)
        .containsExactly(
            "SOURCE_UNREADABLE channel jd, folder "
                + home.resolve("mount/jd")
                + ": there is no such folder; create it, or correct its path in omnipoints.yaml");
  }

  @Test
  void a_file_stays_in_its_source_until_it_is_registered() {
    scene.dropDone("tmall/9001/a.csv", "1");
    List<List<String>> inboxes = new ArrayList<>();
    scene.register =
        arrival -> {
          assertThat(arrival.archived()).hasContent("1");
          inboxes.add(scene.inbox());
        };
    scene.collect();
    assertThat(inboxes).containsExactly(List.of("tmall/9001/a.csv", "tmall/9001/a.csv.done"));
    assertThat(scene.inbox()).isEmpty();
  }

  @Test
  void a_failing_registration_ends_the_collection_and_loses_nothing() {
    scene.dropDone("pos/1/a.txt", "1");
    scene.dropDone("tmall/9001/b.csv", "2");
    scene.register =
        arrival -> {
          throw new IllegalStateException("database gone");
        };
    assertThatThrownBy(scene::collect)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("database gone");
    assertThat(scene.inbox()).hasSize(4);
    scene.register = arrival -> {};
    assertThat(scene.collect().arrivals()).hasSize(2);
  }

  @Test
  void the_same_bytes_again_are_one_archive_copy_and_two_arrivals() {
    scene.dropDone("tmall/9001/a.csv", "1");
    scene.dropDone("tmall/9001/b.csv", "1");
    assertThat(scene.collect().arrivals()).hasSize(2);
    scene.dropDone("tmall/9001/a.csv", "1");
    assertThat(scene.collect().arrivals()).hasSize(1);
    assertThat(scene.archive()).containsExactly(sha256("1").substring(0, 2) + "/" + sha256("1"));
  }

  @Test
  void a_file_put_in_place_of_one_being_registered_is_not_removed() {
    scene.dropDone("tmall/9001/a.csv", "old");
    scene.register = arrival -> scene.drop("tmall/9001/a.csv", "newer");
    assertThat(scene.collect().arrivals())
        .extracting(Arrival::sha256)
        .containsExactly(sha256("old"));
    scene.register = arrival -> {};
    assertThat(scene.collect().arrivals())
        .extracting(Arrival::sha256)
        .containsExactly(sha256("newer"));
  }

  @Test
  void a_name_of_255_bytes_is_normal() {
    String name = "单".repeat(83) + "01.csv";
    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSize(255);
    scene.drop("tmall/9001/" + name, "1");
    assertThat(scene.collect().arrivals())
        .extracting(Arrival::fileName, Arrival::refused)
        .containsExactly(tuple(name, null));
  }

  @Test
  void a_home_whose_path_has_signs_of_a_uri_is_read_like_any_other() {
    Path odd = home.resolve("a b?c#d%20{{e}}&中");
    Scene there = new Scene(odd).channel("tmall");
    there.dropDone("tmall/9001/a.csv", "1");
    assertThat(there.collect().arrivals()).hasSize(1);
  }

  @Test
  void an_archive_that_cannot_be_written_keeps_files_in_the_inbox() {
    Scene.write(home.resolve("archive"), "a file where a folder should be");
    scene.dropDone("tmall/9001/a.csv", "1");
    Collected collected = scene.collect();
    assertThat(collected.arrivals()).isEmpty();
    assertThat(collected.failures())
        .extracting(SourceFailure::kind)
        .containsExactly(SourceFailure.Kind.ARCHIVE_UNWRITABLE);
    assertThat(collected.failures().get(0).text())
        .contains("the file stays in its source", "then collect again");
    assertThat(scene.inbox()).hasSize(2);
  }
}
