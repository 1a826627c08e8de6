package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import omnipoints.files.Bundle;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import omnipoints.mappings.Recognition;
import omnipoints.routes.Archive;
import omnipoints.routes.Collected;
import omnipoints.routes.Collector;
import omnipoints.routes.FileName;
import omnipoints.routes.Left;
import omnipoints.routes.SourceFailure;
import omnipoints.routes.pull.WindowState;
import omnipoints.sql.Script;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step collect: every route polls, bytes are archived by hash and registered before a file leaves
 * its source; ends by freezing {@code night_input}, which a restart uses as it is.
 */
final class Collect implements NightStep {

  private static final Logger LOG = LoggerFactory.getLogger(Collect.class);
  private static final Script SQL = Night.script("collect");

  private List<Left> left = List.of();

  @Override
  public String name() {
    return "collect";
  }

  @Override
  public Counts prepare(Night night) {
    if (!night.collects()) {
      waitForExpected(night);
      return Counts.NOTHING;
    }
    List<SourceFailure> unpulled =
        Pulls.run(night.home(), night.database(), night.clock(), window -> told(night, window));
    Collected collected =
        new Collector()
            .collect(
                Intake.settings(night.home()),
                arrival -> Intake.register(night.database(), arrival),
                notice -> {
                  LOG.warn(notice.text());
                  night.progress().note(notice.text());
                });
    left = collected.left();
    List<SourceFailure> failures = new ArrayList<>(unpulled);
    failures.addAll(collected.failures());
    if (failures.isEmpty()) {
      waitForExpected(night);
      return new Counts(collected.arrivals().size(), 0, 0);
    }
    throw new NightRefused(
        9,
        failures.get(0).kind().name(),
        String.join("; ", failures.stream().map(SourceFailure::message).toList()),
        next(night, failures));
  }

  /** A window that is not proven waits for no night: it is a break, and asked again. */
  private static void told(Night night, WindowState window) {
    if (window.state() == WindowState.State.PROVEN) return;
    String note =
        "pull of "
            + window.channel()
            + " "
            + window.shop()
            + " "
            + window.api()
            + " is not complete: "
            + window.reason();
    LOG.warn(note);
    night.progress().note(note);
  }

  /**
   * What has come so far belongs to this night whenever it goes on, so it is frozen before waiting.
   *
   * @throws NightRefused exit 10: an expected delivery has not come and its deadline is still to
   *     come
   */
  private static void waitForExpected(Night night) {
    if (!ExpectedDeliveries.mayWait(night)) return;
    night
        .database()
        .inTransaction(
            connection -> {
              night.lock().fence(connection);
              if (night.collects()) night.run(connection, SQL, "freeze");
              ExpectedDeliveries expected = expected(night, connection, inputs(night, connection));
              expected.store(connection);
              return expected.waiting(night);
            })
        .ifPresent(
            waits -> {
              throw waits;
            });
  }

  private static ExpectedDeliveries expected(
      Night night, Connection connection, List<Input> inputs) {
    return ExpectedDeliveries.of(
        night,
        connection,
        inputs.stream()
            .map(one -> new ExpectedDeliveries.Arrived(one.channel(), one.shop(), one.document()))
            .toList());
  }

  private static List<String> next(Night night, List<SourceFailure> failures) {
    var next = new ArrayList<String>();
    failures.forEach(failure -> next.add(failure.next()));
    next.add("./omnipoints restart " + night.date());
    return next;
  }

  /** Freezes the input: what was registered and not yet frozen for another night. */
  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) throws SQLException {
    leave(night, connection);
    if (night.collects()) {
      night.run(connection, SQL, "freeze");
      night.run(connection, SQL, "accepted_doubled");
      night.run(connection, Withdrawal.SQL, "freeze");
    }
    List<Input> inputs = inputs(night, connection);
    expected(night, connection, inputs).store(connection);
    Set<String> seen = new HashSet<>();
    Set<String> replays = new HashSet<>();
    for (Input input : inputs) if (input.accepted() && input.replay()) seen.add(input.identity());
    long n = 0;
    for (Input input : inputs) {
      Input judged = input;
      // A replay is read whatever came before; the same bytes beside it are read once.
      boolean readAgain = input.replay() && replays.add(input.identity());
      if (input.accepted() && !readAgain)
        judged = repeated(connection, input, !seen.add(input.identity()));
      n++;
      store(night, connection, (int) n, judged);
    }
    return new Counts(n, n, inputs.stream().filter(input -> !input.accepted()).count());
  }

  /** Writes down what still lies where it was, and since when. */
  private void leave(Night night, Connection connection) {
    night.run(connection, SQL, "left_again");
    if (!night.collects()) {
      night.run(connection, SQL, "left_before");
      return;
    }
    SQL.statement("left")
        .run(
            connection,
            Map.of(
                "night", night.date(),
                "previous", night.previous(),
                "files", left.stream().map(Left::file).toList(),
                "kinds", left.stream().map(one -> one.kind().name()).toList(),
                "reasons", left.stream().map(Left::reason).toList()));
  }

  private static List<Input> inputs(Night night, Connection connection) {
    List<Input> inputs = new ArrayList<>();
    for (Input arrival : arrivals(night, connection)) inputs.addAll(judged(night, arrival));
    inputs.sort(ORDER);
    return inputs;
  }

  private static List<Input> arrivals(Night night, Connection connection) {
    return SQL.statement("arrivals")
        .list(
            connection,
            Map.of("night", night.date()),
            row ->
                new Input(
                    row.getString("channel"),
                    shop(night, row.getString("channel"), row.getString("shop")),
                    "",
                    "",
                    row.getString("file"),
                    row.getString("sha256"),
                    row.getLong("bytes"),
                    row.getString("refused"),
                    row.getString("message"),
                    row.getBoolean("replay")));
  }

  private static String shop(Night night, String channel, String folderShop) {
    HomeConfig.ChannelConfig config = night.home().config().channels().get(channel);
    if (!folderShop.isEmpty() || config == null || config.shop() == null) return folderShop;
    return config.shop();
  }

  /** One input per document of the arrival; a bundle's members are arrivals of their own. */
  private static List<Input> judged(Night night, Input arrival) {
    if (!arrival.outcome().isEmpty()) return List.of(arrival);
    Archive archive = new Archive(night.home().archive());
    String mapping = night.home().mapping(arrival.channel());
    Optional<Bundle> bundle =
        night.channels().bundle(archive.path(arrival.sha256()), mapping, arrival.file());
    if (bundle.isEmpty()) return recognised(night, archive, arrival);
    try {
      List<Input> inputs = new ArrayList<>();
      for (Bundle.Member member : bundle.get().unpack(keeper(archive))) {
        if (member.file() == null) {
          inputs.add(
              arrival
                  .called(FileName.printable(member.name()))
                  .as("", "", member.outcome().name(), member.message()));
        } else {
          inputs.addAll(recognised(night, archive, arrival.member(member)));
        }
      }
      if (!inputs.isEmpty()) return inputs;
      return List.of(
          arrival.as(
              "",
              "",
              DeliveryOutcome.EMPTY.name(),
              arrival.file() + ": the archive has no member"));
    } catch (DeliveryRefused e) {
      return List.of(arrival.as("", "", e.outcome().name(), e.getMessage()));
    }
  }

  /** Members lie in the archive under their own hashes: unpacking again changes nothing. */
  private static Bundle.Store keeper(Archive archive) {
    return (name, bytes) -> archive.store(bytes, Long.MAX_VALUE).path();
  }

  private static List<Input> recognised(Night night, Archive archive, Input input) {
    Path file = archive.path(input.sha256());
    Recognition recognition =
        DocumentFolders.recognise(
            night.home(), night.channels(), input.channel(), input.shop(), file, input.file());
    if (recognition instanceof Recognition.Refused refused) {
      return List.of(input.as("", "", refused.outcome().name(), refused.message()));
    }
    List<Input> inputs = new ArrayList<>();
    for (Recognition.Recognised part : recognition.parts()) {
      String grain = part.document().grain().name().toLowerCase();
      inputs.add(input.as(part.document().name(), grain, DeliveryOutcome.ACCEPTED.name(), ""));
    }
    return inputs;
  }

  private static Input repeated(Connection connection, Input input, boolean again) {
    Map<String, Object> key =
        Map.of(
            "channel", input.channel(),
            "shop", input.shop(),
            "document", input.document(),
            "file", input.file(),
            "sha256", input.sha256());
    String withdrawn =
        Withdrawal.SQL
            .statement("is_withdrawn")
            .one(connection, withdrawnKey(input), row -> row.getString(1))
            .orElse("");
    if (!withdrawn.isEmpty())
      return input.as(
          input.document(),
          input.grain(),
          "WITHDRAWN",
          input.file() + ": these bytes were taken back by " + withdrawn);
    if (again)
      return input.as(
          input.document(), input.grain(), "DUPLICATE", "the same bytes came twice tonight");
    String before =
        SQL.statement("before").one(connection, key, row -> row.getString(1)).orElse("");
    return switch (before) {
      case "DUPLICATE" ->
          input.as(
              input.document(), input.grain(), before, "the same bytes came in an earlier night");
      case "REVISION" ->
          input.as(
              input.document(),
              input.grain(),
              before,
              "a file of this name came before with other bytes");
      default -> input;
    };
  }

  private static Map<String, Object> withdrawnKey(Input input) {
    return Map.of(
        "channel", input.channel(),
        "shop", input.shop(),
        "document", input.document(),
        "sha256", input.sha256());
  }

  private static void store(Night night, Connection connection, int n, Input input) {
    SQL.statement("store")
        .run(
            connection,
            Map.ofEntries(
                Map.entry("night", night.date()),
                Map.entry("n", n),
                Map.entry("channel", input.channel()),
                Map.entry("shop", input.shop()),
                Map.entry("document", input.document()),
                Map.entry("grain", input.grain()),
                Map.entry("file", input.file()),
                Map.entry("sha256", input.sha256()),
                Map.entry("bytes", input.bytes()),
                Map.entry("outcome", input.outcome()),
                Map.entry("message", input.message())));
  }

  private static final Comparator<Input> ORDER =
      Comparator.comparing(Input::channel)
          .thenComparing(Input::shop)
          .thenComparing(Input::document)
          .thenComparing(Input::sha256)
          .thenComparing(Input::file);

  /** One arrival on its way to {@code night_input}; an empty outcome is not judged yet. */
  private record Input(
      String channel,
      String shop,
      String document,
      String grain,
      String file,
      String sha256,
      long bytes,
      String outcome,
      String message,
      boolean replay) {

    Input as(String document, String grain, String outcome, String message) {
      return new Input(
          channel, shop, document, grain, file, sha256, bytes, outcome, message, replay);
    }

    /** A member that was not unpacked: it has no bytes of its own here. */
    Input called(String name) {
      return new Input(channel, shop, document, grain, name, sha256, 0, outcome, message, false);
    }

    Input member(Bundle.Member member) {
      try {
        String hash = member.file().getFileName().toString();
        long size = Files.size(member.file());
        return new Input(
            channel,
            shop,
            document,
            grain,
            FileName.printable(member.name()),
            hash,
            size,
            outcome,
            message,
            false);
      } catch (IOException e) {
        throw new UncheckedIOException("the archive lost " + member.name(), e);
      }
    }

    boolean accepted() {
      return outcome.equals(DeliveryOutcome.ACCEPTED.name());
    }

    String identity() {
      return channel + '\0' + shop + '\0' + document + '\0' + sha256;
    }
  }
}
