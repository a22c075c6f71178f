import Testing

/// The real servers that every promise is held on: the columns of the README's table.
enum DirectoryKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case openldap = "OpenLDAP"
    case directoryServer389 = "389 Directory Server"
    case samba = "Active Directory (Samba)"

    var testDescription: String { rawValue }

    /// A fresh one, with the people and groups of the sample organisation.
    func start(_ options: ConformanceOptions) throws -> any ConformanceDirectory {
        switch self {
        case .openldap: try OpenLDAPDirectory(options)
        case .directoryServer389: try Directory389(options)
        case .samba: try SambaDirectory(options)
        }
    }

    /// The cell of the README's table: what is so here of a promise.
    ///
    /// A promise is kept, or there is nothing to keep it against; its test shows either.
    func cell(_ promise: Promise) -> String {
        switch (self, promise) {
        case (.samba, .sizeLimit): "Samba has no limit"
        case (.openldap, _), (.directoryServer389, _), (.samba, _): "kept"
        }
    }
}
