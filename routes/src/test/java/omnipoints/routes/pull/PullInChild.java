package omnipoints.routes.pull;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.routes.Pause;

/**
 * A pull in a process of its own, so that its memory can be measured: {@code HOME URL NOW RATE}.
 * Prints how many milliseconds it took, and how many KiB of the heap were in use after collections
 * at most.
 */
final class PullInChild {
  private PullInChild() {}

  public static void main(String[] args) {
    Map<String, WindowState> book = new HashMap<>();
    PullSettings settings =
        new PullSettings(
            Path.of(args[0]),
            "douyin",
            args[1],
            Integer.parseInt(args[3]),
            Duration.ofDays(20),
            Duration.ofHours(4),
            false);
    Puller puller =
        new Puller(
            settings,
            new Memory(book),
            Clock.fixed(Instant.parse(args[2]), ZoneOffset.UTC),
            Pause.real(),
            ended -> {});
    long begun = System.nanoTime();
    if (!puller.run().isEmpty()) throw new IllegalStateException("the pull failed");
    long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    if (book.values().stream().anyMatch(one -> one.state() != WindowState.State.PROVEN))
      throw new IllegalStateException("not everything is proven");
    System.out.println(took + " " + heap() / 1024);
  }

  private static long heap() {
    System.gc();
    long most = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getCollectionUsage();
      if (usage != null && pool.getName().contains("Old")) most = pool.getPeakUsage().getUsed();
    }
    return most;
  }

  private record Memory(Map<String, WindowState> book) implements PullBook {
    private static String key(WindowState state) {
      return state.api() + state.from() + state.to();
    }

    @Override
    public Optional<Instant> plannedUntil(String channel, String shop, String api) {
      return book.values().stream()
          .filter(one -> one.api().equals(api))
          .map(WindowState::to)
          .max(Instant::compareTo);
    }

    @Override
    public List<WindowState> unfinished(String channel, String shop) {
      return book.values().stream()
          .filter(one -> one.state() != WindowState.State.PROVEN)
          .sorted(Comparator.comparing(WindowState::from))
          .toList();
    }

    @Override
    public void save(WindowState state) {
      book.put(key(state), state);
    }

    @Override
    public void forgetAfter(String channel, String shop, String api, Instant moment) {
      book.values().removeIf(one -> one.api().equals(api) && one.to().isAfter(moment));
    }

    @Override
    public void replace(WindowState whole, List<WindowState> parts) {
      book.remove(key(whole));
      parts.forEach(this::save);
    }
  }
}
