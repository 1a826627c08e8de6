package omnipoints.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import omnipoints.routes.Outbox;
import omnipoints.routes.Pause;
import omnipoints.routes.SftpOutbox;

/**
 * Step deliver: hands the extract over. Without a target of its own the outbox is where the CRM
 * team fetches it.
 */
final class Deliver implements NightStep {

  @Override
  public String name() {
    return "deliver";
  }

  @Override
  public Counts prepare(Night night) {
    HomeConfig config = night.home().config();
    Acks.keep(night);
    Path source = night.home().outbox().resolve(night.date().toString());
    int copied = config.deliverTo() == null ? 0 : toFolder(night, source, config.deliverTo());
    int sent = config.deliverBySftp() == null ? 0 : bySftp(night, source, config.deliverBySftp());
    return new Counts(0, copied + sent, 0);
  }

  private static int toFolder(Night night, Path source, String target) {
    Path folder = night.home().dir().resolve(target).resolve(night.date().toString());
    try {
      return Outbox.deliver(source, folder).size();
    } catch (IOException e) {
      throw NightRefused.cannotWrite(folder, e, night.date());
    }
  }

  private static int bySftp(Night night, Path source, HomeConfig.SftpConfig server) {
    try {
      return SftpOutbox.deliver(
              source,
              Sources.server("crm", null, server),
              night.date().toString(),
              night.home().dir().resolve("secrets"),
              Pause.real())
          .size();
    } catch (SftpOutbox.Undelivered e) {
      throw new NightRefused(
          9,
          "CANNOT_DELIVER",
          "the night is closed, its extract could not be delivered: " + e.failure().message(),
          List.of(e.failure().next(), "./omnipoints restart " + night.date()));
    }
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) {
    Extract.SQL.statement("delivered").run(connection, Extract.params(night, null));
    Extract.SQL.statement("forget_older").run(connection, Extract.params(night, null));
    return prepared;
  }
}
