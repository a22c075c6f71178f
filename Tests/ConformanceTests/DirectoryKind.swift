import Testing

/// The real servers that every promise is held on: the columns of the README's table.
enum DirectoryKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case openldap = "OpenLDAP"
    case directoryServer389 = "389 Directory Server"

    var testDescription: String { rawValue }

    /// A fresh one, with the people and groups of the sample organisation.
    func start(_ options: ConformanceOptions) throws -> any ConformanceDirectory {
        switch self {
        case .openldap: try OpenLDAPDirectory(options)
        case .directoryServer389: try Directory389(options)
        }
    }
}
