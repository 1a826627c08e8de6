package omnipoints.routes.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The fields of a form, and the signature that TOP and JD expect over them. */
final class Form {
  private final Map<String, String> fields = new TreeMap<>();

  Form(String body) {
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String get(String name) {
    return fields.getOrDefault(name, "");
  }

  /** Written out: it must not share a mistake with the side it checks. */
  boolean signedWith(String secret) {
    StringBuilder text = new StringBuilder(secret);
    fields.forEach(
        (name, value) -> {
          if (!name.equals("sign") && !value.isEmpty()) text.append(name).append(value);
        });
    try {
      byte[] hash =
          MessageDigest.getInstance("MD5")
              .digest(text.append(secret).toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().withUpperCase().formatHex(hash).equals(get("sign"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
