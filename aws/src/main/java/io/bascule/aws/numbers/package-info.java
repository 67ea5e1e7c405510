/** Metrics of CloudWatch. */
@NullMarked
package io.bascule.aws.numbers;

import org.jspecify.annotations.NullMarked;
