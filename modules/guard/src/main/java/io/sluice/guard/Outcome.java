package io.sluice.guard;

import io.sluice.kernel.Refusal;
import java.util.List;
import java.util.function.Function;

/** How an asked-for thing ended: done, or refused. A failure of ours is neither; it is a failed Future. */
public sealed interface Outcome<R> {

    /** It was done, and this is the answer. */
    record Done<R>(R value) implements Outcome<R> {}

    /**
     * It was refused.
     *
     * @param code a {@link Refusal#code()}
     * @param at where in the request, as JSON pointers or other markers without data; empty if it concerns the whole
     */
    record Refused<R>(String code, List<String> at) implements Outcome<R> {
        public Refused {
            at = List.copyOf(at);
        }

        public boolean is(Refusal refusal) {
            return code.equals(refusal.code());
        }
    }

    static <R> Outcome<R> done(R value) {
        return new Done<>(value);
    }

    static <R> Outcome<R> refused(Refusal refusal, String... at) {
        return new Refused<>(refusal.code(), List.of(at));
    }

    static <R> Outcome<R> refused(Refusal refusal, List<String> at) {
        return new Refused<>(refusal.code(), at);
    }

    default <S> Outcome<S> map(Function<? super R, ? extends S> function) {
        return switch (this) {
            case Done<R> done -> new Done<>(function.apply(done.value()));
            case Refused<R> refused -> new Refused<>(refused.code(), refused.at());
        };
    }
}
