/// How a test's 389 Directory Server is set up; the defaults are the server that most tests want.
package struct DirectoryServer389Options: Sendable {
    /// The content synchronization plugin, and the retro changelog that it reads from.
    package var contentSync = true
    /// Whether the changelog keeps the id of each entry that was changed; else deletions are not told.
    package var changelogNamesTargets = true
    package var memberOf = true
    package var referentialIntegrity = true
    /// For everybody but the directory manager; nil is unlimited.
    package var sizeLimit: Int?
    /// What it shows to ldaps:// and StartTLS; nil: neither is there.
    package var certificate: ServerCertificate?

    package init() {}
}
