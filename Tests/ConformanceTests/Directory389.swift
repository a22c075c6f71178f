import Fixtures

/// 389 Directory Server with its memberOf, referential integrity and content synchronization plugins.
struct Directory389: ConformanceDirectory {
    private let instance: DirectoryServer389

    init(_ options: ConformanceOptions) throws {
        try self.init {
            $0.sizeLimit = options.sizeLimit
            if options.isSecure { $0.certificate = .good }
        }
    }

    init(_ change: (inout DirectoryServer389Options) -> Void) throws {
        instance = try DirectoryServer389(change)
    }

    var server: any DirectoryServer { instance }
    var tlsURL: String { instance.tlsURL }
    var sample: String { "389ds.yaml" }
    var serviceDN: String { Slapd.serviceDN }
    var servicePassword: String { Slapd.servicePassword }
    var opening: String { "delete: nsAccountLock\n" }
    var sizeLimit: SizeLimitEffect { .page }
    var emptied: [String] { [] }

    func isDisabled(_ dn: String) throws -> Bool {
        try instance.values("nsAccountLock", of: dn) == ["true"]
    }

    var burst: Int { 2_000 }

    func setHidden(_ areHidden: Bool) throws {
        try instance.modify(
            """
            dn: ou=people,\(SampleOrganisation.suffix)
            changetype: modify
            \(areHidden ? "add" : "delete"): aci
            aci: (targetattr="*")(version 3.0; acl "hide"; deny (all)
              userdn="ldap:///\(Slapd.serviceDN)";)

            """)
    }

    func setReadOnly(_ isReadOnly: Bool) throws {
        try instance.modify(
            """
            dn: cn=userroot,cn=ldbm database,cn=plugins,cn=config
            changetype: modify
            replace: nsslapd-readonly
            nsslapd-readonly: \(isReadOnly ? "on" : "off")

            """)
    }
}
