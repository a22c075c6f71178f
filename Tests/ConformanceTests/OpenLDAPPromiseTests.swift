import Testing

@Suite struct OpenLDAPPromiseTests {
    @Test(arguments: Promise.allCases)
    func `is kept`(_ promise: Promise) throws {
        try promise.hold(on: .openldap)
    }
}
