package import Ground

/// The table `configuration`: which `lockstep.yaml` the store belongs to, and the rights under it.
package struct ConfigurationTable {
    package struct Row: Hashable, Sendable {
        /// Absolute.
        package let path: String
        /// `operators`, `approval` and `protect` of the last command that wrote under it.
        package let rights: JSONValue

        package init(path: String, rights: JSONValue) {
            self.path = path
            self.rights = rights
        }
    }

    private let database: Database

    package init(_ store: Store) {
        database = store.database
    }

    /// nil: no command has written yet since the store keeps this.
    package func row() throws(StoreError) -> Row? {
        let statement = try database.prepare("SELECT path, rights FROM configuration WHERE id = 1")
        let found = try statement.first { row throws(StoreError) in
            try (row.text("path"), row.text("rights"))
        }
        guard let (path, text) = found else { return nil }
        // Rights that can't be read must not become no rights.
        guard let rights = JSONValue(parsing: text), let operators = rights["operators"],
            operators.isNull || operators.object != nil
        else {
            throw StoreError(
                .corrupt, message: "the rights in the table `configuration` can't be read",
                path: database.path)
        }
        return Row(path: path, rights: rights)
    }

    package func set(_ row: Row, in transaction: borrowing Transaction) throws(StoreError) {
        try database.prepare(
            """
            INSERT INTO configuration (id, path, rights) VALUES (1, ?, ?)
            ON CONFLICT (id) DO UPDATE SET path = excluded.path, rights = excluded.rights
            """
        ).run(row.path, row.rights.text)
    }
}
