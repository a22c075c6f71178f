/// How a test's domain controller is set up; the defaults are what most tests want.
package struct SambaOptions: Sendable {
    package var certificate = ServerCertificate.good
    /// Whether a bind in plain text is refused (8), as a Windows domain controller may be told to.
    package var strongAuth = false
    /// Whether tickets are given out (Kerberos).
    package var kerberos = false
    /// LDIF of entries to add to ``SambaOrganisation``, before the server starts.
    package var data = ""
    /// LDIF change records, carried out after that.
    package var changes = ""

    package init() {}
}
