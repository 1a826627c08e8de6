package omnipoints.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import omnipoints.routes.Outbox;

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
    String target = night.home().config().deliverTo();
    Path source = night.home().outbox().resolve(night.date().toString());
    if (target == null) return Counts.NOTHING;
    Path folder = night.home().dir().resolve(target).resolve(night.date().toString());
    try {
      return new Counts(0, Outbox.deliver(source, folder).size(), 0);
    } catch (IOException e) {
      throw NightRefused.cannotWrite(folder, e, night.date());
    }
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) {
    Extract.SQL.statement("delivered").run(connection, Extract.params(night, null));
    Extract.SQL.statement("forget_older").run(connection, Extract.params(night, null));
    return prepared;
  }
}
