internal import Foundation

/// The people and groups of ``SampleOrganisation`` as Active Directory has them.
///
/// Below `DC=example,DC=com`: `OU=people` (`CN=Ada Sample` …), `OU=groups` (`CN=staff` with everybody,
/// `CN=vpn-users` with the first person alone, `CN=project-1` …), `OU=services` with two accounts, and
/// an empty `OU=left`.
package enum SambaOrganisation {
    package static let suffix = "DC=example,DC=com"
    package static let people = 12
    private static let groups = 4

    package static func person(_ username: String) -> String {
        "CN=\(commonName(username)),OU=people,\(suffix)"
    }

    package static func group(_ name: String) -> String {
        "CN=\(name),OU=groups,\(suffix)"
    }

    /// Of three kinds of characters, as the domain's policy wants.
    package static func password(of username: String) -> String {
        "Password-of-\(username)-1"
    }

    /// `Ada Sample`.
    package static func commonName(_ username: String) -> String {
        "\(username.prefix(1).uppercased())\(username.dropFirst()) Sample"
    }

    /// LDIF of one more person.
    package static func ldif(person username: String, number: Int = 99) -> String {
        """
        dn: \(person(username))
        objectClass: user
        cn: \(commonName(username))
        sAMAccountName: \(username)
        userPrincipalName: \(username)@\(SambaDomain.realm.lowercased())
        givenName: \(commonName(username).prefix { $0 != " " })
        sn: Sample
        displayName: \(commonName(username))
        mail: \(username)@example.com
        employeeNumber: \(10_000 + number)
        title: Tester
        unicodePwd:: \(quoted(password(of: username)))
        userAccountControl: 512


        """
    }

    /// LDIF of a group with these members' DNs.
    package static func ldif(group name: String, members: [String]) -> String {
        "dn: \(group(name))\nobjectClass: group\ncn: \(name)\nsAMAccountName: \(name)\n"
            + members.map { "member: \($0)\n" }.joined() + "\n"
    }

    static var ldif: String {
        let units = ["people", "groups", "services", "left"].map {
            "dn: OU=\($0),\(suffix)\nobjectClass: organizationalUnit\nou: \($0)\n\n"
        }
        let usernames = (0..<people).map(SampleOrganisation.username)
        let persons = usernames.enumerated().map { ldif(person: $1, number: $0) }
        let teams = (0..<groups).map { index in
            let members = SampleOrganisation.members(of: index, people: people)
            return ldif(
                group: SampleOrganisation.groupName(index),
                members: members.map { person(usernames[$0]) })
        }
        return units.joined() + persons.joined() + teams.joined()
            + service("lockstep", Samba.servicePassword) + service("reader", Samba.readerPassword)
    }

    /// The service account may write, and read what replication tells; the reader is anybody.
    static let changes = """
        dn: CN=Domain Admins,CN=Users,\(suffix)
        changetype: modify
        add: member
        member: \(Samba.serviceDN)


        """

    private static func service(_ name: String, _ password: String) -> String {
        """
        dn: CN=\(name),OU=services,\(suffix)
        objectClass: user
        cn: \(name)
        sAMAccountName: \(name)
        unicodePwd:: \(quoted(password))
        userAccountControl: 66048


        """
    }

    /// A password as unicodePwd takes it ([MS-ADTS] 3.1.1.3.1.5.1): in quotes, UTF-16.
    package static func quoted(_ password: String) -> String {
        let octets = "\"\(password)\"".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        return Data(octets).base64EncodedString()
    }
}
