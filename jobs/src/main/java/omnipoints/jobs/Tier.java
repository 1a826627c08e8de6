package omnipoints.jobs;

import java.sql.Connection;

/**
 * Step tier: programmes have no tiers yet, a programme that declares some is refused at start; so
 * nobody moves.
 */
final class Tier implements NightStep {

  @Override
  public String name() {
    return "tier";
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) {
    return Counts.NOTHING;
  }
}
