package omnipoints.jobs.extract;

import java.util.Map;

/** Words of the books in the language of the reconciliation workbook. */
final class ChineseWords {

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("EARN", "发放"),
          Map.entry("RELEASE", "到账"),
          Map.entry("CLAWBACK", "扣回"),
          Map.entry("REDEEM", "消费"),
          Map.entry("RESTORE", "回补"),
          Map.entry("EXPIRE", "过期"),
          Map.entry("ADJUST", "调整"),
          Map.entry("TRANSFER", "转赠"),
          Map.entry("OPENING", "初始化"),
          Map.entry("MERGE", "合并"),
          Map.entry("FORFEIT", "注销"),
          Map.entry("WRITE_OFF", "核销"),
          Map.entry("pending", "在途"),
          Map.entry("available", "可用"),
          Map.entry("owed", "欠分"),
          Map.entry("POSTED", "已计分"),
          Map.entry("UNPAID", "未付款"),
          Map.entry("CANCELLED", "已取消"),
          Map.entry("PENDING", "次夜处理"),
          Map.entry("UNATTRIBUTED", "买家未知"),
          Map.entry("INCOMPLETE", "文档未齐"),
          Map.entry("ZERO", "零积分"),
          Map.entry("EXCLUDED", "不计分"),
          Map.entry("REJECTED_SIBLING", "有拒收行"),
          Map.entry("OPEN", "未结"),
          Map.entry("CLOSED", "已结"),
          Map.entry("TIMING", "时间差"),
          Map.entry("PLATFORM", "平台"),
          Map.entry("TILL", "收银"),
          Map.entry("EXPORT", "导出"),
          Map.entry("SETUP", "设置"),
          Map.entry("CUSTOMER_SERVICE", "客服"),
          Map.entry("FRAUD", "欺诈"),
          Map.entry("PAYMENT", "收款"),
          Map.entry("PAYOUT", "划转"),
          Map.entry("RETOLD", "重复（不计）"),
          Map.entry("REFUND", "退款"),
          Map.entry("FEE", "费用"),
          Map.entry("SUBSIDY", "补贴"),
          Map.entry("OTHER", "其他"),
          Map.entry("UNKNOWN", "未知"),
          Map.entry("ORPHAN_RETURN", "退货无销售"),
          Map.entry("REFUND_MISMATCH", "退款不一致"),
          Map.entry("CONTROL_TOTAL", "总数不符"),
          Map.entry("POINTS_DIFF", "积分不符"),
          Map.entry("IDENTITY_CONFLICT", "身份冲突"),
          Map.entry("OVERDRAWN", "超额扣减"),
          Map.entry("OVERSOLD", "超量"),
          Map.entry("DOUBLE_CHANNEL", "单号重复"),
          Map.entry("DOUBLED_ROWS", "文件行重复"),
          Map.entry("MISSING_DELIVERY", "应到未到"),
          Map.entry("INCOMPLETE_PULL", "接口未取全"),
          Map.entry("ADJUSTMENT_REFUSED", "调整未准"),
          Map.entry("VELOCITY", "频次异常"),
          Map.entry("SETTLED_REFUND_UNSEEN", "结算退款未见"),
          Map.entry("UNSETTLED", "未结算"),
          Map.entry("SETTLEMENT_DIFF", "结算不符"),
          Map.entry("FEE_UNKNOWN", "费用未识别"),
          Map.entry("ORDER_UNKNOWN", "订单未知"));

  private ChineseWords() {}

  /** The word in Chinese; one that has none stays as it is. */
  static String of(String word) {
    return WORDS.getOrDefault(word, word);
  }
}
