package dev.iiswarden.drl;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls the methods of facts and the functions of rules as fast as compiled code does. A caller is
 * made once for a method, so what a rule says never makes a class. Safe for use by several threads.
 */
final class Callers {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final Map<Method, Object> MADE = new ConcurrentHashMap<>();

  private Callers() {}

  /** Returns a caller of a method that takes one value, the receiver included. */
  @SuppressWarnings("unchecked") // The interface follows from the number of values.
  static Function<@Nullable Object, @Nullable Object> one(Method method) {
    return (Function<@Nullable Object, @Nullable Object>) caller(method, Function.class, 1);
  }

  /** Returns a caller of a method that takes two values, the receiver included. */
  @SuppressWarnings("unchecked") // The interface follows from the number of values.
  static BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> two(Method method) {
    return (BiFunction<@Nullable Object, @Nullable Object, @Nullable Object>)
        caller(method, BiFunction.class, 2);
  }

  /** Returns a caller of a method that takes three values, the receiver included. */
  static Three three(Method method) {
    return (Three) caller(method, Three.class, 3);
  }

  /** Returns how many values a method takes, the receiver included. */
  static int values(Method method) {
    return method.getParameterCount() + (Modifier.isStatic(method.getModifiers()) ? 0 : 1);
  }

  private static Object caller(Method method, Class<?> type, int values) {
    return MADE.computeIfAbsent(method, unused -> make(method, type, values));
  }

  private static Object make(Method method, Class<?> type, int values) {
    try {
      MethodHandle handle = LOOKUP.unreflect(method).asFixedArity();
      MethodType boxed = handle.type().wrap();
      return LambdaMetafactory.metafactory(
              LOOKUP,
              "apply",
              MethodType.methodType(type),
              MethodType.genericMethodType(values),
              handle,
              boxed)
          .getTarget()
          .invoke();
    } catch (Throwable e) {
      throw new IllegalStateException(method + " cannot be called by rules", e);
    }
  }

  /** A function of three values. */
  interface Three {
    /** Applies the function. */
    @Nullable Object apply(@Nullable Object one, @Nullable Object two, @Nullable Object three);
  }
}
