-- The files as they are, into unlogged tables with the columns they have; the two big ones side by side.

drop schema if exists tonight cascade;
create schema tonight;
create unlogged table tonight.tmall_orders (
  "订单编号" text, "买家会员名" text, "买家会员昵称" text, "支付单号" text, "支付详情" text, "买家应付货款" text, "买家应付邮费" text,
  "买家支付积分" text, "总金额" text, "返点积分" text, "买家实际支付金额" text, "买家实际支付积分" text, "订单状态" text, "买家留言" text,
  "收货人姓名" text, "收货地址" text, "运送方式" text, "联系电话" text, "联系手机" text, "虚拟号过期时间" text, "订单创建时间" text,
  "订单付款时间" text, "宝贝标题" text, "宝贝种类" text, "物流单号" text, "物流公司" text, "订单备注" text, "宝贝总数量" text, "店铺Id"
  text, "店铺名称" text, "订单关闭原因" text, "卖家服务费" text, "买家服务费" text, "发票抬头" text, "是否手机订单" text, "分阶段订单信息"
  text, "特权订金订单id" text, "是否上传合同照片" text, "是否上传小票" text, "是否代付" text, "定金排名" text, "修改后的sku" text,
  "修改后的收货地址" text, "异常信息" text, "天猫卡券抵扣" text, "集分宝抵扣" text, "是否是O2O交易" text, "满返红包金额" text, "新零售交易类型"
  text, "退款金额" text, "预约门店" text, "确认收货时间" text, "打款商家金额" text, "主订单编号" text);
create unlogged table tonight.tmall_lines (
  "子订单编号" text, "主订单编号" text, "标题" text, "价格" text, "购买数量" text, "外部系统编号" text, "商品属性" text, "套餐信息"
  text, "备注" text, "订单状态" text, "商家编码" text, "支付单号" text, "买家应付货款" text, "买家实际支付金额" text, "退款状态" text,
  "退款金额" text, "订单创建时间" text, "订单付款时间" text);
create unlogged table tonight.till (
  kh text, dtime text, spbm text, sl text, sj text, je text, spmc text, jf text, syjh text, djh text,
  gzbh text, gzmc text);
create unlogged table tonight.douyin (
  "主订单编号" text, "子订单编号" text, "选购商品" text, "商品规格" text, "商品数量" text, "商品ID" text, "商家编码" text, "商品单价"
  text, "订单应付金额" text, "运费" text, "优惠总金额" text, "平台优惠" text, "商家优惠" text, "达人优惠" text, "商家改价" text,
  "支付优惠" text, "红包抵扣" text, "支付方式" text, "手续费" text, "收件人" text, "收件人手机号" text, "省" text, "市" text,
  "区" text, "街道" text, "详细地址" text, "是否修改过地址" text, "地址修改时段" text, "买家留言" text, "订单提交时间" text, "旗帜颜色"
  text, "商家备注" text, "订单完成时间" text, "支付完成时间" text, "APP渠道" text, "流量来源" text, "订单状态" text, "承诺发货时间"
  text, "订单类型" text, "鲁班落地页ID" text, "达人ID" text, "达人昵称" text, "所属门店ID" text, "售后状态" text, "取消原因" text);
create unlogged table tonight.bindings (
  channel text, order_no text, platform_id text, phone text, card text, unionid text, bound_at text);

-- session
-- copy tonight.tmall_orders
-- copy tonight.till
-- copy tonight.bindings

-- session
-- copy tonight.tmall_lines
-- copy tonight.douyin
