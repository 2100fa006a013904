package dev.iiswarden.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.NodeList;

/**
 * A picture of a page, as a PNG file.
 *
 * @param image the pixels
 * @param text the text that the picture shows, kept in the file; empty if there is none
 */
public record Picture(BufferedImage image, String text) {
  private static final String METADATA = "javax_imageio_png_1.0";
  private static final String KEYWORD = "Description";

  /** The side of the squares that are compared, in pixels: several lines of text. */
  private static final int SQUARE = 60;

  /** Reads a file. */
  public static Picture read(Path file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      NodeList entries =
          ((IIOMetadataNode) reader.getImageMetadata(0).getAsTree(METADATA))
              .getElementsByTagName("iTXtEntry");
      String text = "";
      for (int i = 0; i < entries.getLength(); i++) {
        IIOMetadataNode entry = (IIOMetadataNode) entries.item(i);
        if (entry.getAttribute("keyword").equals(KEYWORD)) {
          text = entry.getAttribute("text");
        }
      }
      return new Picture(reader.read(0), text);
    } finally {
      reader.dispose();
    }
  }

  /** The upper part of this picture. */
  public Picture top(int height) {
    return new Picture(image.getSubimage(0, 0, image.getWidth(), height), text);
  }

  /** This picture with another text. */
  public Picture withText(String newText) {
    return new Picture(image, newText);
  }

  /** The width in pixels. */
  public int width() {
    return image.getWidth();
  }

  /** The height in pixels. */
  public int height() {
    return image.getHeight();
  }

  /** Writes the picture and its text. */
  public void write(Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam smallest = writer.getDefaultWriteParam();
    smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    smallest.setCompressionQuality(0);
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), smallest);
    IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
    entry.setAttribute("keyword", KEYWORD);
    entry.setAttribute("compressionFlag", "FALSE");
    entry.setAttribute("compressionMethod", "0");
    entry.setAttribute("languageTag", "en");
    entry.setAttribute("translatedKeyword", KEYWORD);
    entry.setAttribute("text", text);
    IIOMetadataNode entries = new IIOMetadataNode("iTXt");
    entries.appendChild(entry);
    IIOMetadataNode root = new IIOMetadataNode(METADATA);
    root.appendChild(entries);
    metadata.mergeTree(METADATA, root);
    Files.deleteIfExists(file);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, metadata), smallest);
    } finally {
      writer.dispose();
    }
  }

  /**
   * By how much the brightness of the same squares of this and another picture of the same size
   * differs on average, from 0 (not at all) to 255.
   */
  public double differenceFrom(Picture other) {
    double sum = 0;
    int squares = 0;
    for (int y = 0; y + SQUARE <= height(); y += SQUARE) {
      for (int x = 0; x + SQUARE <= width(); x += SQUARE) {
        sum += Math.abs(brightness(x, y) - other.brightness(x, y));
        squares++;
      }
    }
    return sum / squares;
  }

  private double brightness(int left, int top) {
    long sum = 0;
    for (int y = top; y < top + SQUARE; y++) {
      for (int x = left; x < left + SQUARE; x++) {
        int rgb = image.getRGB(x, y);
        sum += (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff);
      }
    }
    return sum / 3.0 / (SQUARE * SQUARE);
  }
}
