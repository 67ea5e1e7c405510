package io.bascule.core.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records to plain values and back, for journals. Component names are the keys; a record of a sealed family carries
 * its simple name as {@code "type"}. Components may be text, primitives, enums, {@link Instant}, {@link Duration},
 * records, {@link Optional}, lists, sets and maps with text or enum keys. Empty optionals are left out.
 */
public final class RecordJson {
    private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

    private RecordJson() {}

    /** The record as a map, ready for {@link Json#canonical}. */
    public static SequencedMap<String, @Nullable Object> toMap(Record record) {
        Shape shape = shapeOf(record.getClass());
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        if (shape.sealedMember) {
            map.put("type", record.getClass().getSimpleName());
        }
        for (Field field : shape.fields) {
            Object value = toValue(invoke(field.accessor, record));
            if (value != null) {
                map.put(field.name, value);
            }
        }
        return map;
    }

    /**
     * A record of the given type (a record class or a sealed interface) from a parsed map.
     *
     * @throws JsonException when the map does not fit the type
     */
    public static <T> T fromMap(Class<T> type, Map<String, @Nullable Object> map) {
        Object value = fromValue(type, map, type.getSimpleName());
        if (value == null) {
            throw new JsonException("no value for " + type.getSimpleName());
        }
        return type.cast(value);
    }

    private static @Nullable Object toValue(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Record record -> toMap(record);
            case Optional<?> optional -> toValue(optional.orElse(null));
            case OptionalLong number -> number.isPresent() ? (Object) number.getAsLong() : null;
            case OptionalDouble number -> number.isPresent() ? (Object) number.getAsDouble() : null;
            case Map<?, ?> map -> {
                SequencedMap<String, @Nullable Object> out = new LinkedHashMap<>();
                map.forEach((key, item) -> out.put(String.valueOf(key), toValue(item)));
                yield out;
            }
            case Set<?> set ->
                set.stream().map(RecordJson::toValue).sorted(RecordJson::byText).toList();
            case List<?> list -> list.stream().map(RecordJson::toValue).toList();
            default -> value;
        };
    }

    private static int byText(@Nullable Object a, @Nullable Object b) {
        return String.valueOf(a).compareTo(String.valueOf(b));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object fromValue(Type type, @Nullable Object value, String where) {
        if (type instanceof ParameterizedType generic) {
            return fromGeneric(generic, value, where);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == OptionalLong.class) {
            return value == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(number(value, where).longValueExact());
        }
        if (raw == OptionalDouble.class) {
            return value == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(number(value, where).doubleValue());
        }
        if (value == null) {
            throw new JsonException(where + " is missing");
        }
        if (raw.isRecord() || raw.isSealed()) {
            if (!(value instanceof Map<?, ?> map)) {
                throw new JsonException(where + " is not an object");
            }
            return readRecord(concrete(raw, map, where), (Map<String, @Nullable Object>) map, where);
        }
        return fromScalar(raw, value, where);
    }

    private static @Nullable Object fromScalar(Class<?> raw, Object value, String where) {
        if (raw == String.class || raw == boolean.class || raw == Boolean.class || raw == Object.class) {
            return value;
        }
        if (raw == int.class || raw == Integer.class) {
            return number(value, where).intValueExact();
        }
        if (raw == long.class || raw == Long.class) {
            return number(value, where).longValueExact();
        }
        if (raw == double.class || raw == Double.class) {
            return number(value, where).doubleValue();
        }
        if (raw == Instant.class) {
            return Instant.parse(value.toString());
        }
        if (raw == Duration.class) {
            return Duration.parse(value.toString());
        }
        if (raw.isEnum()) {
            return constant(raw, value.toString(), where);
        }
        throw new JsonException(where + ": no form for " + raw);
    }

    private static Object fromGeneric(ParameterizedType type, @Nullable Object value, String where) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] of = type.getActualTypeArguments();
        if (raw == Optional.class) {
            return value == null ? Optional.empty() : Optional.ofNullable(fromValue(of[0], value, where));
        }
        if (raw == List.class && value instanceof List<?> list) {
            List<@Nullable Object> out = new ArrayList<>();
            list.forEach(item -> out.add(fromValue(of[0], item, where)));
            return out;
        }
        if (raw == Set.class && value instanceof List<?> list) {
            Set<@Nullable Object> out = new TreeSet<>();
            list.forEach(item -> out.add(fromValue(of[0], item, where)));
            return out;
        }
        if ((raw == Map.class || raw == SortedMap.class) && value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> out = new TreeMap<>();
            map.forEach(
                    (key, item) -> out.put(fromScalar((Class<?>) of[0], key, where), fromValue(of[1], item, where)));
            return out;
        }
        throw new JsonException(where + " does not fit " + type);
    }

    private static Object readRecord(Class<?> type, Map<String, @Nullable Object> map, String where) {
        Shape shape = shapeOf(type);
        @Nullable Object[] arguments = new @Nullable Object[shape.fields.size()];
        for (int i = 0; i < arguments.length; i++) {
            Field field = shape.fields.get(i);
            arguments[i] = fromValue(field.type, map.get(field.name), where + "." + field.name);
        }
        try {
            return shape.constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new JsonException(where + ": " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> concrete(Class<?> type, Map<?, ?> map, String where) {
        if (type.isRecord()) {
            return type;
        }
        String name = String.valueOf(map.get("type"));
        for (Class<?> member : type.getPermittedSubclasses()) {
            if (member.getSimpleName().equals(name)) {
                return member;
            }
        }
        throw new JsonException(where + ": no " + type.getSimpleName() + " is called " + name);
    }

    private static Object constant(Class<?> type, String name, String where) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new JsonException(where + ": no " + type.getSimpleName() + " is called " + name);
    }

    private static BigDecimal number(Object value, String where) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case Long whole -> BigDecimal.valueOf(whole);
            default -> throw new JsonException(where + " is not a number");
        };
    }

    private static Shape shapeOf(Class<?> type) {
        return SHAPES.computeIfAbsent(type, RecordJson::inspect);
    }

    private static Shape inspect(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        List<Field> fields = new ArrayList<>();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            Method accessor = components[i].getAccessor();
            accessor.setAccessible(true);
            fields.add(new Field(components[i].getName(), components[i].getGenericType(), accessor));
            types[i] = components[i].getType();
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            boolean sealedMember = List.of(type.getInterfaces()).stream().anyMatch(Class::isSealed);
            return new Shape(List.copyOf(fields), constructor, sealedMember);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object invoke(Method accessor, Object record) {
        try {
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Field(String name, Type type, Method accessor) {}

    private record Shape(List<Field> fields, Constructor<?> constructor, boolean sealedMember) {}
}
