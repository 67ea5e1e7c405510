package io.bascule.embedded.frontdoor;

/** What every exchange needs. */
record Door(FrontDoorConfig config, DoorState state, Meter meter) {}
