package struct StoreSettings: Sendable {
    /// Absolute.
    package var path: String
    /// Whether a sync may make the store when there is none.
    package var create: Bool
}

extension StoreSettings {
    /// A path, or a section with path and create.
    init?(_ field: Field) {
        guard case .mapping = field.node.content else {
            guard let path = field.path() else { return nil }
            self.init(path: path, create: true)
            return
        }
        guard let section = Section(field) else { return nil }
        let path = section.field("path")?.path()
        guard let create = section.field("create")?.boolean(), let path else { return nil }
        self.init(path: path, create: create)
    }
}
