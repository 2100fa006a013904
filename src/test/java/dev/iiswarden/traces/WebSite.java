package dev.iiswarden.traces;

import java.util.List;

/**
 * A web site or application of a server.
 *
 * @param name its name
 * @param folder where its files are
 * @param isFramework whether ASP.NET of the .NET Framework runs it, which loads copies of its DLLs
 * @param signer who signs its own DLLs; empty if nobody does
 * @param dlls the names of its DLLs
 */
record WebSite(String name, String folder, boolean isFramework, String signer, List<String> dlls) {
  /** The folder of its DLLs. */
  String bin() {
    return isFramework ? folder + "\\bin" : folder;
  }
}
