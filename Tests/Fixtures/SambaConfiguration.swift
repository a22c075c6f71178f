/// The smb.conf of a throwaway domain controller: everything inside its folder, loopback alone.
struct SambaConfiguration {
    let folder: String
    let options: SambaOptions

    /// Paths of sockets are bounded: the folder's must be short.
    var text: String {
        """
        [global]
            netbios name = \(SambaDomain.host)
            workgroup = \(SambaDomain.workgroup)
            realm = \(SambaDomain.realm)
            server role = active directory domain controller
            server services = \(options.kerberos ? "ldap, kdc" : "ldap")
            dcerpc endpoint servers = none
            private dir = \(folder)/private
            binddns dir = \(folder)/bind-dns
            cache directory = \(folder)/cache
            lock directory = \(folder)
            state directory = \(folder)/state
            pid directory = \(folder)/run
            ncalrpc dir = \(folder)/run/ncalrpc
            winbindd socket directory = \(folder)/run/winbindd
            ntp signd socket directory = \(folder)/run/ntp_signd
            log file = \(folder)/log/%m.log
            log level = 1
            interfaces = lo
            bind interfaces only = yes
            old password allowed period = 0
            ldap server require strong auth = \(options.strongAuth ? "yes" : "no")
            tls enabled = yes
            tls certfile = \(folder)/tls/cert.pem
            tls keyfile = \(folder)/tls/key.pem
            tls cafile = \(folder)/tls/ca.pem

        """
    }
}
