package omnipoints.console;

import omnipoints.jobs.RerunPlan;

/** A plan of a night as people read it. */
final class PlanPage {
  private PlanPage() {}

  static void print(Page page, RerunPlan plan) {
    Words words = page.words();
    page.say("plan.head", plan.date(), words.state(plan.state()));
    TextTable table = words.table("step", "action", ">rows");
    for (RerunPlan.Step step : plan.steps())
      table.row(
          step.name(), words.sayOr("plan." + step.action(), step.action().name()), step.rows());
    page.table(null, table);
    page.list("plan.files", plan.files());
    page.blank().say("plan.reason", plan.reason());
  }
}
