package omnipoints.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSizeTest {

  @ParameterizedTest(name = "{0} GiB, {1} cores")
  @CsvSource({
    "1, 1, 170, 512, 8, 32, 1024, 0",
    "4, 2, 682, 2048, 10, 64, 1024, 1",
    "8, 4, 1365, 4096, 21, 128, 2048, 2",
    "24, 2, 4096, 12288, 64, 384, 6144, 1",
    "256, 64, 4096, 131072, 64, 384, 6144, 2",
  })
  void the_server_takes_its_share_of_the_machine(
      long gib,
      int cores,
      int buffers,
      int cache,
      int work,
      int maintenance,
      int wal,
      int workers) {
    assertThat(ServerSize.of(gib << 30, cores))
        .isEqualTo(new ServerSize(buffers, cache, work, maintenance, wal, workers));
  }
}
