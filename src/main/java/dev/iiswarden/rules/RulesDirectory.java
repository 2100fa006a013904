package dev.iiswarden.rules;

import dev.iiswarden.drl.FactConditions;
import dev.iiswarden.drl.Problem;
import dev.iiswarden.drl.RuleErrors;
import dev.iiswarden.drl.RuleSet;
import dev.iiswarden.engine.RuleBase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.drools.model.Model;
import org.jspecify.annotations.Nullable;

/**
 * A directory of rules: its {@code .drl} files are one rule set. Subdirectories are ignored. Made
 * by {@link #at}; nothing is read before rules are asked for. Immutable and safe for use by several
 * threads.
 *
 * <p>Rules are interpreted, and can do what rules need: test events with the documented functions,
 * and insert detections, sequences and registrations. Everything else is refused unless the
 * directory is {@link #trusted()}.
 */
public final class RulesDirectory {
  /** More than any rule file has; interpreted rules have less. */
  private static final int LARGEST_FILE = 16 << 20;

  private final Path path;
  private final boolean trusted;
  private final @Nullable PublicKey key;

  private RulesDirectory(Path path, boolean trusted, @Nullable PublicKey key) {
    this.path = path;
    this.trusted = trusted;
    this.key = key;
  }

  /** The directory at a path. It does not have to exist yet. */
  public static RulesDirectory at(Path path) {
    return new RulesDirectory(path, false, null);
  }

  /**
   * This directory without restrictions on its rules. They are compiled, which needs {@code
   * org.drools:drools-engine} on the class path. Such rules can do whatever the application can, so
   * trust them only as you would trust a jar.
   */
  public RulesDirectory trusted() {
    return new RulesDirectory(path, true, key);
  }

  /**
   * This directory, whose rules must be signed. It then needs a file {@code SHA256SUMS}, as {@code
   * sha256sum *.drl} prints it, that names all {@code .drl} files and no others, and a file {@code
   * SHA256SUMS.sig} with its signature. Make the signature with {@code openssl dgst -sha256 -sign}
   * and a private RSA or EC key, or with {@code openssl pkeyutl -sign -rawin} and an Ed25519 key.
   * An older set that was signed with the same key is accepted, too.
   *
   * @param key an RSA key of at least 2048 bits (SHA256withRSA), an EC key (SHA256withECDSA), or an
   *     Ed25519 key
   * @throws IllegalArgumentException if it is another key
   */
  public RulesDirectory signedBy(PublicKey key) {
    return new RulesDirectory(path, trusted, RulesSignature.checked(key));
  }

  /**
   * As {@link #signedBy(PublicKey)}, with the key in a file: a public key or a certificate in the
   * textual form of RFC 7468, sections 13 and 5.
   *
   * @throws RulesException if the file cannot be read, or contains no such key
   */
  public RulesDirectory signedBy(Path pemFile) {
    return new RulesDirectory(path, trusted, RulesSignature.readKey(pemFile));
  }

  /**
   * Loads the rules. Trusted rules are compiled, which takes seconds.
   *
   * @throws RulesException if the directory cannot be read, has no rule file or a missing or wrong
   *     signature, or a rule is refused or does not compile
   */
  public Rules compile() {
    return compile(read());
  }

  /**
   * Finds mistakes in rules that can be loaded: missing metadata, facts without a condition, joins
   * without a window or a condition, windows that are too long, sequences that no rule begins or
   * completes, and rules that fire on what they insert. Of trusted rules, those that say more than
   * other rules can are left out.
   *
   * @return one finding per text, each with file and line; empty if there are none
   * @throws RulesException if the directory cannot be read, has no rule file, or has a missing or
   *     wrong signature
   */
  public List<String> lint() {
    return RuleSet.readable(read()).lint().stream()
        .map(problem -> RulesException.describe(path, problem))
        .toList();
  }

  /**
   * Reads the rule files, and checks the signature of what was read.
   *
   * @return text by file name
   * @throws RulesException if the directory cannot be read, has no rule file, or has a missing or
   *     wrong signature
   */
  public Map<String, String> read() {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(path)) {
      for (Path file : entries.filter(entry -> entry.toString().endsWith(".drl")).toList()) {
        files.put(file.getFileName().toString(), content(file));
      }
    } catch (IOException | UncheckedIOException e) {
      throw new RulesException("cannot read the rules directory " + path + ": " + e, e);
    }
    if (files.isEmpty()) {
      throw new RulesException("there is no .drl file in the rules directory " + path);
    }
    List<Problem> names = RuleSet.checkNames(files.keySet());
    if (!names.isEmpty()) {
      throw new RulesException(path, names);
    }
    if (key != null) {
      RulesSignature.verify(path, files, key);
    }
    Map<String, String> texts = new TreeMap<>();
    files.forEach((name, content) -> texts.put(name, text(name, content)));
    return texts;
  }

  /** Reading a file too large for an array would end in an OutOfMemoryError. */
  private static byte[] content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(LARGEST_FILE + 1);
      if (content.length > LARGEST_FILE) {
        throw new IOException(file.getFileName() + " has more than " + LARGEST_FILE + " bytes");
      }
      return content;
    }
  }

  private String text(String name, byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new RulesException("the rule file " + path.resolve(name) + " is not UTF-8 text", e);
    }
  }

  /**
   * Loads what {@link #read} has read.
   *
   * @throws RulesException if there is no file, or a rule is refused or does not compile
   */
  public Rules compile(Map<String, String> files) {
    Map<String, String> texts = Collections.unmodifiableMap(new TreeMap<>(files));
    if (texts.isEmpty()) {
      throw new RulesException("there is no rule file, so there are no rules");
    }
    try {
      return new Rules(trusted ? compileTrusted(texts) : interpreted(texts), () -> texts);
    } catch (RuleErrors e) {
      throw new RulesException(path, e.problems());
    } catch (RulesException | OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      // Whatever is wrong with the rules, those that run stay.
      throw new RulesException("the rules of " + path + " cannot be loaded: " + e, e);
    }
  }

  private static RuleBase interpreted(Map<String, String> files) throws RuleErrors {
    List<Model> models = new ArrayList<>(CompiledModels.sequences());
    models.add(RuleSet.read(files).model());
    return new RuleBase(models, FactConditions::read);
  }

  private RuleBase compileTrusted(Map<String, String> files) throws RuleErrors {
    List<Problem> names = RuleSet.checkNames(files.keySet());
    if (!names.isEmpty()) {
      throw new RuleErrors(names);
    }
    try {
      return RuleCompiler.compile(files);
    } catch (NoClassDefFoundError e) {
      throw new RulesException(
          "trusted rules are compiled, and the compiler is not on the class path: add"
              + " org.drools:drools-engine, or do not trust the rules of "
              + path,
          e);
    }
  }

  /** The path. */
  @Override
  public String toString() {
    return path.toString();
  }
}
