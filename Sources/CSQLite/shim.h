#ifndef LOCKSTEP_CSQLITE_H
#define LOCKSTEP_CSQLITE_H

#include <sqlite3.h>

/* SQLITE_TRANSIENT is a pointer cast, which Swift does not import. */
static inline int lockstep_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int bytes) {
    return sqlite3_bind_text(statement, index, text, bytes, SQLITE_TRANSIENT);
}

static inline int lockstep_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *blob, int bytes) {
    return sqlite3_bind_blob(statement, index, blob, bytes, SQLITE_TRANSIENT);
}

/* sqlite3_db_config is variadic, which Swift does not import. */
static inline int lockstep_sqlite_configure(sqlite3 *database, int option, int on) {
    return sqlite3_db_config(database, option, on, (int *)0);
}

/* The same; takes effect only before the first database is opened. */
static inline int lockstep_sqlite_leave_statistics_out(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#endif
