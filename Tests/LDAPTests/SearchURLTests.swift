import LDAP
import Testing

@Suite struct SearchURLTests {
    @Test(arguments: [
        ("ldap:///ou=people,dc=example??sub?(title=a)", SearchScope.subtree, "(title=a)"),
        ("LDAP:///ou=people,dc=example?cn,mail?ONE?(cn=a%20b)", .one, "(cn=a b)"),
        ("ldap:///ou=people,dc=example", .base, "(objectClass=*)"),
        ("ldap:///ou=people,dc=example??sub?(a=b)?x-ours=1", .subtree, "(a=b)"),
    ])
    func `a search is read from its URL`(text: String, scope: SearchScope, filter: String) throws {
        let url = try #require(SearchURL(text))
        #expect(url.base == DN("ou=people,dc=example"))
        #expect(url.scope == scope)
        #expect(url.filter == Filter(filter))
    }

    @Test(arguments: [
        "", "ou=people", "ldap://host/ou=people,dc=example??sub?(a=b)",
        "ldap:///ou=people,dc=example??deep?(a=b)", "ldap:///nothing??sub?(a=b)",
        "ldap:///ou=people,dc=example??sub?(a", "ldap:///ou=people%2??sub", "ldap:///dc=%zz",
        "ldap:///dc=example??sub?(a=b)?!ours",
    ])
    func `anything else is none`(text: String) {
        #expect(SearchURL(text) == nil)
    }

    @Test func `the base and the scope say what it reaches`() throws {
        let (base, below) = (
            try #require(DN("ou=p,dc=example")), try #require(DN("uid=a,ou=p,dc=example"))
        )
        let deep = try #require(DN("uid=b,uid=a,ou=p,dc=example"))
        func reached(_ scope: String) throws -> [Bool] {
            let url = try #require(SearchURL("ldap:///ou=p,dc=example??\(scope)"))
            return [base, below, deep].map(url.reaches)
        }
        #expect(try reached("base") == [true, false, false])
        #expect(try reached("one") == [false, true, false])
        #expect(try reached("sub") == [true, true, true])
    }
}
