package io.sluice.stewardship.consent;

import io.sluice.kernel.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A change to a person's row. Each can be applied again without doing more. */
sealed interface SubjectChange {

    SubjectId subject();

    /** Whether it may take something away that decisions under way rely on. */
    boolean mayRestrict();

    /** A person becomes known, with the records that make it lawful. */
    record Introduce(SubjectId subject, Kind kind, String region, int roles, Entry entry) implements SubjectChange {
        @Override
        public boolean mayRestrict() {
            return false;
        }
    }

    /** A person says something about purposes. */
    record Decide(SubjectId subject, Entry entry) implements SubjectChange {
        @Override
        public boolean mayRestrict() {
            return entry.records().stream().anyMatch(record -> !record.granted());
        }
    }

    /** A person's roles become these. */
    record Appoint(SubjectId subject, int roles) implements SubjectChange {
        @Override
        public boolean mayRestrict() {
            return true;
        }
    }

    /**
     * A person wants to be erased: their account and sessions go, and what is permitted is what brings open orders to their end.
     *
     * @param kept the names of account fields that the law may keep; the others go with the account
     */
    record Leave(SubjectId subject, Set<String> kept, Instant at) implements SubjectChange {
        public Leave {
            kept = Set.copyOf(kept);
        }

        @Override
        public boolean mayRestrict() {
            return true;
        }
    }

    /** A person who left is forgotten. */
    record Erase(SubjectId subject) implements SubjectChange {
        @Override
        public boolean mayRestrict() {
            return true;
        }
    }

    /** Whether somebody may have an account. */
    enum Kind {
        ACCOUNT("account"),
        RECIPIENT("recipient");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }
    }

    /**
     * Records that are made together.
     *
     * @param first id of the first record; the others' are derived from it, so that the same entry has the same ids
     */
    record Entry(UUID first, List<ConsentRecord> records, String policyVersion, String channel, Instant at) {
        public Entry {
            records = List.copyOf(records);
        }

        /** The id of a record: that of the entry with the purpose's number added to its last bits. */
        UUID id(ConsentRecord record) {
            return new UUID(
                    first.getMostSignificantBits(),
                    first.getLeastSignificantBits() ^ (record.purpose().ordinal() + 1L));
        }
    }
}
