/// What a sync is asked to do.
package struct SyncOptions: Sendable {
    /// The one directory to read, by its key; nil: all.
    package var directory: String?
    /// Everything is read, whatever the strategy.
    package var full: Bool
    package var isDryRun: Bool

    package init(directory: String? = nil, full: Bool = false, isDryRun: Bool = false) {
        self.directory = directory
        self.full = full
        self.isDryRun = isDryRun
    }
}
