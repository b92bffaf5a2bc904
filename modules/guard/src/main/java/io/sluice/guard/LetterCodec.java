package io.sluice.guard;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts letters on the wire, and gives every delivery within the node a closed copy of its own. */
final class LetterCodec implements MessageCodec<Letter, Letter> {

    private static final Logger LOG = LoggerFactory.getLogger(LetterCodec.class);

    static final String NAME = "sluice-letter";

    private final WireForm wireForm;

    LetterCodec(WireForm wireForm) {
        this.wireForm = wireForm;
    }

    @Override
    public void encodeToWire(Buffer buffer, Letter letter) {
        byte[] bytes = wireForm.encode(letter);
        buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    /** The letter, or null if the bytes are none: the gate then refuses it at once, where an exception would be silence. */
    @Override
    public @Nullable Letter decodeFromWire(int position, Buffer buffer) {
        int length = buffer.getInt(position);
        try {
            return wireForm.decodeLetter(buffer.getBytes(position + 4, position + 4 + length));
        } catch (UncheckedIOException | IllegalArgumentException notALetter) {
            LOG.warn(
                    "letter unreadable bytes={} cause={}",
                    length,
                    notALetter.getClass().getSimpleName());
            return null;
        }
    }

    @Override
    public Letter transform(Letter letter) {
        return letter.closedCopy();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
