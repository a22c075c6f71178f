import LDAP
import Testing

@Suite struct AttributeNameTests {
    @Test(arguments: [
        "cn", "userCertificate;binary", "ds-pwp-account-disabled", "2.5.4.3", "0.9.2342",
        "cn;lang-de;x-a", "x500UniqueIdentifier",
    ])
    func `a name of RFC 4512 is taken as it is spelt`(text: String) {
        #expect(AttributeName(text)?.spelling == text)
    }

    @Test(arguments: [
        "", "-cn", "1cn", "c n", "cn;", ";binary", "cn;;x", "cn=", "cn)", "2", "2.", "2..5",
        "2.05.4", "cn\0", "é", "cn;bin ary", "user_name", "cn*",
    ])
    func `what is no name is refused`(text: String) {
        #expect(AttributeName(text) == nil)
    }

    @Test func `names are compared in any case and their options in any order`() {
        #expect(AttributeName("userCertificate;BINARY") == AttributeName("usercertificate;binary"))
        #expect(AttributeName("cn;lang-de;x-a") == AttributeName("CN;X-A;lang-DE"))
        #expect(AttributeName("userCertificate;binary") != AttributeName("userCertificate"))
    }

    @Test func `a name is taken apart into base and options`() {
        let name = AttributeName(trusted: "userCertificate;x-a;Binary")
        #expect(name.base.spelling == "userCertificate")
        #expect(name.options == ["binary", "x-a"])
        #expect(AttributeName(trusted: "cn").base == AttributeName("cn"))
    }

    @Test(arguments: [
        ("userCertificate;binary", "userCertificate", true),
        ("userCertificate", "usercertificate;BINARY", true),
        ("userCertificate;binary", "userCertificate;binary", true),
        ("userCertificate;binary", "userCertificate;lang-de", false),
        ("userCertificate;binary", "cACertificate;binary", false),
    ])
    func `binary is left aside only when asked for`(left: String, right: String, matches: Bool) {
        let left = AttributeName(trusted: left)
        #expect(left.matchesIgnoringBinary(AttributeName(trusted: right)) == matches)
    }

    @Test(arguments: [
        "userPassword", "USERPASSWORD", "userPassword;lang-de", "2.5.4.35", "2.5.4.35;x-a",
        "unicodePwd", "1.2.840.113556.1.4.90", "dBCSPwd", "lmPwdHistory", "ntPwdHistory",
        "supplementalCredentials", "authPassword", "authPassword;x", "krbPrincipalKey",
        "sambaNTPassword", "sambaLMPassword", "sambaPasswordHistory", "sambaClearTextPassword",
        "ms-Mcs-AdmPwd", "msLAPS-Password", "pwdHistory", "nsslapd-rootpw", "olcRootPW",
        "companyVaultPassword", "nspmPassword", "userPKCS12",
    ])
    func `a secret is known by its name or number`(text: String) throws {
        #expect(try #require(AttributeName(text)).isPassword)
    }

    @Test(arguments: [
        "uid", "pwdAccountLockedTime", "pwdEndTime", "pwdChangedTime", "pwdLastSet",
        "sambaPwdLastSet", "passwordExpirationTime", "userCertificate;binary", "2.5.4.3",
        "krbPrincipalName", "employeeType",
    ])
    func `what only tells of a password is no secret`(text: String) throws {
        #expect(try !#require(AttributeName(text)).isPassword)
    }
}
