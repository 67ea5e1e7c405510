/** Data that AWS moves by its own means: replications, blue/green deployments, snapshots, transfers of files. */
@NullMarked
package io.bascule.aws.data;

import org.jspecify.annotations.NullMarked;
