import Fixtures
import Identity
import Testing

/// A slapd, a configuration and a store, and the built program that is driven against them.
///
/// The program reaches the server through `proxy` alone; the service account may read everything
/// and write what a lock writes, nothing else.
final class LockLab: DrivenProgram {
    let server: Slapd
    let proxy: TCPProxy
    let folder: TemporaryFolder
    /// What stands in lockstep.yaml; ``configure()`` writes it anew.
    var configuration = LockConfiguration()

    init(_ change: (inout SlapdOptions) -> Void = { _ in }) throws {
        var options = SlapdOptions()
        options.access = Self.access
        change(&options)
        server = try Slapd(options)
        proxy = try TCPProxy(to: server.port)
        folder = try TemporaryFolder("lock")
        try folder.write(Slapd.servicePassword, to: "hq.password")
        try configure()
    }

    /// What the service account needs, and what lets people bind.
    static let access = [
        "to attrs=userPassword by self write by anonymous auth by * none",
        "to dn.subtree=\"ou=people,\(SampleOrganisation.suffix)\""
            + " attrs=pwdAccountLockedTime,pwdEndTime,employeeType,description,roomNumber"
            + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read",
        "to dn.subtree=\"ou=left,\(SampleOrganisation.suffix)\""
            + " attrs=pwdAccountLockedTime,pwdEndTime,employeeType,description,roomNumber"
            + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read",
        "to attrs=member,uniqueMember,memberUid"
            + " by dn.exact=\"\(Slapd.serviceDN)\" write by * read",
        "to * by * read",
    ]

    func configure() throws {
        try folder.write(configuration.text(url: proxy.url), to: "lockstep.yaml")
    }
}
