package omnipoints.points.rules;

import java.util.List;

/** What stays of a grant when money of its cause goes back. */
public enum OnReturn {
  /** what the kept money would have earned */
  KEPT("退货后按保留的金额重新计算", "stay as far as the kept money would have earned them"),
  /** granted − floor(granted × kept ÷ base at the award) is taken back */
  PROPORTIONAL("退货时按退回金额的比例收回", "are taken back in proportion to the returned amount"),
  /** all of it is taken back once nothing of the order is kept */
  FULL(
      "所属订单（如有）退清后全部收回",
      "are taken back once everything of the order they belong to, if any, has gone back"),
  /** nothing is taken back */
  KEEP("退货后保留", "stay when goods go back");

  private final Said fate;

  OnReturn(String zh, String en) {
    this.fate = new Said(zh, en);
  }

  /** What becomes of the extra points of some rules. */
  Said said(List<String> rules) {
    return new Said(
            "另送的积分（" + String.join("、", rules) + "）",
            "extra points (" + String.join(", ", rules) + ") ")
        .then(fate);
  }
}
