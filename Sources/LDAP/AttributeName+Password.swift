extension AttributeName {
    /// Whether the attribute holds a password, a key made from one, or another secret.
    ///
    /// Such an attribute is never read, journalled or shown; a reason may only delete it. Knows
    /// the names and OIDs of the servers' schemas, with or without options; and every name that
    /// ends in `password` or `pwd`, since administrators add their own.
    package var isPassword: Bool {
        var name = base.folded
        if name.hasPrefix("oid.") { name.removeFirst(4) }
        return name.hasSuffix("password") || name.hasSuffix("pwd")
            || Self.secretNames.contains(name) || Self.secretOIDs.contains(name)
    }

    private static let secretNames: Set<String> = [
        // RFC 4519, RFC 3112, and RFC 2307 schemas
        "userpassword", "authpassword",
        // Active Directory ([MS-ADTS] 3.1.1.4.4 lists those that it never returns), LAPS
        "unicodepwd", "dbcspwd", "lmpwdhistory", "ntpwdhistory", "supplementalcredentials",
        "priorvalue", "currentvalue", "initialauthincoming", "initialauthoutgoing",
        "trustauthincoming", "trustauthoutgoing", "ms-mcs-admpwd", "ms-mcs-admpwdhistory",
        "mslaps-password", "mslaps-encryptedpassword", "mslaps-encryptedpasswordhistory",
        "mslaps-encrypteddsrmpassword", "mslaps-encrypteddsrmpasswordhistory",
        "msds-managedpassword", "msfve-recoverypassword",
        // Kerberos, FreeIPA
        "krbprincipalkey", "krbmkey", "krbpwdhistory", "ipanthash", "ipatokenotpkey",
        // Samba on another directory
        "sambalmpassword", "sambantpassword", "sambapasswordhistory", "sambacleartextpassword",
        "sambapreviouscleartextpassword",
        // password policy and the servers' own
        "pwdhistory", "passwordhistory", "nsds5replicacredentials", "nsslapd-rootpw", "olcrootpw",
        "nspmpassword", "nspmpasswordhistory", "nspmdistributionpassword", "privatekey",
        "ds-pwp-retired-password", "ibm-slapdadminpw", "oathsecret", "userpkcs12",
    ]

    private static let secretOIDs: Set<String> = [
        "2.5.4.35",  // userPassword
        "1.3.6.1.4.1.4203.1.3.4",  // authPassword
        "1.2.840.113556.1.4.90",  // unicodePwd
        "1.2.840.113556.1.4.55",  // dBCSPwd
        "1.2.840.113556.1.4.160",  // lmPwdHistory
        "1.2.840.113556.1.4.94",  // ntPwdHistory
        "1.2.840.113556.1.4.125",  // supplementalCredentials
        "2.16.840.1.113719.1.301.4.39.1",  // krbPrincipalKey
        "1.3.6.1.4.1.7165.2.1.24",  // sambaLMPassword
        "1.3.6.1.4.1.7165.2.1.25",  // sambaNTPassword
        "1.3.6.1.4.1.7165.2.1.54",  // sambaPasswordHistory
        "1.3.6.1.4.1.42.2.27.8.1.20",  // pwdHistory
        "2.16.840.1.113730.3.1.96",  // passwordHistory
        "2.16.840.1.113730.3.1.216",  // userPKCS12
    ]
}
