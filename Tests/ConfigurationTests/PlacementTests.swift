import Testing

@testable import Configuration

/// A section that is indented wrongly is one mistake: one error says where it belongs, and nothing follows from it.
@Suite struct PlacementTests {
    struct Slip: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let said: [String]

        init(_ name: String, _ text: String, _ said: String...) {
            testDescription = name
            self.text = text
            self.said = said.map { "lockstep.yaml:\($0)" }
        }
    }

    @Test(arguments: slips)
    func `one error says where it belongs`(slip: Slip) {
        #expect(Example.complaints(slip.text) == slip.said)
    }

    @Test func `what is wrong inside is said, too, under the path where it belongs`() {
        let text = hq.replacing("    dialect: auto\n", with: "").replacing(
            "    limits:\n      missing: 5%", with: "limits:\n  missing: lots\n  locks: 4")
        #expect(
            Example.complaints(text) == [
                "lockstep.yaml:11:1: limits: stands in the wrong place; it belongs to directories.hq, "
                    + "beside uri in line 4",
                "lockstep.yaml:12:12: directories.hq.limits.missing: \"lots\" is no limit; write a "
                    + "number such as 50, or 0% to 100%",
            ])
    }

    @Test func `two slips are two errors`() {
        let text = hq.replacing("    dialect: auto\n", with: "")
            .replacing("    limits:\n      missing: 5%\n", with: "limits: {missing: 5%}\n")
            .replacing("enabled: true", with: "enabled: true\n  drift: report")
        #expect(Example.complaints(text).count == 2, "\(Example.complaints(text))")
    }

    @Test func `a directory may have the name of a key`() {
        for name in ["users", "roles", "limits", "bind", "reasons", "store"] {
            let text = hq.replacing("  hq:", with: "  \(name):")
            #expect(Example.complaints(text) == [])
        }
    }

    @Test func `a reason may have the name of a key, and write attributes that have one`() {
        for name in ["write", "text", "lock", "reasons", "missing", "hq"] {
            let text = hq.replacing("  left:", with: "  \(name):")
                .replacing("employeeType", with: "text")
            #expect(Example.complaints(text) == [])
        }
    }

    @Test func `a key that stands twice because its section is indented too little is told once`() {
        let text = hq.replacing(
            "      base: \"ou=people,dc=example\"\n      map: {username: uid}",
            with: """
                base: "ou=people,dc=example"
                    map: {username: uid}
                    roles:
                    base: "ou=groups,dc=example"
                """.replacing("base: \"ou=p", with: "    base: \"ou=p"))
        #expect(
            Example.complaints(text) == [
                "lockstep.yaml:7:5: directories.hq.base: stands in the wrong place, as does map; they "
                    + "belong to directories.hq.users, which stands empty in line 6",
                "lockstep.yaml:10:5: directories.hq.base: stands in the wrong place; it belongs to "
                    + "directories.hq.roles, which stands empty in line 9",
            ])
    }
}

/// A whole configuration, in which each test moves one thing.
private let hq = """
    store: lockstep.db
    directories:
      hq:
        uri: ldaps://ldap.example.com
        bind: {dn: "cn=lockstep,dc=example", passwordFile: hq.password}
        users:
          base: "ou=people,dc=example"
          map: {username: uid}
        tls:
          minimum: "1.3"
        limits:
          missing: 5%
        dialect: auto
    reasons:
      left:
        for: [lock]
        revocation: affiliationChanged
        write:
          employeeType: left
        enabled: true
    """

private func moved(_ old: String, _ new: String) -> String { hq.replacing(old, with: new) }

private let slips: [PlacementTests.Slip] = [
    .init(
        "a directory's section at the top",
        moved("    limits:\n      missing: 5%", "limits:\n  missing: 5%").replacing(
            "    dialect: auto\n", with: ""),
        "11:1: limits: stands in the wrong place; it belongs to directories.hq, beside uri in line 4"
    ),
    .init(
        "a required one at the top",
        moved("    users:\n      base: \"ou=people,dc=example\"\n      map: {username: uid}\n", "")
            + "\nusers: {base: \"ou=people,dc=example\", map: {username: uid}}",
        "18:1: users: stands in the wrong place; it belongs to directories.hq, beside uri in line 4"
    ),
    .init(
        "a directory's key at the top", moved("    dialect: auto\n", "dialect: auto\n"),
        "13:1: dialect: stands in the wrong place; it belongs to directories.hq, beside uri in line 4"
    ),
    .init(
        "a section's keys beside it",
        moved(
            "      base: \"ou=people,dc=example\"\n      map:",
            "    base: \"ou=people,dc=example\"\n    map:"),
        "7:5: directories.hq.base: stands in the wrong place, as does map; they belong to directories.hq.users, which stands empty in line 6"
    ),
    .init(
        "the limits beside their section",
        moved(
            "      missing: 5%\n",
            "    missing: 5%\n    disabled: 5%\n    reenabled: 5%\n    locks: 50\n    drift: 50\n    groups: 5%\n    rejected: 10%\n"
        ),
        "12:5: directories.hq.missing: stands in the wrong place, as do disabled, reenabled, locks, drift, groups and rejected; they belong to directories.hq.limits, which stands empty in line 11"
    ),
    .init(
        "one key of a section beside it",
        moved("      map: {username: uid}", "    map: {username: uid}"),
        "8:5: directories.hq.map: stands in the wrong place; it belongs to directories.hq.users, beside base in line 7"
    ),
    .init(
        "a directory's section inside another",
        moved("    tls:\n      minimum: \"1.3\"", "      tls:\n        minimum: \"1.3\""),
        "9:7: directories.hq.users.tls: stands in the wrong place; it belongs to directories.hq, beside uri in line 4"
    ),
    .init(
        "a required key inside another section",
        moved("    bind: {dn: \"cn=lockstep,dc=example\", passwordFile: hq.password}\n", "")
            .replacing(
                "      map: {",
                with:
                    "      bind: {dn: \"cn=lockstep,dc=example\", passwordFile: hq.password}\n      map: {"
            ),
        "7:7: directories.hq.users.bind: stands in the wrong place; it belongs to directories.hq, beside uri in line 4"
    ),
    .init(
        "no name for the directory", moved("  hq:\n", ""),
        "3:5: directories.uri: stands where a name of your own is due, as do bind, users, tls, limits and dialect; write one above: directories: {NAME: {uri: …}}"
    ),
    .init(
        "the directory's keys beside its name",
        hq.replacing("\n    ", with: "\n  ").replacing("\n  for:", with: "\n    for:").replacing(
            "\n  revocation:", with: "\n    revocation:"
        ).replacing("\n  write:", with: "\n    write:").replacing(
            "\n  enabled:", with: "\n    enabled:"
        )
        .replacing("\n    employeeType", with: "\n      employeeType"),
        "4:3: directories.uri: stands in the wrong place, as do bind, users, tls, limits and dialect; they belong to directories.hq, which stands empty in line 3"
    ),
    .init(
        "a directory beside directories", moved("directories:\n  hq:", "directories:\nhq:"),
        "3:1: hq: stands in the wrong place; it belongs to directories, which stands empty in line 2"
    ),
    .init(
        "a section of the directory among the names",
        moved(
            "    users:\n      base: \"ou=people,dc=example\"\n      map: {username: uid}",
            "  users:\n    base: \"ou=people,dc=example\"\n    map: {username: uid}"
        ).replacing(
            "    tls:\n      minimum: \"1.3\"\n    limits:\n      missing: 5%\n    dialect: auto\n",
            with: ""),
        "6:3: directories.users: stands in the wrong place; it belongs to directories.hq, beside uri in line 4"
    ),
    .init(
        "a section of the directory among the names, with what stands behind it",
        moved(
            "    users:\n      base: \"ou=people,dc=example\"\n      map: {username: uid}",
            "  users:\n    base: \"ou=people,dc=example\"\n    map: {username: uid}"),
        "6:3: directories.users: stands in the wrong place; it belongs to directories.hq, beside uri in line 4"
    ),
    .init(
        "a section at the top, with what stands behind it in its own section",
        moved(
            "    users:\n      base: \"ou=people,dc=example\"\n      map: {username: uid}",
            "users:\n  base: \"ou=people,dc=example\"\n  map:\n    username: uid"),
        "6:1: users: stands in the wrong place; it belongs to directories.hq, beside uri in line 4"
    ),
    .init(
        "all that follows a section inside it",
        moved(
            "    limits:\n      missing: 5%\n    dialect: auto",
            "      limits:\n        missing: 5%\n      dialect: auto"),
        "11:7: directories.hq.tls.limits: stands in the wrong place, as does dialect; they belong to directories.hq, beside uri in line 4"
    ),
    .init(
        "neither directories nor a name",
        hq.replacing("directories:\n  hq:\n", with: "").replacing("\n    ", with: "\n").replacing(
            "\n  base", with: "\n  base"
        ).replacing("\nfor:", with: "\n    for:").replacing(
            "\nrevocation", with: "\n    revocation"
        )
        .replacing("\nwrite:\n  ", with: "\n    write:\n      ").replacing(
            "\nenabled", with: "\n    enabled"),
        "2:1: uri: stands in the wrong place, as do bind, users, tls, limits and dialect; they belong to directories.NAME, which is not there yet"
    ),
    .init(
        "one key of the directory among the names", moved("    dialect: auto", "  dialect: auto"),
        "13:3: directories.dialect: stands in the wrong place; it belongs to directories.hq, beside uri in line 4"
    ),
    .init(
        "the reasons inside directories",
        hq.replacing("\nreasons:\n", with: "\n  reasons:\n").replacing(
            "\n  left:", with: "\n    left:"
        ).replacing("\n    for:", with: "\n      for:").replacing(
            "\n    revocation:", with: "\n      revocation:"
        ).replacing("\n    write:\n      emp", with: "\n      write:\n        emp").replacing(
            "\n    enabled:", with: "\n      enabled:"),
        "14:3: directories.reasons: stands in the wrong place; it belongs to the top level, beside store in line 1"
    ),
    .init(
        "the reasons inside a directory",
        hq.replacing("\nreasons:\n", with: "\n    reasons:\n").replacing(
            "\n  left:", with: "\n      left:"
        ).replacing("\n    for:", with: "\n        for:").replacing(
            "\n    revocation:", with: "\n        revocation:"
        ).replacing("\n    write:\n      emp", with: "\n        write:\n          emp").replacing(
            "\n    enabled:", with: "\n        enabled:"),
        "14:5: directories.hq.reasons: stands in the wrong place; it belongs to the top level, beside store in line 1"
    ),
    .init(
        "a section of the top inside directories",
        moved("reasons:\n", "  approval: {lock: true}\nreasons:\n"),
        "14:3: directories.approval: stands in the wrong place; it belongs to the top level, beside store in line 1"
    ),
    .init(
        "the operators inside the approval",
        hq + "\napproval:\n  lock: true\n  operators: {alice: {may: [lock]}}",
        "23:3: approval.operators: stands in the wrong place; it belongs to the top level, beside store in line 1"
    ),
    .init(
        "a reason beside reasons", moved("reasons:\n  left:", "reasons:\nleft:"),
        "15:1: left: stands in the wrong place; it belongs to reasons, which stands empty in line 14"
    ),
    .init(
        "no code for the reason", moved("  left:\n", ""),
        "15:5: reasons.for: stands where a name of your own is due, as do revocation, write and enabled; write one above: reasons: {NAME: {for: …}}"
    ),
    .init(
        "a reason's key among the codes", moved("    enabled: true", "  enabled: true"),
        "20:3: reasons.enabled: stands in the wrong place; it belongs to reasons.left, beside for in line 16"
    ),
    .init(
        "what is written beside write", moved("      employeeType: left", "    employeeType: left"),
        "19:5: reasons.left.employeeType: stands in the wrong place; it belongs to reasons.left.write, which stands empty in line 18"
    ),
    .init(
        "a section of the reason inside write",
        moved("    enabled: true", "      recognise: {employeeType: left}\n    enabled: true"),
        "20:7: reasons.left.write.recognise: stands in the wrong place; it belongs to reasons.left, beside for in line 16"
    ),
    .init(
        "a second directory inside the first",
        moved(
            "    dialect: auto",
            "    eu: {uri: ldaps://eu.example.com, bind: {sasl: GSSAPI}, users: {base: \"dc=eu\", map: {username: uid}}}"
        ),
        "13:5: directories.hq.eu: stands in the wrong place; it belongs to directories, beside hq in line 3"
    ),
    .init(
        "a directory among the reasons",
        hq
            + "\n  eu: {uri: ldaps://eu.example.com, bind: {sasl: GSSAPI}, users: {base: \"dc=eu\", map: {username: uid}}}",
        "21:3: reasons.eu: stands in the wrong place; it belongs to directories, beside hq in line 3"
    ),
    .init(
        "a section that nobody knows around a good one",
        moved("    tls:\n      minimum: \"1.3\"", "    security:\n      tls: {minimum: \"1.3\"}"),
        "9:5: directories.hq.security: there is no such section; what stands below it belongs to directories.hq, beside uri in line 4"
    ),
    .init(
        "everything inside a section that nobody knows",
        "lockstep:\n  " + hq.replacing("\n", with: "\n  "),
        "1:1: lockstep: there is no such section; what stands below it belongs to the top level"),
    .init(
        "a limit in the directory", moved("    dialect: auto", "    disabled: 10%"),
        "13:5: directories.hq.disabled: stands in the wrong place; it belongs to directories.hq.limits, beside missing in line 12"
    ),
    .init(
        "what a reason says of itself, in a directory",
        moved(
            "    dialect: auto",
            "    reasons: {left: {text: gone, for: [lock], write: {employeeType: gone}}}"),
        "13:22: directories.hq.reasons.left.text: stands in the wrong place, as does for; they belong to reasons.left, beside for in line 16"
    ),
    .init(
        "a key of a section that is not there", moved("    dialect: auto", "    name: cn"),
        "13:5: directories.hq.name: stands in the wrong place; it belongs to directories.hq.roles, which is not there yet"
    ),
]
