package omnipoints.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  private static final Limits WIDE = new Limits(4096L << 20, 1 << 20, 1 << 18, 8192L << 20, 1000);

  @TempDir Path folder;

  private static byte[] zip(Object... namesAndContents) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      Object content = namesAndContents[i + 1];
      members.put(
          (String) namesAndContents[i],
          content instanceof String text
              ? text.getBytes(StandardCharsets.UTF_8)
              : (byte[]) content);
    }
    return zip(members, StandardCharsets.UTF_8);
  }

  private static byte[] zip(Map<String, byte[]> members, Charset names) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out, names)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        entry.setTimeLocal(LocalDateTime.of(2026, 5, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(member.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private List<String> unpack(Limits limits, byte[] bytes) throws IOException {
    Path file = folder.resolve("b");
    Files.write(file, bytes);
    List<Path> kept = new ArrayList<>();
    Bundle bundle = Bundle.in(file, "b.zip", limits, List.of()).orElseThrow();
    List<Bundle.Member> members =
        bundle.unpack(
            (name, in) -> {
              Path target = folder.resolve("kept" + kept.size());
              kept.add(target);
              Files.write(target, in.readAllBytes());
              return target;
            });
    List<String> told = new ArrayList<>();
    for (Bundle.Member member : members) {
      told.add(
          member.name()
              + (member.file() == null
                  ? " " + member.outcome()
                  : "=" + Files.readString(member.file(), StandardCharsets.ISO_8859_1)));
    }
    return told;
  }

  private List<String> unpack(byte[] bytes) throws IOException {
    return unpack(WIDE, bytes);
  }

  private DeliveryRefused refused(Limits limits, byte[] bytes) {
    return catchThrowableOfType(DeliveryRefused.class, () -> unpack(limits, bytes));
  }

  private DeliveryRefused refused(byte[] bytes) {
    return refused(WIDE, bytes);
  }

  @Test
  void every_member_comes_out_and_what_systems_leave_behind_does_not() throws IOException {
    byte[] bundle =
        zip(
            "a.csv",
            "1",
            "2026/05/b.csv",
            "2",
            "__MACOSX/._a.csv",
            "x",
            ".DS_Store",
            "x",
            "dir/",
            "");
    assertThat(unpack(bundle)).containsExactly("b.zip/a.csv=1", "b.zip/2026/05/b.csv=2");
  }

  @Test
  void names_without_a_mark_are_utf8_or_gbk() throws IOException {
    Map<String, byte[]> member = Map.of("账务明细.csv", new byte[] {'1'});
    assertThat(unpack(zip(member, Charset.forName("GBK")))).containsExactly("b.zip/账务明细.csv=1");
    assertThat(unpack(zip(member, StandardCharsets.UTF_8))).containsExactly("b.zip/账务明细.csv=1");
  }

  @Test
  void names_that_lead_elsewhere_are_evil_and_the_others_go_on() throws IOException {
    List<String> evil =
        List.of(
            "../x.csv",
            "a/../../x.csv",
            "/etc/x.csv",
            "a\\x.csv",
            "C:x.csv",
            "a\u0000.csv",
            "a\n.csv",
            "a\u202e.csv",
            "./x.csv");
    for (String name : evil) {
      List<String> told = unpack(zip(name, "1", "good.csv", "2"));
      assertThat(told).as(name).hasSize(2).contains("b.zip/good.csv=2");
      assertThat(told.get(0)).startsWith("b.zip/").endsWith(" EVIL_NAME").doesNotContain("\n");
    }
  }

  @Test
  void bundles_in_bundles_are_unpacked_three_deep() throws IOException {
    byte[] inner = zip("x.csv", "1");
    byte[] middle = zip("inner.zip", inner, "y.csv.gz", gzip("2".getBytes(StandardCharsets.UTF_8)));
    assertThat(unpack(zip("middle.zip", middle)))
        .containsExactly("b.zip/middle.zip/inner.zip/x.csv=1", "b.zip/middle.zip/y.csv.gz/y.csv=2");
    assertThat(unpack(zip("outer.zip", zip("middle.zip", middle))))
        .containsExactly(
            "b.zip/outer.zip/middle.zip/inner.zip TOO_LARGE",
            "b.zip/outer.zip/middle.zip/y.csv.gz TOO_LARGE");
  }

  @Test
  void gzip_is_read_as_its_content_and_damage_of_it_is_seen() throws IOException {
    byte[] one = gzip("1".getBytes(StandardCharsets.UTF_8));
    byte[] two = Arrays.copyOf(one, one.length * 2);
    System.arraycopy(gzip("2".getBytes(StandardCharsets.UTF_8)), 0, two, one.length, one.length);
    assertThat(unpack(one)).containsExactly("b.zip/b.zip=1");
    assertThat(unpack(two)).containsExactly("b.zip/b.zip=12");
    byte[] garbage = Arrays.copyOf(one, one.length + 20);
    Arrays.fill(garbage, one.length, garbage.length, (byte) 'x');
    assertThat(refused(garbage).outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    assertThat(refused(Arrays.copyOf(one, one.length - 3)).outcome())
        .isIn(DeliveryOutcome.TRUNCATED, DeliveryOutcome.STRUCTURE_BROKEN);
  }

  @Test
  void limits_are_measured_while_unpacking() throws IOException {
    byte[] noise = new byte[700_000];
    new java.util.Random(1).nextBytes(noise);
    Limits oneMib = new Limits(4096L << 20, 1 << 20, 1 << 18, 1 << 20, 3);
    DeliveryRefused total = refused(oneMib, zip("a.csv", noise, "b.csv", noise));
    assertThat(total.outcome()).isEqualTo(DeliveryOutcome.TOO_LARGE);
    assertThat(total.getMessage())
        .isEqualTo("b.zip: unpacked it has more than the 1048576 bytes the mapping allows");
    assertThat(total.next().get(0)).contains("limits.inflated_mib");
    DeliveryRefused nested = refused(oneMib, zip("a.zip", zip("a.csv", noise), "b.csv", noise));
    assertThat(nested.outcome()).isEqualTo(DeliveryOutcome.TOO_LARGE);
    assertThat(refused(oneMib, zip("a", "1", "b", "2", "c", "3", "d", "4")).getMessage())
        .isEqualTo("b.zip: it holds 4 members, the mapping allows 3");
    Limits small = new Limits(1 << 20, 1 << 20, 1 << 18, 64 << 20, 1000);
    assertThat(unpack(small, zip("a.csv", new byte[(1 << 20) + 1], "b.csv", "2")))
        .containsExactly("b.zip/a.csv TOO_LARGE", "b.zip/b.csv=2");
    assertThat(unpack(zip("a.csv", new byte[40 << 20], "b.csv", "2")))
        .containsExactly("b.zip/a.csv TOO_LARGE", "b.zip/b.csv=2");
  }

  @Test
  void a_member_that_does_not_match_its_check_sum_is_refused_and_the_others_go_on()
      throws IOException {
    byte[] noise = new byte[1000];
    new java.util.Random(2).nextBytes(noise);
    byte[] bundle = zip("a.csv", noise, "b.csv", "2");
    bundle[200] ^= 1;
    assertThat(unpack(bundle)).containsExactly("b.zip/a.csv STRUCTURE_BROKEN", "b.zip/b.csv=2");
  }

  @Test
  void two_members_of_one_name_and_a_lost_directory_refuse_the_bundle() {
    byte[] twice = zip("a.csv", "1", "b.csv", "2");
    for (int i = 0; i < twice.length - 5; i++) {
      if (twice[i] == 'b' && twice[i + 1] == '.') twice[i] = 'a';
    }
    DeliveryRefused refused = refused(twice);
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    assertThat(refused.getMessage())
        .isEqualTo("b.zip: two members are called a.csv; which one counts?");
    byte[] whole = zip("a.csv", "a,b\n1,2\n".repeat(50));
    for (int length = 30; length < whole.length - 1; length += 7) {
      assertThat(refused(Arrays.copyOf(whole, length)).outcome())
          .isEqualTo(DeliveryOutcome.TRUNCATED);
    }
  }
}
