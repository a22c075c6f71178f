import Fixtures
import Testing

/// One server, and all that differs between the servers as far as the promises go.
///
/// Everywhere: twelve people `ada` to `lars`, all in `staff`; `ada` alone in `vpn-users`; `ada` in
/// `project-2`; an empty unit `left` outside of the users' base.
protocol ConformanceDirectory {
    var server: any DirectoryServer { get }
    /// Where ldaps:// is, when it was asked for.
    var tlsURL: String { get }
    /// The file in `config/` that a new administrator begins with.
    var sample: String { get }
    var serviceDN: String { get }
    var servicePassword: String { get }
    /// The address of the sample's first server and its CA, to be replaced by the test's own.
    func person(_ username: String) -> String
    func group(_ name: String) -> String
    func password(of username: String) -> String
    /// A username of the strangest characters that the server takes in one.
    var strangeUsername: String { get }
    /// LDIF of one more person, whose name in the tree is `rdn` as it is to be escaped there.
    func ldif(person username: String, rdn: String) -> String
    func ldif(group name: String, members: [String]) -> String
    /// The first part of a person's name in the tree, for a rename.
    func rdn(_ username: String) -> String
    /// The unit that people leave to.
    var left: String { get }
    /// DNs to fill a large group with; on some servers they have to be there.
    func makeStrangers(_ count: Int) throws -> [String]
    /// LDIF lines of a modify that opens a locked account, as an administrator would.
    var opening: String { get }
    /// Whether the administrator sees the entry disabled.
    func isDisabled(_ dn: String) throws -> Bool
    /// From now on it refuses writes, or takes them again.
    func setReadOnly(_ isReadOnly: Bool) throws
    /// Hides everybody from the service account, or shows them again.
    func setHidden(_ areHidden: Bool) throws
    /// Gives the service account another password.
    func setServicePassword(_ password: String) throws
    /// As many changes as this server takes in a few seconds.
    var burst: Int { get }
    /// What a size limit does to somebody who asks for everybody, in pages.
    var sizeLimit: SizeLimitEffect { get }
    /// What a group holds when its last member has been taken out.
    var emptied: [String] { get }
}

/// The real servers that every promise is held on; the README's table has a column for each release.
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

    /// Debian 12's, which `Tests/run` finds, and Debian 13's, which `Tests/servers` brings.
    var releases: [String] {
        switch self {
        case .openldap: ["2.5", "2.6"]
        case .directoryServer389: ["2.3", "3.1"]
        case .samba: ["4.17", "4.22"]
        }
    }

    /// The head of a release's column.
    func heading(_ release: String) -> String {
        switch self {
        case .openldap, .directoryServer389: "\(rawValue) \(release)"
        case .samba: "Active Directory (Samba \(release))"
        }
    }

    /// What the server here says of its version.
    func version() throws -> String {
        let (program, option) =
            switch self {
            case .openldap: ("slapd", "-VV")
            case .directoryServer389: ("ns-slapd", "-v")
            case .samba: ("samba", "--version")
            }
        let end = try ChildProcess.run("/usr/sbin/\(program)", [option])
        return end.stdout + end.stderr
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
