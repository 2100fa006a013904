package dev.iiswarden.rules;

import static dev.iiswarden.rules.RulesSignature.SIGNATURE;
import static dev.iiswarden.rules.RulesSignature.SUMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.RulesWatch;
import dev.iiswarden.testing.Await;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that must be signed are taken only as they were signed. */
class RulesSignatureTest {
  @TempDir private Path directory;

  private KeyPair keys;

  @BeforeEach
  void signedRules() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    keys = generator.generateKeyPair();
    save("one");
    save("two");
    sign(keys, "Ed25519");
  }

  private void save(String id) throws IOException {
    Files.writeString(
        directory.resolve(id + ".drl"),
        """
        package analyst;
        import dev.iiswarden.event.*;
        rule "a library was loaded: %1$s" @id( "%1$s" ) @severity( "low" )
        when $loaded : LibraryEvent( dll.path != null ) then insert( new Detection( $loaded ) ); end
        """
            .formatted(id));
  }

  private void sign(KeyPair pair, String algorithm) throws IOException, GeneralSecurityException {
    StringBuilder sums = new StringBuilder();
    for (String file : List.of("one.drl", "two.drl")) {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(directory.resolve(file)));
      sums.append(HexFormat.of().formatHex(sum)).append("  ").append(file).append('\n');
    }
    sign(sums.toString(), pair, algorithm);
  }

  private void sign(String sums, KeyPair pair, String algorithm)
      throws IOException, GeneralSecurityException {
    Files.writeString(directory.resolve(SUMS), sums);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(pair.getPrivate());
    signature.update(sums.getBytes(StandardCharsets.UTF_8));
    Files.write(directory.resolve(SIGNATURE), signature.sign());
  }

  private RulesDirectory signed() {
    return RulesDirectory.at(directory).signedBy(keys.getPublic());
  }

  private String refusal() {
    return String.valueOf(
        assertThrows(RulesException.class, () -> signed().compile()).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, SHA256withRSA",
    "EC, 256, SHA256withECDSA",
    "EC, 384, SHA256withECDSA",
    "Ed25519, 255, Ed25519"
  })
  void rulesAsTheyWereSignedAreTaken(String algorithm, int bits, String signature)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    keys = generator.generateKeyPair();
    sign(keys, signature);
    assertEquals(2, signed().compile().all().size());
    Path pem = directory.resolve("public.pem");
    Files.writeString(
        pem,
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    assertEquals(2, RulesDirectory.at(directory).signedBy(pem).compile().all().size());
  }

  @Test
  void aChangedFileIsRefused() throws IOException {
    Files.writeString(
        directory.resolve("two.drl"), "// harmless\n", java.nio.file.StandardOpenOption.APPEND);
    assertTrue(refusal().endsWith("two.drl has been changed since it was signed"), refusal());
  }

  @Test
  void anAddedFileIsRefused() throws IOException {
    save("three");
    assertTrue(refusal().contains("three.drl is not signed"), refusal());
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    Files.delete(directory.resolve("one.drl"));
    assertTrue(refusal().contains("lacks one.drl, which SHA256SUMS names"), refusal());
  }

  @Test
  void aListThatNobodySignedIsRefused() throws Exception {
    Files.writeString(directory.resolve(SUMS), "\n", java.nio.file.StandardOpenOption.APPEND);
    assertTrue(
        refusal().contains("is not a valid signature of SHA256SUMS by the required key"),
        refusal());
  }

  @Test
  void anotherKeyIsRefused() throws Exception {
    sign(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), "Ed25519");
    assertTrue(
        refusal().contains("is not a valid signature of SHA256SUMS by the required key"),
        refusal());
    sign(KeyPairGenerator.getInstance("EC").generateKeyPair(), "SHA256withECDSA");
    assertTrue(
        refusal().contains("is not a valid signature of SHA256SUMS by the required key"),
        refusal());
    Files.write(directory.resolve(SIGNATURE), new byte[0]);
    assertTrue(
        refusal().contains("is not a valid signature of SHA256SUMS by the required key"),
        refusal());
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Files.delete(directory.resolve(SIGNATURE));
    assertTrue(refusal().startsWith("the rules must be signed, but there is no "), refusal());
    assertTrue(refusal().endsWith(SIGNATURE), refusal());
    Files.delete(directory.resolve(SUMS));
    assertTrue(refusal().endsWith(SUMS), refusal());
  }

  @Test
  void aSignedListThatIsNoneIsRefused() throws Exception {
    sign("one.drl two.drl\n", keys, "Ed25519");
    assertTrue(refusal().contains("SHA256SUMS:1: not a line as sha256sum prints it"), refusal());
  }

  @Test
  void signedRulesAreStillData() throws Exception {
    Files.writeString(
        directory.resolve("one.drl"),
        """
        package analyst;
        import dev.iiswarden.event.*;
        rule "escape" when LibraryEvent() then System.exit( 1 ); end
        """);
    sign(keys, "Ed25519");
    assertTrue(
        refusal()
            .contains(
                "a consequence may only insert a Detection, a PendingSequence or a ModuleRegistration"),
        refusal());
  }

  @Test
  void keysThatAreNoGoodAreRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    KeyPair weak = generator.generateKeyPair();
    RulesDirectory rules = RulesDirectory.at(directory);
    assertEquals(
        "an RSA key of 1024 bits; the least is 2048",
        assertThrows(IllegalArgumentException.class, () -> rules.signedBy(weak.getPublic()))
            .getMessage());
    KeyPair other = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    assertThrows(IllegalArgumentException.class, () -> rules.signedBy(other.getPublic()));
    Path file = directory.resolve("key.pem");
    Map<String, String> reasons =
        Map.of(
            "no key", "contains neither a PUBLIC KEY nor a CERTIFICATE",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "cannot be used");
    for (Map.Entry<String, String> one : reasons.entrySet()) {
      Files.writeString(file, one.getKey());
      String message =
          String.valueOf(
              assertThrows(RulesException.class, () -> rules.signedBy(file)).getMessage());
      assertTrue(message.contains(one.getValue()), message);
    }
    assertThrows(RulesException.class, () -> rules.signedBy(directory.resolve("none.pem")));
  }

  @Test
  void aWatchTakesUpOnlyWhatIsSigned() throws Exception {
    try (Detector detector = Detector.builder().rules(signed().compile()).build();
        RulesWatch watch = RulesWatch.start(signed(), detector)) {
      save("three");
      Await.until(() -> watch.refused() == 1);
      assertEquals(2, detector.rules().all().size());
      Files.delete(directory.resolve("three.drl"));
      save("one");
      Files.writeString(
          directory.resolve("two.drl"), "// once more\n", java.nio.file.StandardOpenOption.APPEND);
      sign(keys, "Ed25519");
      Await.until(() -> watch.reloaded() == 1);
    }
  }

  /** With the very commands of the page about writing rules. */
  @Test
  void theCommandsOfThePageMakeASignature() throws Exception {
    assumeTrue(run("openssl", "version") == 0, "there is no openssl on this machine");
    assertEquals(0, run("openssl", "genrsa", "-out", "private.pem", "2048"));
    assertEquals(0, run("openssl", "rsa", "-in", "private.pem", "-pubout", "-out", "public.pem"));
    assertEquals(0, run("sh", "-c", "sha256sum *.drl > SHA256SUMS"));
    assertEquals(
        0, run("openssl", "dgst", "-sha256", "-sign", "private.pem", "-out", SIGNATURE, SUMS));
    RulesDirectory rules = RulesDirectory.at(directory).signedBy(directory.resolve("public.pem"));
    assertEquals(2, rules.compile().all().size());
    assertEquals(
        0,
        run(
            "openssl",
            "req",
            "-x509",
            "-key",
            "private.pem",
            "-subj",
            "/CN=rules",
            "-out",
            "certificate.pem"));
    assertEquals(
        2,
        RulesDirectory.at(directory)
            .signedBy(directory.resolve("certificate.pem"))
            .compile()
            .all()
            .size());
    assertEquals(0, run("openssl", "genpkey", "-algorithm", "ed25519", "-out", "private.pem"));
    assertEquals(0, run("openssl", "pkey", "-in", "private.pem", "-pubout", "-out", "public.pem"));
    assertEquals(
        0,
        run(
            "openssl",
            "pkeyutl",
            "-sign",
            "-rawin",
            "-inkey",
            "private.pem",
            "-in",
            SUMS,
            "-out",
            SIGNATURE));
    assertEquals(
        2,
        RulesDirectory.at(directory)
            .signedBy(directory.resolve("public.pem"))
            .compile()
            .all()
            .size());
  }

  private int run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(new File(directory.toFile(), "output.txt"))
              .start();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      return process.exitValue();
    } catch (IOException e) {
      return -1;
    }
  }
}
