/** Calls to AWS: clients, how a call ends, and how many are made. */
@NullMarked
package io.bascule.aws.api;

import org.jspecify.annotations.NullMarked;
