#include "recording_vfs.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* The real file of the VFS below follows in the same allocation. */
typedef struct {
    sqlite3_file base;
    char kind;
} recorded_file;

static sqlite3_vfs *below;
static sqlite3_vfs recording;
static int descriptor = -1;

static sqlite3_file *real(sqlite3_file *file) {
    return (sqlite3_file *)((char *)file + sizeof(recorded_file));
}

static void record(char what, char kind, sqlite3_int64 offset, const void *octets, int count) {
    if (kind == 0) return;
    struct iovec parts[] = {
        {&what, 1}, {&kind, 1}, {&offset, sizeof offset}, {&count, sizeof count},
        {(void *)octets, (size_t)count},
    };
    (void)!writev(descriptor, parts, 5);
}

static int file_close(sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); }

static int file_read(sqlite3_file *file, void *octets, int count, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), octets, count, offset);
}

static int file_write(sqlite3_file *file, const void *octets, int count, sqlite3_int64 offset) {
    int code = real(file)->pMethods->xWrite(real(file), octets, count, offset);
    if (code == SQLITE_OK) record('w', ((recorded_file *)file)->kind, offset, octets, count);
    return code;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    int code = real(file)->pMethods->xTruncate(real(file), size);
    if (code == SQLITE_OK) record('t', ((recorded_file *)file)->kind, size, "", 0);
    return code;
}

static int file_sync(sqlite3_file *file, int flags) {
    int code = real(file)->pMethods->xSync(real(file), flags);
    if (code == SQLITE_OK) record('s', ((recorded_file *)file)->kind, 0, "", 0);
    return code;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int file_lock(sqlite3_file *file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}

static int file_unlock(sqlite3_file *file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}

static int file_reserved(sqlite3_file *file, int *is) {
    return real(file)->pMethods->xCheckReservedLock(real(file), is);
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

static int file_sector(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }

/* No promise about the device (atomic or ordered writes): SQLite then relies on syncs alone. */
static int file_device(sqlite3_file *file) {
    (void)file;
    return 0;
}

static int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}

static int shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void shm_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }

static int shm_unmap(sqlite3_file *file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

/* Version 2: no memory mapping of the database, which would write past this. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_device,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

static int vfs_open(
    sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *given) {
    (void)vfs;
    file->pMethods = NULL;
    int exists = 0;
    if (name != NULL) below->xAccess(below, name, SQLITE_ACCESS_EXISTS, &exists);
    int code = below->xOpen(below, name, real(file), flags, given);
    if (real(file)->pMethods == NULL) return code;
    ((recorded_file *)file)->kind = flags & SQLITE_OPEN_MAIN_DB        ? 'd'
                                    : flags & SQLITE_OPEN_WAL          ? 'w'
                                    : flags & SQLITE_OPEN_MAIN_JOURNAL ? 'j'
                                                                       : 0;
    file->pMethods = &methods;
    if (!exists) record('c', ((recorded_file *)file)->kind, 0, "", 0);
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int durably) {
    (void)vfs;
    int code = below->xDelete(below, name, durably);
    /* With `synchronous=FULL` SQLite does not sync the folder here, only when it syncs the next log
     * or journal that it has made. */
    size_t length = strlen(name);
    char kind = length > 4 && strcmp(name + length - 4, "-wal") == 0       ? 'w'
                : length > 8 && strcmp(name + length - 8, "-journal") == 0 ? 'j'
                                                                           : 0;
    if (code == SQLITE_OK) record('x', kind, durably, "", 0);
    return code;
}

int recording_vfs_install(const char *log) {
    descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) return SQLITE_CANTOPEN;
    int code = sqlite3_initialize();
    if (code != SQLITE_OK) return code;
    below = sqlite3_vfs_find(NULL);
    recording = *below;
    recording.zName = "recording";
    recording.pNext = NULL;
    recording.szOsFile = (int)sizeof(recorded_file) + below->szOsFile;
    recording.xOpen = vfs_open;
    recording.xDelete = vfs_delete;
    return sqlite3_vfs_register(&recording, 1);
}

void recording_vfs_mark(const void *octets, int count) { record('m', 'm', 0, octets, count); }
