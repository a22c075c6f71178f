package import Configuration
internal import Glibc
package import Ground
package import Store

/// Whether the store can be opened, written and kept.
package enum StoreCheck {
    package static func lines(
        _ settings: StoreSettings, by holder: RunLock.Holder, now: Timestamp
    ) -> [CheckLine] {
        let folder = DiskSpace.folder(of: settings.path)
        let space = DiskSpace(of: folder, kept: settings.path).map {
            [CheckLine(.space, verdict($0, folder))]
        }
        do throws(StoreError) {
            let store = try Store.open(settings.path, for: .read, by: holder)
            return [CheckLine(.store, writing(settings.path))]
                + StoreInspection.lines(store, now: now)
                + (space ?? [])
        } catch {
            return [CheckLine(.store, verdict(error, settings, folder))] + (space ?? [])
        }
    }

    static func verdict(
        _ error: StoreError, _ settings: StoreSettings, _ folder: String
    ) -> CheckVerdict {
        let sentence = error.description + (error.hint.map { ". \($0)" } ?? ".")
        switch error.kind {
        case .olderVersion:
            return .warning("\(sentence) The next sync does, after making a backup of it.")
        case .missing where isFolder(folder):
            guard settings.create else {
                return .failed(
                    "\(settings.path): there is no store, and store.create is false: mount its "
                        + "disk, or make one with lockstep init.")
            }
            guard unsafe access(folder, W_OK) == 0 else {
                return .failed("there is no store, and none can be made: " + unwritable(folder))
            }
            return .warning(
                "\(settings.path): there is no store yet; lockstep init makes one, and so does the "
                    + "first sync")
        case .notADatabase, .newerVersion, .missing, .permission, .readOnly, .full, .locked,
            .exposed, .corrupt, .rolledBack, .constraint, .tooBig, .other:
            return .failed(sentence)
        }
    }

    /// SQLite writes its log beside the database, so the folder counts, too.
    private static func writing(_ path: String) -> CheckVerdict {
        for place in [path, DiskSpace.folder(of: path)] {
            guard unsafe access(place, W_OK) == 0 else { return .failed(unwritable(place)) }
        }
        return .ok("\(path) can be read and written")
    }

    private static func unwritable(_ place: String) -> String {
        let why = Errno.last.words
        return "\(place) can't be written: \(why). Nobody can be locked; check its owner and mount."
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func verdict(_ space: DiskSpace, _ folder: String) -> CheckVerdict {
        let fact = "\(DiskSpace.spelled(space.free)) are free in \(folder)"
        if space.free < DiskSpace.least {
            return .failed("\(fact): too little for a lock to be sure of. Make room.")
        }
        if space.free < space.wanted {
            return .warning(
                "\(fact), less than a migration or a busy day may want "
                    + "(\(DiskSpace.spelled(space.wanted))). Make room.")
        }
        return .ok(fact)
    }
}
