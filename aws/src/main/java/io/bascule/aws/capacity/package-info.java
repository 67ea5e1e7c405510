/** How much of a side there is, and whether it is there at all: Auto Scaling groups, services of ECS, target groups. */
@NullMarked
package io.bascule.aws.capacity;

import org.jspecify.annotations.NullMarked;
