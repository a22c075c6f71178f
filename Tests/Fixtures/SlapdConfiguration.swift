internal import Glibc

/// The cn=config of a test's slapd, as LDIF for `slapadd -n0`.
struct SlapdConfiguration {
    let folder: String
    let options: SlapdOptions

    var ldif: String {
        get throws {
            let entries =
                [try global, modules, schema, frontend, configuration, accessLogDatabase, database]
                + overlays + options.extraConfig
            return entries.filter { !$0.isEmpty }.joined(separator: "\n")
        }
    }

    private var suffix: String { SampleOrganisation.suffix }

    private var global: String {
        get throws {
            let peer =
                "gidNumber=\(getgid())\\+uidNumber=\(getuid()),cn=peercred,cn=external,cn=auth"
            return """
                dn: cn=config
                objectClass: olcGlobal
                cn: config
                olcAuthzRegexp: {0}"\(peer)" "\(Slapd.rootDN)"
                olcAuthzRegexp: {1}"cn=([^,]+),o=lockstep test" "cn=$1,ou=services,\(suffix)"

                """ + (try tls)
        }
    }

    private var tls: String {
        get throws {
            guard let tls = options.tls else { return "" }
            let files = try Certificates.shared.get()
            let name = tls.certificate.rawValue
            let priorities =
                try tls.isOnly12 && SlapdOptions.TLS.isGnuTLS()
                ? "olcTLSCipherSuite: NORMAL:-VERS-ALL:+VERS-TLS1.2\n" : ""
            return """
                olcTLSCACertificateFile: \(files.ca)
                olcTLSCertificateFile: \(files.certificate(name))
                olcTLSCertificateKeyFile: \(files.key(name))
                olcTLSVerifyClient: \(tls.verifyClient)
                \(priorities)
                """
        }
    }

    private var modules: String {
        var names = ["back_mdb", "syncprov", "memberof", "refint", "accesslog"]
        if case .notLoaded = options.policy {} else { names.append("ppolicy") }
        return """
            dn: cn=module{0},cn=config
            objectClass: olcModuleList
            cn: module{0}
            olcModulePath: /usr/lib/ldap

            """ + names.map { "olcModuleLoad: \($0)\n" }.joined()
    }

    private var schema: String {
        let files = ["core", "cosine", "nis", "inetorgperson"]
        return "dn: cn=schema,cn=config\nobjectClass: olcSchemaConfig\ncn: schema\n\n"
            + files.map { "include: file:///etc/ldap/schema/\($0).ldif\n" }.joined()
    }

    private var frontend: String {
        let access =
            options.frontendAccess
            + ["to dn.base=\"\" by * read", "to dn.base=\"cn=Subschema\" by * read"]
        let clauses = access.enumerated().map { "olcAccess: {\($0)}\($1)\n" }.joined()
        return """
            dn: olcDatabase={-1}frontend,cn=config
            objectClass: olcDatabaseConfig
            objectClass: olcFrontendConfig
            olcDatabase: {-1}frontend
            olcSizeLimit: \(options.sizeLimit.map(String.init) ?? "unlimited")
            olcTimeLimit: \(options.timeLimit.map(String.init) ?? "unlimited")
            \(clauses)
            """
    }

    private var configuration: String {
        """
        dn: olcDatabase={0}config,cn=config
        objectClass: olcDatabaseConfig
        olcDatabase: {0}config
        olcRootDN: cn=config
        olcRootPW: config

        """
    }

    private var hasAccessLog: Bool {
        if case .accessLog = options.syncProvider { true } else { false }
    }

    /// slapd wants the log's database to stand before the one whose overlay names it.
    ///
    /// Who can't read the log gets a present phase in its place.
    private var accessLogDatabase: String {
        guard hasAccessLog else { return "" }
        let right = options.accessLogIsReadable ? "read" : "none"
        return """
            dn: olcDatabase={1}mdb,cn=config
            objectClass: olcDatabaseConfig
            objectClass: olcMdbConfig
            olcDatabase: {1}mdb
            olcSuffix: cn=accesslog
            olcRootDN: \(Slapd.rootDN)
            olcDbDirectory: \(folder)/accesslog
            olcDbMaxSize: 268435456
            olcDbNoSync: TRUE
            olcDbIndex: objectClass,entryCSN,entryUUID,reqStart,reqDN,reqResult eq
            olcSizeLimit: unlimited
            olcAccess: {0}to * by dn.exact="\(Slapd.serviceDN)" \(right) by * none

            """
    }

    private var databaseName: String { "olcDatabase={\(hasAccessLog ? 2 : 1)}mdb,cn=config" }

    private var database: String {
        let access =
            options.access + [
                "to attrs=userPassword by dn.exact=\"\(Slapd.serviceDN)\" manage"
                    + " by self write by anonymous auth by * none",
                "to * by dn.exact=\"\(Slapd.serviceDN)\" manage by users read by * none",
            ]
        let clauses = access.enumerated().map { "olcAccess: {\($0)}\($1)\n" }.joined()
        let paging = options.paging ? "" : "olcLimits: {0}* size.prtotal=disabled\n"
        let lines = options.databaseLines.map { $0 + "\n" }.joined()
        return """
            dn: \(databaseName)
            objectClass: olcDatabaseConfig
            objectClass: olcMdbConfig
            olcDatabase: {\(hasAccessLog ? 2 : 1)}mdb
            olcSuffix: \(suffix)
            olcRootDN: \(Slapd.rootDN)
            olcRootPW: \(Slapd.rootPassword)
            olcDbDirectory: \(folder)/db
            olcDbMaxSize: 2147483648
            olcDbNoSync: TRUE
            olcDbIndex: objectClass,uid,cn,mail,employeeNumber eq
            olcDbIndex: member,uniqueMember eq
            olcDbIndex: entryUUID,entryCSN eq
            \(clauses)\(paging)\(lines)
            """
    }

    private var overlays: [String] {
        var result: [String] = []
        if let syncProvider {
            let lines = syncProvider + options.syncProviderLines.map { $0 + "\n" }.joined()
            result.append(overlay("syncprov", "olcSyncProvConfig", lines))
        }
        if options.memberOf { result.append(overlay("memberof", "olcMemberOfConfig", memberOf)) }
        if options.refint { result.append(overlay("refint", "olcRefintConfig", refint)) }
        switch options.policy {
        case .notLoaded, .noOverlay: break
        case .noDefault: result.append(overlay("ppolicy", "olcPPolicyConfig", ""))
        case .inEffect:
            let line = "olcPPolicyDefault: cn=default,ou=policies,\(suffix)\n"
            result.append(overlay("ppolicy", "olcPPolicyConfig", line))
        }
        if hasAccessLog { result.append(overlay("accesslog", "olcAccessLogConfig", accessLog)) }
        return result
    }

    private func overlay(_ name: String, _ objectClass: String, _ lines: String) -> String {
        """
        dn: olcOverlay=\(name),\(databaseName)
        objectClass: olcOverlayConfig
        objectClass: \(objectClass)
        olcOverlay: \(name)
        \(lines)
        """
    }

    private var syncProvider: String? {
        switch options.syncProvider {
        case .none: nil
        case .plain: "olcSpCheckpoint: 1 1\n"
        case .sessionLog(let size): "olcSpCheckpoint: 1 1\nolcSpSessionlog: \(size)\n"
        case .accessLog: "olcSpCheckpoint: 1 1\nolcSpSessionlogSource: cn=accesslog\n"
        }
    }

    private var memberOf: String {
        """
        olcMemberOfDangling: ignore
        olcMemberOfRefInt: TRUE
        olcMemberOfGroupOC: groupOfNames
        olcMemberOfMemberAD: member
        olcMemberOfMemberOfAD: memberOf

        """
    }

    private var refint: String {
        "olcRefintAttribute: member\nolcRefintAttribute: uniqueMember\n"
    }

    private var accessLog: String {
        """
        olcAccessLogDB: cn=accesslog
        olcAccessLogOps: writes
        olcAccessLogSuccess: TRUE

        """
    }
}
