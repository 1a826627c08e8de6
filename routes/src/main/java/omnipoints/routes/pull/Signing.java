package omnipoints.routes.pull;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How requests are signed: names sorted by code unit, name and value joined, hashed with a secret.
 */
final class Signing {
  private Signing() {}

  /** Names and values of all that has a value, sorted by name, without anything between. */
  static String joined(Map<String, String> params) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(params)
        .forEach(
            (name, value) -> {
              if (value != null && !value.isEmpty()) text.append(name).append(value);
            });
    return text.toString();
  }

  /** {@code MD5(secret + text + secret)} in capital hex: TOP and JD. */
  static String md5Between(String secret, String text) {
    byte[] bytes = (secret + text + secret).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  /** Hash of the text in small hex. */
  static String digest(String algorithm, String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  /**
   * SHA-256 with RSA of the text, in Base64: WeChat Pay.
   *
   * @param pem the private key as PKCS #8, with or without its first and last line
   * @throws GeneralSecurityException it is none
   */
  static String rsa(String pem, String text) throws GeneralSecurityException {
    String bare = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      PrivateKey key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(bare)));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (IllegalArgumentException e) {
      // What is wrong with the text is not told: it is a secret.
      throw new InvalidKeyException("no Base64");
    }
  }

  /** HMAC of the text in small hex. */
  static String hmac(String algorithm, String secret, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
