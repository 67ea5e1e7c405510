package io.bascule.core.port;

/** Takes a backup of a dataset's source and proves it by restoring it elsewhere. */
public interface BackupStore {
    /** PASS with {@code rows}, {@code tables}, {@code ageSeconds}; the restored store is at {@code into}. */
    Finding backupAndRestore(String into, Deadline deadline);
}
