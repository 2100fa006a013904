/**
 * The language of rules: reads rule files with Drools' own parser, checks what they say against the
 * vocabulary of package {@code event}, and makes executable models of them. Nothing that an author
 * writes is compiled, becomes a class or a file name.
 *
 * <p>This package is internal to iiswarden and may change in any release. Only {@code rules} calls
 * it, and begins with {@link dev.iiswarden.drl.RuleSet}. It calls {@code event}, and of {@code
 * engine} what conditions need.
 */
@NullMarked
package dev.iiswarden.drl;

import org.jspecify.annotations.NullMarked;
