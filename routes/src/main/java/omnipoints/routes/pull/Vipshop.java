package omnipoints.routes.pull;

import java.util.Locale;
import java.util.Map;

/**
 * Vipshop (唯品会, vop.vip.com doccenter 54): system parameters in the URL, business JSON in the body,
 * HMAC-MD5 over both. Only the signature is known well enough to be written down; no list of orders
 * is, so that nothing is pulled.
 */
final class Vipshop {
  private Vipshop() {}

  static String sign(String secret, Map<String, String> system, String body) {
    String text = Signing.joined(system) + body;
    return Signing.hmac("HmacMD5", secret, text).toUpperCase(Locale.ROOT);
  }
}
