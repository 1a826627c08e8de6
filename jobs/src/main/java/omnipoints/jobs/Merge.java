package omnipoints.jobs;

import java.sql.Connection;
import java.util.Set;
import omnipoints.sql.Script;

/**
 * Step merge: landing rows of the night join the order space as a lattice, and the work set is
 * written, in one transaction. The statements say how, one after the other; none depends on the
 * order in which files arrived.
 */
final class Merge implements NightStep {

  private static final Script SQL = Night.script("merge");
  private static final Set<String> WRITTEN = Set.of("orders", "lines", "returns", "snapshots");

  @Override
  public String name() {
    return "merge";
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) {
    long written = 0;
    for (String statement : SQL.names()) {
      long rows = night.run(connection, SQL, statement);
      if (WRITTEN.contains(statement)) written += rows;
      night.crash().reached("merge:" + statement);
    }
    return new Counts(written, written, 0);
  }
}
