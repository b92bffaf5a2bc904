package io.sluice.guard;

import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Field;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of parcels and outcomes: between nodes, and where an answer is kept to be given again. Personal fields are
 * ciphertext here as everywhere; a plain value cannot be written. Version 1; all numbers big-endian.
 */
public final class WireForm {

    private static final int VERSION = 1;

    private final Catalogue catalogue;

    public WireForm(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** An outcome as bytes. */
    public byte[] encode(Outcome<Parcel> outcome) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(VERSION);
            write(outcome, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // an array does not fail to take bytes
        }
        return bytes.toByteArray();
    }

    /** The outcome that {@link #encode} wrote. Throws {@link UncheckedIOException} if the bytes are none. */
    public Outcome<Parcel> decode(byte[] bytes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            requireVersion(in);
            return readOutcome(in);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    byte[] encode(Letter letter) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(VERSION);
            ValueType.TEXT.write(letter.address(), out);
            out.writeBoolean(letter.isReply());
            out.writeByte(letter.purpose().ordinal());
            out.writeLong(letter.deadlineMillis());
            write(letter.content(), out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    Letter decodeLetter(byte[] bytes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            requireVersion(in);
            String address = ValueType.TEXT.read(in);
            boolean isReply = in.readBoolean();
            int purpose = in.readUnsignedByte();
            if (purpose >= Purpose.values().length) {
                throw new IOException("unknown purpose on the wire: " + purpose);
            }
            long deadline = in.readLong();
            return new Letter(address, isReply, Purpose.values()[purpose], deadline, readOutcome(in));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static void requireVersion(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("unknown wire version: " + version);
        }
    }

    private void write(Outcome<Parcel> outcome, DataOutput out) throws IOException {
        switch (outcome) {
            case Outcome.Done<Parcel> done -> {
                out.writeByte(1);
                write(done.value(), out);
            }
            case Outcome.Refused<Parcel> refused -> {
                out.writeByte(0);
                ValueType.TEXT.write(refused.code(), out);
                ValueType.listOf(ValueType.TEXT).write(refused.at(), out);
            }
        }
    }

    private Outcome<Parcel> readOutcome(DataInput in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case 1 -> Outcome.done(readParcel(in));
            case 0 ->
                new Outcome.Refused<>(
                        ValueType.TEXT.read(in),
                        ValueType.listOf(ValueType.TEXT).read(in));
            default -> throw new IOException("neither done nor refused");
        };
    }

    private void write(Parcel parcel, DataOutput out) throws IOException {
        Parties parties = parcel.parties();
        write(parties.buyer(), out);
        write(parties.addressee(), out);
        writeId(parties.record(), out);
        out.writeByte(parcel.present().size());
        for (long rest = parcel.present().bits(); rest != 0; rest &= rest - 1) {
            int id = Long.numberOfTrailingZeros(rest);
            out.writeByte(id);
            writeValue(field(id), parcel.slot(id), out);
        }
    }

    private Parcel readParcel(DataInput in) throws IOException {
        Parcel parcel = Parcel.about(new Parties(readSubject(in), readSubject(in), readId(in)));
        int count = in.readUnsignedByte();
        List<Integer> seen = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int id = in.readUnsignedByte();
            if (seen.contains(id)) {
                throw new IOException("a field came twice: " + id);
            }
            seen.add(id);
            parcel = readValue(field(id), parcel, in);
        }
        return parcel;
    }

    private Field<?> field(int id) throws IOException {
        return catalogue.withId(id).orElseThrow(() -> new IOException("a field that nobody catalogued: " + id));
    }

    private static <T> void writeValue(Field<T> field, @Nullable Object value, DataOutput out) throws IOException {
        switch (value) {
            case null -> throw new IOException(field + " is marked as present and is not");
            case Plain<?> plain -> throw new IOException(field + " is open and must not travel");
            case Sealed sealed -> {
                out.writeInt(sealed.bytes().length);
                out.write(sealed.bytes());
            }
            default -> writeClear(field, value, out);
        }
    }

    @SuppressWarnings("unchecked") // Parcel.with admits only values of the field's own type
    private static <T> void writeClear(Field<T> field, Object value, DataOutput out) throws IOException {
        field.type().write((T) value, out);
    }

    @SuppressWarnings("unchecked") // personal fields are texts, by Field.personal
    private static <T> Parcel readValue(Field<T> field, Parcel parcel, DataInput in) throws IOException {
        if (!field.isPersonal()) {
            return parcel.with(field, field.type().read(in));
        }
        int length = in.readInt();
        if (length <= 0 || length > 1 << 16) {
            throw new IOException(field + ": ciphertext of impossible length " + length);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return parcel.withSealed((Field<String>) field, Sealed.of(bytes));
    }

    private static void write(@Nullable SubjectId subject, DataOutput out) throws IOException {
        writeId(subject == null ? null : subject.value(), out);
    }

    private static void writeId(@Nullable UUID id, DataOutput out) throws IOException {
        out.writeBoolean(id != null);
        if (id != null) {
            ValueType.ID.write(id, out);
        }
    }

    private static @Nullable SubjectId readSubject(DataInput in) throws IOException {
        UUID id = readId(in);
        return id == null ? null : new SubjectId(id);
    }

    private static @Nullable UUID readId(DataInput in) throws IOException {
        return in.readBoolean() ? ValueType.ID.read(in) : null;
    }
}
