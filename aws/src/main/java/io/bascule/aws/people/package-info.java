/** Messages by SNS and SES. */
@NullMarked
package io.bascule.aws.people;

import org.jspecify.annotations.NullMarked;
