package io.sluice.testkit.explore;

/**
 * One thing that an actor can do, all of it at once: nobody else moves in between.
 *
 * @param name what is done, in words; a constant, for one is kept for every state
 * @param after the state that it leads to
 */
public record Step<S>(String name, S after) {}
