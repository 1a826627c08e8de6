package omnipoints.jobs.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Remarks of breaks in the language of the reconciliation workbook. The books keep one remark, in
 * English and with its figures; here each sentence has its Chinese twin. {@code {0}}, {@code {1}} …
 * stand for what a sentence is about; those parts are translated by the same list, figures and
 * names stay.
 */
final class ChineseRemarks {

  /**
   * @param words what stands between its parts: a sentence without one of them needs no pattern
   */
  private record Sentence(List<String> words, Pattern english, String chinese) {
    static Sentence of(String english, String chinese) {
      List<String> words = new ArrayList<>();
      StringBuilder pattern = new StringBuilder();
      for (String part : english.split("(?=\\{\\d})|(?<=\\{\\d})")) {
        boolean open = part.matches("\\{\\d}");
        if (!open) words.add(part);
        pattern.append(open ? "((?:(?!; ).)*?)" : Pattern.quote(part));
      }
      return new Sentence(words, Pattern.compile(pattern.toString(), Pattern.DOTALL), chinese);
    }

    /** Its parts, null where this is another sentence. */
    Matcher matcher(String text) {
      int at = 0;
      for (String word : words) {
        at = text.indexOf(word, at);
        if (at < 0) return null;
        at += word.length();
      }
      Matcher matcher = english.matcher(text);
      return matcher.matches() ? matcher : null;
    }
  }

  private static final List<Sentence> SENTENCES =
      List.of(
          Sentence.of(
              "others confirm the close {0} of {1}, which here is {2}",
              "外部确认 {1} 的关账为 {0}，此处为 {2}"),
          Sentence.of("not closed", "未关账"),
          Sentence.of(
              "and {0} more: ./omnipoints breaks list", "另有 {0} 项，见 ./omnipoints breaks list"),
          Sentence.of("{0} without a known buyer; would earn {1}", "{0}买家未知；可得 {1}"),
          Sentence.of("{0} whose documents are not all there; would earn {1}", "{0}的文档尚未到齐；可得 {1}"),
          Sentence.of(
              "paid {0} + refunded {1} is not total {2} fen", "实付 {0} + 退款 {1} 不等于总额 {2}（分币）"),
          Sentence.of("lines say {0}, the order says {1} fen refunded", "订单行合计退款 {0}，订单为 {1}（分币）"),
          Sentence.of("a line says refunded, no document tells how much", "有订单行已退款，但没有文档说明金额"),
          Sentence.of(
              "refund documents say {0}, the order says {1} fen refunded", "退款单合计 {0}，订单为 {1}（分币）"),
          Sentence.of("return of {0} fen{1} found no sale", "退货 {0} 分币{1}，找不到对应的销售"),
          Sentence.of(" without a card", "（无卡）"),
          Sentence.of("the till gave {0} points, the ledger {1}", "收银给了 {0} 分，总账为 {1} 分"),
          Sentence.of("snapshots of one night say {0} and {1} points", "同一夜的余额文件说法不一：{0} 分与 {1} 分"),
          Sentence.of(
              "{0} says {1} points{2}, the ledger {3}: {4} too {5} there",
              "{0} 为 {1} 分{2}，总账为 {3}：对方{5} {4} 分"),
          Sentence.of(
              "{0} says {1} points, the ledger {2}: {3} too {4} there",
              "{0} 为 {1} 分，总账为 {2}：对方{4} {3} 分"),
          Sentence.of(
              "{0} does not take what it is told of {1}, since {2}: {3}",
              "{0} 自 {2} 起不接受{1}的积分同步：{3}"),
          Sentence.of(
              "nobody knows whether {0} took what it was told of {1}, since {2}: {3}",
              "自 {2} 起不知道 {0} 是否收到{1}的积分同步：{3}"),
          Sentence.of(
              "{0} was not told what {1} may spend, since {2}: {3}",
              "自 {2} 起未向 {0} 同步{1}的可用积分：{3}"),
          Sentence.of("1 member", "1 个会员"),
          Sentence.of("{0} members", "{0} 个会员"),
          Sentence.of("not sent yet", "尚未发送"),
          Sentence.of(" on {0} customers", "（{0} 个客户合计）"),
          Sentence.of("{0} after the opening, pending and owed counted", "{0}（初始化之后，含在途与欠分）"),
          Sentence.of("many", "多"),
          Sentence.of("few", "少"),
          Sentence.of("unidentified customers", "无法识别的客户"),
          Sentence.of(
              "{0} customers that nobody can be told by hold {1} points", "{0} 个无法识别的客户共持有 {1} 分"),
          Sentence.of(
              "holds {0} points here; the opening of {1} was taken from other shops of {2}",
              "在此持有 {0} 分；{1} 的初始化取自 {2} 的其他店铺"),
          Sentence.of("{0} orders known, {1} in the accounting classes", "已知订单 {0} 单，各分类合计 {1} 单"),
          Sentence.of("{0}: {1} rows in, {2} accounted for", "{0}：读入 {1} 行，有去向的 {2} 行"),
          Sentence.of("expected every night, did not arrive for {0}", "每夜应到，{0} 没有到"),
          Sentence.of(
              "{0}: each of its rows stands there an even number of times, as in a file that was appended to"
                  + " itself; its {1} rows wait: breaks resolve --accept posts them in the next night, else have"
                  + " the file sent anew",
              "{0}：每一行都出现偶数次，像是文件接在自身之后；其 {1} 行暂不入账：breaks resolve --accept 后下一夜入账，否则请对方重发"),
          Sentence.of(
              "{0} order{1} of this shop known in another; {2}, {3} row{4} not used",
              "本店 {0} 个订单号已属于另一店铺；{2}，{3} 行未使用"),
          Sentence.of("the tokens of the row belong to {0} members", "该行的标识属于 {0} 个会员"),
          Sentence.of("the order number exists in {0} shops of the channel", "该订单号在渠道的 {0} 个店铺中都有"),
          Sentence.of("the same row with the shop in column shop", "写明 shop 列的同一行"),
          Sentence.of(
              "another binding of the same moment names a member with other {0}",
              "同一时刻的另一条绑定指向{0}不同的会员"),
          Sentence.of("the buyer already belongs to a member with other {0}", "该买家已属于{0}不同的会员"),
          Sentence.of("a later binding row of the buyer", "该买家的一条更晚的绑定"),
          Sentence.of(
              "the order is bound to a member with other {0}, and the earlier binding stands",
              "该订单已绑定到{0}不同的会员，以较早的绑定为准"),
          Sentence.of(
              "a binding row of the order with an earlier bound_at", "该订单的一条 bound_at 更早的绑定"),
          Sentence.of("its tokens belong to members with different {0}", "其标识属于{0}不同的会员"),
          Sentence.of("a binding row that names one of them", "指明其中一人的绑定"),
          Sentence.of(
              "a later member row that gives one of them another phone", "给其中一人另一手机号的更晚的会员资料"),
          Sentence.of("M{0} and M{1}", "M{0} 与 M{1}"),
          Sentence.of("read in {0} row {1} ({2})", "读自 {0} 第 {1} 行（{2}）"),
          Sentence.of("look: {0}", "查看：{0}"),
          Sentence.of(
              "decide: {0} in inbox/program, or leave it so: {1}",
              "处理：在 inbox/program 放入{0}；或维持现状：{1}"),
          Sentence.of(
              "statements say {0} fen went back to the buyer, no order and no refund document does: the"
                  + " points of that money stay",
              "结算单显示已退给买家 {0} 分币，订单与退款单都没有：这笔钱的积分仍在"),
          Sentence.of(
              "statements say {0} fen went back to the buyer, orders and refund documents know {1}",
              "结算单显示已退给买家 {0} 分币，订单与退款单为 {1}"),
          Sentence.of(
              "{0} of statements {1} in no delivery ({2} fen), such as {3}",
              "结算单中的 {0}不在任何文件里（{2} 分币），例如 {3}"),
          Sentence.of(
              "{0} of statements, {1} fen, {2} called so, and no vocabulary lists it",
              "结算单中有 {0}（{1} 分币）用此名称，词表中没有"),
          Sentence.of(
              "{0} of the time from {1} to {2} {3} not proven to be complete: {4}",
              "{1} 至 {2} 之间有 {0}不能证明是完整的：{4}"),
          Sentence.of(
              "{0} completed and in no statement until {1}, such as {2}",
              "{0}已完成，到 {1} 为止的结算单中都没有，例如 {2}"),
          Sentence.of(
              "statements say {0} fen were taken from the shop after {1} fen had gone back to the buyer,"
                  + " orders and refund documents know {2}",
              "结算单显示已退给买家 {1} 分币之后又向店铺追缴 {0} 分币，订单与退款单为 {2}"),
          Sentence.of(
              "{0} fen that orders say went back to buyers are in no statement until {1}: {2}, such as {3}",
              "订单显示已退给买家的 {0} 分币，到 {1} 为止的结算单中都没有：{2}，例如 {3}"),
          Sentence.of(
              "{0} fen of {1} came from the platform and earn as if buyers had paid them, such as {2}",
              "{1}中有 {0} 分币由平台补贴，却按买家付款计了积分，例如 {2}"),
          Sentence.of(
              "balances of {0} do not follow from one another in {1}: opening and movements ({2} fen) do"
                  + " not make the closing",
              "{0} 的余额有 {1}前后不接：期初加各笔（{2} 分币）不等于期末"),
          Sentence.of(
              "{0} points for somebody whom nobody knew within {1} days are not booked: {2}",
              "{1} 天内无人认识的某人的 {0} 分未入账：{2}"),
          Sentence.of(
              "of {0} points to be written off for {1} only {2} were owed: {3} are not booked",
              "{1} 应核销 {0} 分，只欠 {2} 分：{3} 分未入账"),
          Sentence.of("{0} points for {1} are not booked: {2}", "{1} 的 {0} 分未入账：{2}"),
          Sentence.of(
              "{0}, executed on {1}: more often than {2} times a day", "{0}，{1} 已执行：超过每天 {2} 次"),
          Sentence.of(
              "{0}, asked for on {1}: more often than {2} times a day; it is held",
              "{0}，{1} 申请：超过每天 {2} 次，暂扣"),
          Sentence.of(
              "transfer to {0} of {1}: more often than {2} times a day; it is held",
              "{1} 转赠给 {0}：超过每天 {2} 次，暂扣"),
          Sentence.of(
              "account {0}, {1} row {2}, is not signed by two of the head office, and does not count",
              "账户状态 {0}（{1} 第 {2} 行）不是由总部两人签署，不计"),
          Sentence.of(
              "{0}, executed on {1}: {2} points were taken of an account that spends nothing: {3}",
              "{0}，{1} 已执行：从不可消费的账户扣了 {2} 分：{3}"),
          Sentence.of(
              "{0}, {1} row {2}, is not given by two of the head office, and does not count",
              "{0}（{1} 第 {2} 行）不是由总部两人给出，不计"),
          Sentence.of(
              "{0} of {1}, read in night {2}, name people whom nobody knew within {3} days, and count for"
                  + " nothing",
              "{2} 夜读入的 {1} 中有 {0}所指的人 {3} 天内无人认识，不计"),
          Sentence.of(
              "a voucher that nobody handed out, used at {0} on {1}: {2}",
              "无人发放的券，{0} 于 {1} 核销：{2}"),
          Sentence.of(
              "voucher of redemption {0} ({1}), used at {2} on {3}: {4}",
              "兑换 {0} 的券（{1}），{2} 于 {3} 核销：{4}"),
          Sentence.of("pass {0}, used on {1}: nothing of it was held", "权益卡 {0}，{1} 使用：未持有或已用完"),
          Sentence.of("1 place", "1 处"),
          Sentence.of("{0} places", "{0} 处"),
          Sentence.of("1 order was", "1 单"),
          Sentence.of("{0} orders were", "{0} 单"),
          Sentence.of("1 row", "1 行"),
          Sentence.of("{0} rows", "{0} 行"),
          Sentence.of("1 window", "1 个时间窗"),
          Sentence.of("{0} windows", "{0} 个时间窗"),
          Sentence.of("1 order", "1 单"),
          Sentence.of("{0} orders", "{0} 单"),
          Sentence.of("1 point", "1 分"),
          Sentence.of("{0} points", "{0} 分"),
          Sentence.of("phone", "手机号"),
          Sentence.of("phones", "手机号"),
          Sentence.of("birthday", "生日"),
          Sentence.of("birthdays", "生日"));

  private ChineseRemarks() {}

  /** The remark in Chinese; a sentence without a twin stays as it is. */
  static String of(String remark) {
    String whole = sentence(remark);
    if (!whole.equals(remark) || !remark.contains("; ")) return whole;
    StringBuilder chinese = new StringBuilder();
    for (String part : remark.split("; ")) {
      if (!chinese.isEmpty()) chinese.append("；");
      chinese.append(sentence(part));
    }
    return chinese.toString();
  }

  private static String sentence(String english) {
    for (Sentence one : SENTENCES) {
      Matcher matcher = one.matcher(english);
      if (matcher == null) continue;
      String chinese = one.chinese();
      for (int i = 0; i < matcher.groupCount(); i++)
        chinese = chinese.replace("{" + i + "}", sentence(matcher.group(i + 1)));
      return chinese;
    }
    return english;
  }
}
