/** AWS behind the ports: found by ServiceLoader, loaded when a plan names one of its adapters. */
@NullMarked
package io.bascule.aws;

import org.jspecify.annotations.NullMarked;
