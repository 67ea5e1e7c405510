/** Configuration that lives in AWS: parameters, versions of secrets, alarms. */
@NullMarked
package io.bascule.aws.configure;

import org.jspecify.annotations.NullMarked;
