/// Tickets of the domain's own KDC, for a client outside of its network.
extension Samba {
    /// The environment in which there is a ticket of this account.
    package func ticket(of account: String, password: String) throws -> [String: String] {
        let configuration = try folder.write(
            """
            [libdefaults]
                default_realm = \(SambaDomain.realm)
                dns_lookup_realm = false
                dns_lookup_kdc = false
                dns_canonicalize_hostname = false
                rdns = false
                udp_preference_limit = 1
            [realms]
                \(SambaDomain.realm) = {
                    kdc = 127.0.0.1:\(kerberosProxy.port)
                }
            [domain_realm]
                localhost = \(SambaDomain.realm)

            """, to: "krb5.conf")
        let environment = [
            "KRB5_CONFIG": configuration, "KRB5CCNAME": "FILE:" + folder.file("tickets"),
        ]
        try ChildProcess.run(
            "kinit", [account + "@" + SambaDomain.realm], environment: environment,
            input: Array((password + "\n").utf8)
        ).succeeded(at: "kinit (Debian package krb5-user)")
        return environment
    }

    /// LDIF by which the domain controller's tickets are good for this machine, too: libldap asks for
    /// one for the machine's own name where the URL says `localhost`.
    package static func localhostChange() throws -> String {
        let said = try ChildProcess.run("hostname", ["--fqdn"])
            .succeeded(at: "hostname --fqdn").stdout
        let name = said.split(separator: "\n").first ?? "localhost"
        return """
            dn: CN=\(SambaDomain.host),OU=Domain Controllers,\(SambaOrganisation.suffix)
            changetype: modify
            add: servicePrincipalName
            servicePrincipalName: ldap/\(name)


            """
    }
}
