package io.sluice.guard;

import io.sluice.kernel.Declared;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.kernel.Wants;
import java.util.Set;
import java.util.function.Function;

/**
 * A place on the bus, declared once beside the command that it carries: for which purpose it works, which fields its handler
 * wants, and how the handler's view {@code V} is built from those granted; the same for the answer {@code R}.
 *
 * <p>What it wants is not what it gets: that is for the law's contract of the same name to say.
 */
public final class Address<V, R> {

    private final Declared declared;
    private final Function<Granted, V> view;
    private final Function<Granted, R> answer;

    private Address(Declared declared, Function<Granted, V> view, Function<Granted, R> answer) {
        this.declared = declared;
        this.view = view;
        this.answer = answer;
    }

    /** Begins a declaration, such as {@code Address.of("order.place", Purpose.TRANSACTION_VERIFICATION)}. */
    public static Wanting of(String name, Purpose purpose) {
        return new Wanting(name, purpose, Wants.NOTHING, Declared.Effect.INSIDE);
    }

    public String name() {
        return declared.address();
    }

    public Purpose purpose() {
        return declared.purpose();
    }

    public Declared declared() {
        return declared;
    }

    /** The roles to whom its answer is shown, masked; none if it is no display. */
    public Set<Role> shownTo() {
        return declared.shownTo();
    }

    Wants wants(boolean isReply) {
        return isReply ? declared.reply() : declared.request();
    }

    V view(Granted granted) {
        return made(view, granted);
    }

    R answer(Granted granted) {
        return made(answer, granted);
    }

    private static <T> T made(Function<Granted, T> how, Granted granted) {
        T made = how.apply(granted);
        granted.viewed();
        return made;
    }

    @Override
    public String toString() {
        return name();
    }

    /** A declaration whose request side is being listed. */
    public record Wanting(String name, Purpose purpose, Wants wants, Declared.Effect effect) {

        public Wanting reads(Field<?>... fields) {
            return with(withReads(wants, fields));
        }

        public Wanting opens(Field<?>... fields) {
            return with(withOpens(wants, fields));
        }

        public Wanting carries(Field<?>... fields) {
            return with(withCarries(wants, fields));
        }

        private Wanting with(Wants more) {
            return new Wanting(name, purpose, more, effect);
        }

        /** What the view holds goes to a partner: the law's contract must name one. */
        public Wanting goesOutside() {
            return new Wanting(name, purpose, wants, Declared.Effect.OUTSIDE);
        }

        /** The same, and that it goes tells of the persons concerned, whatever the view holds: it is always logged. */
        public Wanting tellsOutside() {
            return new Wanting(name, purpose, wants, Declared.Effect.TELLING);
        }

        /** The handler commits its leaf with its one effect, so the law may let the leaf ride. */
        public Wanting commitsItsLeaf() {
            return new Wanting(name, purpose, wants, Declared.Effect.ONE_TRANSACTION);
        }

        /** Ends the request side: this is how the view is built. */
        public <V> Answering<V> as(Function<Granted, V> view) {
            return new Answering<>(this, view, Wants.NOTHING, Set.of());
        }
    }

    /** A declaration whose answer is being listed. */
    public record Answering<V>(Wanting request, Function<Granted, V> view, Wants wants, Set<Role> shownTo) {

        public Answering<V> answersReading(Field<?>... fields) {
            return with(withReads(wants, fields));
        }

        public Answering<V> answersOpening(Field<?>... fields) {
            return with(withOpens(wants, fields));
        }

        public Answering<V> answersCarrying(Field<?>... fields) {
            return with(withCarries(wants, fields));
        }

        private Answering<V> with(Wants more) {
            return new Answering<>(request, view, more, shownTo);
        }

        /** The answer is a display to these roles: what it opens comes masked, and the law's contract must say so too. */
        public Answering<V> shownTo(Role... roles) {
            return new Answering<>(request, view, wants, Set.of(roles));
        }

        /** Ends the declaration: this is how the asker's answer is built. */
        public <R> Address<V, R> as(Function<Granted, R> answer) {
            return new Address<>(
                    new Declared(request.name, request.purpose, request.wants, wants, request.effect, shownTo),
                    view,
                    answer);
        }

        /** Ends the declaration of an address whose answer says nothing but that it was done. */
        public Address<V, Done> withoutAnswer() {
            return as(granted -> Done.DONE);
        }
    }

    /** The answer that says nothing but that it was done. */
    public enum Done {
        DONE
    }

    private static Wants withReads(Wants wants, Field<?>... fields) {
        return new Wants(wants.reads().or(FieldSet.of(fields)), wants.opens(), wants.carries());
    }

    private static Wants withOpens(Wants wants, Field<?>... fields) {
        return new Wants(wants.reads(), wants.opens().or(FieldSet.of(fields)), wants.carries());
    }

    private static Wants withCarries(Wants wants, Field<?>... fields) {
        return new Wants(wants.reads(), wants.opens(), wants.carries().or(FieldSet.of(fields)));
    }
}
