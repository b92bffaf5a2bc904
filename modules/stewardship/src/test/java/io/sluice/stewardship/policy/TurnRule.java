package io.sluice.stewardship.policy;

/** The rules by which one version of the law follows another: each can be left out, to see that it is missed. */
enum TurnRule {
    /** {@code ClockReading}: the moment is the database's, as it was read. Without: by a clock of the node's own. */
    THE_DATABASES_CLOCK,
    /** {@code ClockReading.earliest} and {@code latest}: its clock showed a time between the question and the answer. */
    BETWEEN_QUESTION_AND_ANSWER,
    /** The same: from there on both clocks may run apart. */
    CLOCKS_RUN_APART,
    /** {@code Timetable.law}: while it cannot be told whether the moment has come, both versions hold. */
    BOTH_WHILE_UNCERTAIN,
    /** {@code LawSwitch.turned}: what has taken effect here stays in effect, whatever is read later. */
    WHAT_HAS_TURNED_STAYS,
    /** {@code LawArchive.note} and {@code LawSwitch.hasTakenEffect}: and what has taken effect elsewhere, too. */
    TURNS_ARE_NOTED,
    /** And of a question's answer, what was noted is heeded before the clock that it shows. */
    NOTES_ARE_HEEDED_FIRST,
    /** {@code Timetable.byWallClock}: a wall clock that went ahead of the monotonic one tells that the machine slept. */
    THE_WALL_CLOCK_TELLS_OF_SLEEP,
    /** Of a machine that slept between question and answer, the reading is not gone by. */
    NO_READING_ACROSS_A_SLEEP,
    /** {@code Gate.decided}: the law is asked for when the message is decided, not when it comes. */
    ASKED_AT_THE_DECISION
}
