package io.sluice.vault;

import io.sluice.kernel.SubjectId;
import java.time.LocalDate;

/**
 * What the law keeps for one reason until one day, whoever it is about: it has a key of its own, which dies after that day.
 *
 * @param region whose key store has the key: that of everybody whose fields are held by it
 * @param id as such its key is known to the key store
 * @param reason as the law names it, such as {@code tax}
 * @param until the last day
 */
public record Hold(String region, SubjectId id, String reason, LocalDate until) {}
