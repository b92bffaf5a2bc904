package io.sluice.gateway.account;

/** Where somebody who becomes known is at home, by the country that they name: there their keys are made, and stay. */
@FunctionalInterface
public interface HomeRegions {

    /** @param country ISO 3166-1, two capital letters */
    String of(String country);
}
