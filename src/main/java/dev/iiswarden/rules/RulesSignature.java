package dev.iiswarden.rules;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks rule files against the list of their checksums, and that list against its signature. */
final class RulesSignature {
  static final String SUMS = "SHA256SUMS";
  static final String SIGNATURE = "SHA256SUMS.sig";

  private static final int LEAST_RSA_BITS = 2048;
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");
  private static final Pattern SUM = Pattern.compile("([0-9a-fA-F]{64}) [ *](\\S.*)");
  private static final Pattern PUBLIC_KEY =
      Pattern.compile("(?s)-----BEGIN PUBLIC KEY-----(.*?)-----END PUBLIC KEY-----");

  private RulesSignature() {}

  /** The key, if it is one that signatures are checked by. */
  static PublicKey checked(PublicKey key) {
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
      throw new IllegalArgumentException(
          "an RSA key of "
              + rsa.getModulus().bitLength()
              + " bits; the least is "
              + LEAST_RSA_BITS);
    }
    algorithm(key);
    return key;
  }

  private static String algorithm(PublicKey key) {
    if (key instanceof RSAPublicKey) {
      return "SHA256withRSA";
    }
    if (key instanceof ECPublicKey) {
      return "SHA256withECDSA";
    }
    if (key instanceof EdECPublicKey edwards
        && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
      return NamedParameterSpec.ED25519.getName();
    }
    throw new IllegalArgumentException(
        "a key for " + key.getAlgorithm() + ", not RSA, EC or Ed25519");
  }

  static PublicKey readKey(Path file) {
    try {
      String text = Files.readString(file);
      Matcher encoded = PUBLIC_KEY.matcher(text);
      if (encoded.find()) {
        return checked(decodeKey(Base64.getMimeDecoder().decode(encoded.group(1))));
      }
      return checked(
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
              .getPublicKey());
    } catch (IOException e) {
      throw new RulesException("cannot read the key " + file + ": " + e, e);
    } catch (CertificateException e) {
      throw new RulesException(
          file + " contains neither a PUBLIC KEY nor a CERTIFICATE in PEM form", e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new RulesException("the key in " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static PublicKey decodeKey(byte[] encoded) throws GeneralSecurityException {
    InvalidKeySpecException reason = new InvalidKeySpecException("neither RSA, EC nor Ed25519");
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        // The encoding names its algorithm, but only the factory for that algorithm can read it.
        reason.addSuppressed(e);
      }
    }
    throw reason;
  }

  /**
   * Checks a set of rule files.
   *
   * @param files their content by name
   * @throws RulesException if they are not those that were signed
   */
  static void verify(Path directory, Map<String, byte[]> files, PublicKey key) {
    byte[] sums = read(directory.resolve(SUMS));
    byte[] signature = read(directory.resolve(SIGNATURE));
    if (!isSigned(sums, signature, key)) {
      throw new RulesException(
          directory.resolve(SIGNATURE)
              + " is not a valid signature of "
              + SUMS
              + " by the required key");
    }
    Map<String, String> signed = parse(directory.resolve(SUMS), sums);
    files.forEach(
        (name, content) -> {
          String sum = signed.remove(name);
          if (sum == null) {
            throw new RulesException(
                directory.resolve(name) + " is not signed: " + SUMS + " does not name it");
          }
          if (!sum.equals(sha256(content))) {
            throw new RulesException(
                directory.resolve(name) + " has been changed since it was signed");
          }
        });
    if (!signed.isEmpty()) {
      throw new RulesException(
          directory
              + " lacks "
              + String.join(", ", new TreeSet<>(signed.keySet()))
              + ", which "
              + SUMS
              + " names");
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new RulesException("the rules must be signed, but there is no " + file, e);
    } catch (IOException e) {
      throw new RulesException("cannot read " + file + ": " + e, e);
    }
  }

  private static boolean isSigned(byte[] content, byte[] signature, PublicKey key) {
    try {
      Signature verifier = Signature.getInstance(algorithm(key));
      verifier.initVerify(key);
      verifier.update(content);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // What has not even the form of a signature.
      return false;
    }
  }

  /** The rule files that the list names, with their checksums. */
  private static Map<String, String> parse(Path list, byte[] content) {
    Map<String, String> sums = new HashMap<>();
    int number = 0;
    for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      number++;
      Matcher sum = SUM.matcher(line);
      if (!sum.matches()) {
        throw new RulesException(
            list + ":" + number + ": not a line as sha256sum prints it: " + line);
      }
      if (sum.group(2).endsWith(".drl")) {
        sums.put(sum.group(2), sum.group(1).toLowerCase(Locale.ROOT));
      }
    }
    return sums;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
