package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DemoApiTest {
  @TempDir Path directory;

  @AfterEach
  void stop() {
    Ran.in(directory, "db", "stop");
  }

  @Test
  void a_night_is_pulled_from_a_platform_that_misbehaves_and_has_all_its_orders() {
    Ran demo = Ran.in(directory, "demo", "--api", "--json");
    assertThat(demo.exit()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.json().path("orders").asInt()).isEqualTo(600);
    assertThat(demo.json().path("troubles").size()).isPositive();
    JsonNode night = demo.json().path("night");
    assertThat(night.path("state").asString()).isEqualTo("CLOSED");
    assertThat(night.path("points").path("earned").asLong()).isPositive();
    long known = 0;
    for (JsonNode one : night.path("orders")) known += one.path("orders").asLong();
    assertThat(known).as(night.toString()).isEqualTo(600);
    List<String> apis = new ArrayList<>();
    Ran status = Ran.in(directory, "pull", "status", "--json");
    for (JsonNode api : status.json().path("apis"))
      apis.add(api.path("api").asString() + " " + api.path("unproven").asInt());
    assertThat(apis).containsExactly("after_sales 0", "orders 0");
  }
}
