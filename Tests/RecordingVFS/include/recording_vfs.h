#ifndef LOCKSTEP_RECORDING_VFS_H
#define LOCKSTEP_RECORDING_VFS_H

/* Makes SQLite's default VFS of this process one that passes everything on to the one before, and
 * appends to the file `log` what is made, written, cut, made durable and deleted. 0, or an error of
 * SQLite.
 *
 * A record: what ('c' create, 'w' write, 't' truncate, 's' sync, 'x' delete, 'm' mark), of which file ('d'
 * database, 'w' write-ahead log, 'j' journal), offset or size (64 bits), count (32 bits), and as
 * many octets. Numbers are the machine's own. */
int recording_vfs_install(const char *log);

/* Appends a mark with these octets: a commit that was acknowledged. */
void recording_vfs_mark(const void *octets, int count);

#endif
