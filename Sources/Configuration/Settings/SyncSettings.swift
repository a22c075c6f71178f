package struct SyncSettings: Sendable {
    /// nil: `auto`.
    package var strategy: SyncStrategy?
    package var pageSize: Int
    /// Seconds.
    package var deadline: Int64
}

extension SyncSettings {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let strategy = section.field("strategy")?.wordOrAuto(SyncStrategy.self)
        let pageSize = section.field("pageSize")?.integer()
        let deadline = section.field("deadline")?.duration()
        guard let strategy, let pageSize, let deadline else { return nil }
        self.init(strategy: strategy, pageSize: pageSize, deadline: deadline)
    }
}
