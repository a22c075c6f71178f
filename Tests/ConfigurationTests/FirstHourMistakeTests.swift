import Testing

@testable import Configuration

/// Mistakes that everybody makes once with YAML and DNs: what is said is what is to be done.
struct FirstHourMistakeTests {
    @Test(arguments: [
        "{dn: cn=lockstep,ou=services,dc=example,dc=com, passwordFile: hq.password}",
        "{passwordFile: hq.password, dn: cn=lockstep,dc=com}",
    ])
    func `a DN in braces without quotes is told once, and how it is written`(bind: String) {
        let said = Example.complaints(Example.minimal(bind: bind))
        #expect(said.count == 1, "\(said)")
        #expect(
            said.first?.hasSuffix(
                ": directories.hq.bind: a DN has commas, so in {braces} it stands in quotes: "
                    + "\"cn=name,dc=example,dc=com\"") == true, "\(said)")
    }

    @Test func `a base in brackets without quotes is one DN, and no list`() {
        let said = Example.complaints(
            Example.minimal(users: "{base: [ou=people,dc=example,dc=com], map: {username: uid}}"))
        #expect(
            said == [
                "lockstep.yaml:6:19: directories.hq.users.base: these are the parts of one DN, split at "
                    + "its commas; put it in quotes"
            ])
        let list = "{base: [\"o=a\", \"dc=b\"], map: {username: uid}}"
        #expect(Example.complaints(Example.minimal(users: list)) == [])
    }

    @Test func `a key that may stand in two places is told both`() {
        let said = Example.complaints(
            Example.minimal(top: "filter: (uid=*)", directory: "roles: {base: \"dc=example\"}"))
        #expect(said.count == 1)
        #expect(
            said.first?.contains(
                ": filter: unknown key; it belongs to directories.NAME.users or "
                    + "directories.NAME.roles; here may stand: store, ") == true, "\(said)")
    }

    @Test func `a tab is called one`() {
        #expect(
            Example.complaints("store: a\ndirectories:\n\thq:\n") == [
                "lockstep.yaml:3:1: not YAML: a tab stands where the line begins; indent with spaces "
                    + "alone"
            ])
    }
}
