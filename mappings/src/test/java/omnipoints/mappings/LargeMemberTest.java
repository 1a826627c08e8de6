package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import omnipoints.files.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A packed text of any size is passed on as it comes: only what {@code file_mib} says is too large.
 */
class LargeMemberTest {
  private static final long BYTES = (64L << 20) + (1 << 20);

  @TempDir Path folder;

  private static void rows(OutputStream out) throws IOException {
    long written = 0;
    byte[] header = "kh,dtime,spbm,sl,sj,je,jf,syjh,djh\n".getBytes(StandardCharsets.US_ASCII);
    out.write(header);
    for (long row = 0; written < BYTES; row++) {
      String cells =
          "C" + row * 7919 + ",2026-05-01 10:00:00,A" + row % 977 + ",1,1.00,1.00,1,01," + row;
      byte[] line = (cells + "\n").getBytes(StandardCharsets.US_ASCII);
      out.write(line);
      written += line.length;
    }
    out.flush();
  }

  private List<Bundle.Member> unpack(Path file) {
    return Samples.CHANNELS
        .bundle(file, "pos", file.getFileName().toString())
        .orElseThrow()
        .unpack(
            (name, bytes) -> {
              Path kept = folder.resolve("kept.csv");
              Files.deleteIfExists(kept);
              Files.copy(bytes, kept);
              return kept;
            });
  }

  @Test
  void a_csv_above_64_mib_in_a_zip_is_unpacked_and_known() throws IOException {
    Path file = folder.resolve("big.zip");
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      zip.setLevel(Deflater.BEST_SPEED);
      zip.putNextEntry(new ZipEntry("sales.csv"));
      rows(
          new FilterOutputStream(zip) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
              out.write(bytes, from, count);
            }
          });
    }
    known(unpack(file));
  }

  @Test
  void a_csv_above_64_mib_in_gzip_is_unpacked_and_known() throws IOException {
    Path file = folder.resolve("sales.csv.gz");
    try (OutputStream gzip =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), 1 << 16)) {
      rows(gzip);
    }
    known(unpack(file));
  }

  private static void known(List<Bundle.Member> members) throws IOException {
    assertThat(members).hasSize(1);
    assertThat(members.get(0).message()).isEmpty();
    assertThat(Files.size(members.get(0).file())).isGreaterThan(BYTES);
    assertThat(Samples.CHANNELS.recognise(members.get(0).file(), "pos", "sales.csv"))
        .isInstanceOf(Recognition.Recognised.class);
  }
}
