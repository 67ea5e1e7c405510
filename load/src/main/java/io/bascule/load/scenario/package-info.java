/** What users do: weighted scenarios of requests, with data, cookies, values taken from answers, and checks. */
@NullMarked
package io.bascule.load.scenario;

import org.jspecify.annotations.NullMarked;
