internal import Configuration

/// lockstep.yaml(5): every key of the configuration.
enum ConfigurationPage {
    static var text: String {
        var roff = Roff("LOCKSTEP.YAML", section: 5)
        roff.name(
            "lockstep.yaml", "which directories lockstep follows, and what it does about them")
        writeForm(&roff)
        roff.macro("SH", "EXAMPLE")
        roff.line("The least that is of use: people, the groups that are roles, and one reason.")
        roff.verbatim(least)
        var section = ""
        for key in KeyDescription.all {
            if key.section != section {
                section = key.section
                roff.macro("SH", section.uppercased())
            }
            roff.item(key.path, sentence(key))
        }
        for note in ConfigurationNotes.all {
            roff.macro("SH", note.heading.uppercased())
            roff.line(note.paragraphs[0])
            for paragraph in note.paragraphs.dropFirst() { roff.paragraph(paragraph) }
        }
        roff.macro("SH", "SEE ALSO")
        roff.macro("BR", "lockstep", "(1)")
        return roff.text
    }

    private static func writeForm(_ roff: inout Roff) {
        roff.macro("SH", "DESCRIPTION")
        roff.line(
            "A YAML file: indent with spaces; no anchors, aliases, tags or second documents. It is "
                + "looked for in --config, LOCKSTEP_CONFIG, ./lockstep.yaml, "
                + "XDG_CONFIG_HOME/lockstep/ and /etc/lockstep/. Only root or the calling user may "
                + "own it and its folder, and nobody else may be able to write them. A relative "
                + "path in it is relative to its folder.")
        roff.paragraph(
            "'lockstep check' says what is wrong, with line and column; 'lockstep init --sample' "
                + "writes a file with every key explained.")
        roff.paragraph(
            "A duration is digits with s, m, h or d: 90s. A key that is left out has the value "
                + "that stands behind 'default'. NAME is a word of your own: letters, digits, dash, "
                + "dot and underscore.")
    }

    private static let least = """
        store: /var/lib/lockstep/lockstep.db
        directories:
          hq:
            uri: ldaps://ldap1.example.com
            bind: {dn: "cn=lockstep,ou=services,dc=example,dc=com", passwordFile: hq.password}
            users: {base: "ou=people,dc=example,dc=com", map: {username: uid}}
            roles: {base: "ou=groups,dc=example,dc=com"}
        reasons:
          left-organization: {revocation: affiliationChanged}
        """

    private static func sentence(_ key: KeyDescription) -> String {
        let presence =
            key.isRequired ? "; required" : key.standard.map { "; default: \($0)" } ?? ""
        return "(\(key.value)\(presence)) \(key.explanation)"
    }
}
