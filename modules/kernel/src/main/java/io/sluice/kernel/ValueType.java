package io.sluice.kernel;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How a clear value of a field is written to the wire between nodes and read back. Both directions must be exact inverses. */
public interface ValueType<T> {

    ValueType<String> TEXT = of((value, out) -> writeText(out, value), ValueType::readText);
    ValueType<Long> LONG = of((value, out) -> out.writeLong(value), DataInput::readLong);
    ValueType<Boolean> FLAG = of((value, out) -> out.writeBoolean(value), DataInput::readBoolean);
    ValueType<UUID> ID = of(
            (value, out) -> {
                out.writeLong(value.getMostSignificantBits());
                out.writeLong(value.getLeastSignificantBits());
            },
            in -> new UUID(in.readLong(), in.readLong()));

    void write(T value, DataOutput out) throws IOException;

    T read(DataInput in) throws IOException;

    /** A list of at most 65,535 values of one type. */
    static <E> ValueType<List<E>> listOf(ValueType<E> element) {
        return of(
                (values, out) -> {
                    if (values.size() > 0xFFFF) {
                        throw new IOException("list too long for the wire: " + values.size());
                    }
                    out.writeShort(values.size());
                    for (E value : values) {
                        element.write(value, out);
                    }
                },
                in -> {
                    int size = in.readUnsignedShort();
                    List<E> values = new ArrayList<>(Math.min(size, 256));
                    for (int i = 0; i < size; i++) {
                        values.add(element.read(in));
                    }
                    return List.copyOf(values);
                });
    }

    static <T> ValueType<T> of(Writer<T> writer, Reader<T> reader) {
        return new ValueType<>() {
            @Override
            public void write(T value, DataOutput out) throws IOException {
                writer.write(value, out);
            }

            @Override
            public T read(DataInput in) throws IOException {
                return reader.read(in);
            }
        };
    }

    // writeUTF stops at 65,535 bytes and writes surrogates apart; length-prefixed UTF-8 does neither
    private static void writeText(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > 1 << 20) {
            throw new IOException("text of impossible length on the wire: " + length);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The writing half. */
    @FunctionalInterface
    interface Writer<T> {
        void write(T value, DataOutput out) throws IOException;
    }

    /** The reading half. */
    @FunctionalInterface
    interface Reader<T> {
        T read(DataInput in) throws IOException;
    }
}
