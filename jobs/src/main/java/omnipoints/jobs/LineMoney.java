package omnipoints.jobs;

import java.time.LocalDate;
import java.util.UUID;
import omnipoints.facts.Purchase;
import omnipoints.jobs.OrderReader.Decided;

/**
 * The money by which points of lines went, where documents say otherwise: explanations ask for it.
 */
final class LineMoney implements AutoCloseable {

  /** Grain: one per line of an order whose points follow other money. */
  private record LineMoneyRow(
      LocalDate night, UUID orderKey, String lineKey, long baseFen, String refunds) {}

  private final Night night;
  private NightRows<LineMoneyRow> rows;

  LineMoney(Night night) {
    this.night = night;
  }

  void put(Decided decided) {
    if (decided.purchase().equals(decided.documented())) return;
    if (rows == null) rows = NightRows.own(night, "line_money", LineMoneyRow.class);
    for (Purchase.Line line : decided.purchase().lines())
      if (line.live())
        rows.put(
            new LineMoneyRow(
                night.date(),
                decided.order().key(),
                line.key().line(),
                line.baseFen(),
                RefundSteps.write(line.refunds())));
  }

  void finish() {
    if (rows != null) rows.finish();
  }

  @Override
  public void close() {
    if (rows != null) rows.close();
  }
}
