package dev.iiswarden.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Any file is read, or refused with the documented exception. {@code -Dfuzz.inputs=N} and {@code
 * -Dfuzz.seed=N} take more and other inputs.
 */
class InventoryFuzzTest {
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 8_000);
  private static final long SEED = Long.getLong("fuzz.seed", 1505L);
  private static final List<String> PIECES =
      List.of(
          "<",
          ">",
          "/>",
          "\"",
          "'",
          "&",
          "&#0;",
          "&#xD800;",
          "&x;",
          "]]>",
          "<![CDATA[",
          "<!--",
          "-->",
          "<!DOCTYPE a [",
          "<!ENTITY x 'y'>",
          "<?xml version='1.0' encoding='UTF-32'?>",
          "<configuration>",
          "<location path='x'>",
          "</location>",
          "</configuration>",
          "xmlns=''",
          "<add name='x' image='\\\\' />",
          " configSource='..\\x'",
          "<x:y z:z='1'>",
          "\u0000",
          "\ud800",
          "\ufffe",
          "{\"iiswarden\":{\"inventory\":{\"kind\":\"site\"}}}",
          "\n",
          "%");

  private static byte[] next(Random random, byte[][] seeds) {
    byte[] bytes = seeds[random.nextInt(seeds.length)].clone();
    for (int i = random.nextInt(6); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = Arrays.copyOf(bytes, at);
        case 2 -> bytes = insert(bytes, at, PIECES.get(random.nextInt(PIECES.size())));
        default ->
            bytes =
                insert(
                    bytes,
                    at,
                    new String(
                        bytes, at, Math.min(200, bytes.length - at), StandardCharsets.ISO_8859_1));
      }
    }
    return bytes;
  }

  private static byte[] insert(byte[] bytes, int at, String piece) {
    byte[] added = piece.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(bytes, bytes.length + added.length);
    System.arraycopy(bytes, at, all, at + added.length, bytes.length - at);
    System.arraycopy(added, 0, all, at, added.length);
    return all;
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void anyFileIsReadOrRefused() throws Exception {
    Inventory sample =
        Inventory.of("w", Instant.EPOCH, Configurations.read(Configurations.clean()));
    StringBuilder lines = new StringBuilder();
    sample.components().stream()
        .limit(5)
        .forEach(one -> lines.append(InventoryJson.line(sample, one, Image.UNKNOWN)).append('\n'));
    byte[][] seeds = {
      Configurations.clean().getBytes(StandardCharsets.UTF_8),
      Configurations.nativeModule("A", "C:\\a.dll").getBytes(StandardCharsets.UTF_8),
      Configurations.nativeModule("A", "C:\\a.dll").getBytes(StandardCharsets.UTF_16),
      lines.toString().getBytes(StandardCharsets.UTF_8)
    };
    Random random = new Random(SEED);
    int read = 0;
    int refused = 0;
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 0; i < INPUTS; i++) {
        byte[] input = next(random, seeds);
        try {
          readAll(input);
          read++;
        } catch (InventoryException e) {
          assertTrue(e.getMessage().startsWith("x"), e::getMessage);
          refused++;
        } catch (RuntimeException | Error e) {
          throw new AssertionError(
              "input " + i + " of seed " + SEED + ": " + HexFormat.of().formatHex(input), e);
        }
      }
      assertEquals(List.of(), log.lines(), "a library writes to standard error");
    }
    assertTrue(
        read > INPUTS / 100 && refused > INPUTS / 100, read + " read, " + refused + " refused");
  }

  private static void readAll(byte[] input) throws InventoryException {
    List<Component> components =
        InventoryJson.isJson(input)
            ? InventoryJson.read("x", input).stream()
                .flatMap(one -> one.components().stream())
                .toList()
            : Inventory.components("x", input);
    Inventory inventory = Inventory.of("w", Instant.EPOCH, components);
    for (Change change : inventory.changesSince(Inventory.of("w", Instant.EPOCH, List.of()))) {
      InventoryJson.line(inventory, change, ImageFiles.none().find(change.component()));
    }
  }
}
